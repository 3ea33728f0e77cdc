"""A record as plain data: what forms give, revisions compare and change requests propose.

    {"kind": "guide", "published_on": "2024-05", "countries": ["KEN"], "authors": ["A. Writer"],
     "edition_fr": {"title": …, "abstract": …, "link": …, …}, …}

A date is as much of it as is known; an edition that is not there is {}.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from accounts.people.queries import holders_of
from resources.records.enums import Audience, ResourceStatus
from resources.records.identifiers import partial_date_text
from resources.records.models import Edition, Resource
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, readable_by
from taxonomy.places.queries import regions_of

PLAIN = ("kind", "audience", "publisher", "symbol", "doi", "isbn", "licence", "licence_note")
OF_DESK = ("source", "source_url", "source_date", "embargo_until", "embargo_zone")
LISTS = ("topics", "instruments", "articles", "clusters", "countries", "regions")
OF_EDITION = ("title", "abstract", "short_form", "full_form", "link", "translated_by")
EDITION = "edition_"
FILE = "file_"

Facts = Mapping[str, Any]


def facts_of(resource: Resource) -> dict[str, Any]:
    """Return what a person may change in the record."""
    facts: dict[str, Any] = {name: str(getattr(resource, name)) for name in PLAIN}
    facts["language"] = resource.language_id
    facts["published_on"] = partial_date_text(resource.published_on, resource.precision)
    facts |= {name: sorted(str(term.pk) for term in getattr(resource, name).all()) for name in LISTS}
    facts["authors"] = [author.name for author in resource.authors.all()]
    for edition in resource.editions.all():
        facts[f"{EDITION}{edition.language_id}"] = edition_facts(edition)
    for name in OF_DESK:
        value = getattr(resource, name)
        facts[name] = value.isoformat() if hasattr(value, "isoformat") else value or ""
    return facts


def edition_facts(edition: Edition) -> dict[str, str]:
    return {name: getattr(edition, name) for name in OF_EDITION if getattr(edition, name)}


def differences(before: Facts, after: Facts) -> dict[str, list[Any]]:
    """Return field → [before, after] of what differs; editions by "edition_fr.title"."""
    changes: dict[str, list[Any]] = {}
    for name, value in after.items():
        if not name.startswith(EDITION):
            was = before.get(name, [] if isinstance(value, list) else "")
            if was != value:
                changes[name] = [was, value]
            continue
        was, now = before.get(name) or {}, value or {}
        for part in OF_EDITION:
            if was.get(part, "") != now.get(part, ""):
                changes[f"{name}.{part}"] = [was.get(part, ""), now.get(part, "")]
    return changes


# --- Who hears of it ----------------------------------------------------------------------------------------
def terms_of(resource: Resource) -> list[str]:
    """Return the terms whose followers are told of it."""
    terms = {f"resource:{resource.pk}"}
    for iso3 in resource.countries.values_list("pk", flat=True):
        terms.add(f"country:{iso3}")
        terms.update(f"region:{code}" for code in regions_of().get(iso3, ()))
    terms.update(f"region:{m49}" for m49 in resource.regions.values_list("pk", flat=True))
    terms.update(f"topic:{code}" for code in resource.topics.values_list("pk", flat=True))
    named = resource.stakeholders.filter(readable_by(AnonymousUser(), Status.NAMED))
    terms.update(f"stakeholder:{pk}" for pk in named.values_list("pk", flat=True))
    return sorted(terms)


def people_who_curate() -> QuerySet[User]:
    return holders_of(Role.CURATION)


def people_who_suggest(resource: Resource) -> QuerySet[User]:
    """Return the people who write for the stakeholder that suggests it."""
    writing = Membership.objects.filter(stakeholder=resource.suggested_for_id, role__in=MemberRole.WRITERS)
    return User.objects.filter(pk__in=writing.values("user_id"), is_active=True).order_by("pk")


def of_audience(audience: str, people: QuerySet[User]) -> QuerySet[User]:
    """Return those of `people` who belong to an audience, as `read_by` of the models has it, for mails."""
    if audience == Audience.PUBLIC:
        return people
    grants = Grant.objects.live().filter(user=OuterRef("pk"))
    state = Exists(grants.filter(role=Role.STATE))
    regional = Exists(grants.filter(role=Role.REGIONAL))
    desk = Exists(grants.filter(role__in=Role.DESK))
    member = Exists(
        Membership.objects.filter(user=OuterRef("pk"), stakeholder__status__in=Status.TAKING_PART)
    )
    if audience == Audience.MEMBERS_STATES:
        return people.filter(Q(state) | Q(regional) | Q(desk) | Q(member))
    if audience == Audience.MEMBERS:
        return people.filter(Q(desk) | (~Q(state) & (Q(regional) | Q(member))))
    if audience == Audience.REGIONAL:
        return people.filter(Q(desk) | (~Q(state) & Q(regional)))
    return people.filter(Q(desk))


def readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
    """Return those of `people` who may read the resource, while it is shown at all."""
    if pk is None:
        return people.none()
    audience = Resource.objects.listed().filter(pk=pk).values_list("audience", flat=True).first()
    return of_audience(audience, people) if audience else people.none()


def visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs (person, resource) in which the person may read the resource."""
    rows = Resource.objects.listed().filter(pk__in={pk for _person, pk in pairs})
    audiences = dict(rows.values_list("pk", "audience"))
    people_by_audience: dict[str, set[int]] = defaultdict(set)
    for person, pk in pairs:
        if pk in audiences:
            people_by_audience[audiences[pk]].add(person)
    allowed = {
        audience: set(of_audience(audience, User.objects.filter(pk__in=people)).values_list("pk", flat=True))
        for audience, people in people_by_audience.items()
    }
    return {(person, pk) for person, pk in pairs if pk in audiences and person in allowed[audiences[pk]]}


def is_seen_by(user: Any, pk: int | None) -> bool:
    """Return whether the person sees it, for mails about suggestions and to the desk."""
    if pk is None:
        return False
    rows = Resource.objects.filter(pk=pk)
    theirs = rows.of_people(user).exclude(status=ResourceStatus.MERGED)
    return Resource.objects.visible_to(user).filter(pk=pk).exists() or theirs.exists()


def visible_titles(user: Any, codes: Collection[str]) -> dict[str, str]:
    """Return number → title of resources that the person may read, for follows."""
    numbers = [code for code in codes if code.isdecimal()]
    rows = Resource.objects.shown_to(user).filter(pk__in=numbers).prefetch_related("editions")
    titles = {}
    for resource in rows:
        edition = resource.edition_for()
        titles[str(resource.pk)] = edition.title if edition else resource.title
    return titles
