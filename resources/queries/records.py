"""Records as the index holds them, who hears of one, and who may be told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from accounts.people.queries import holders_of
from resources.enums import Audience, ResourceStatus
from resources.models import Edition, Resource
from resources.queries.passages import Passages
from search.enums import Audience as Found
from search.hooks import Entry
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership
from taxonomy.places.queries import regions_of

FOUND_BY = {
    Audience.PUBLIC: Found.PUBLIC,
    Audience.MEMBERS_STATES: Found.MEMBERS_STATES,
    Audience.MEMBERS: Found.MEMBERS,
    Audience.REGIONAL: Found.REGIONAL,
}


def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """What is published and no longer under embargo: each edition as a part, then the pages of files.

    Nine queries, and one more where pages are asked for.
    """
    rows = Resource.objects.listed().filter(pk__in=ids).order_by("pk")
    passages = Passages(ids)
    for one in rows.prefetch_related(
        "editions", "authors", "topics", "countries", "instruments", "articles", "stakeholders"
    ):
        editions = list(one.editions.all())
        countries = list(one.countries.all())
        named = [one.publisher, one.symbol, one.doi, one.isbn, *(author.name for author in one.authors.all())]
        named += [row.name for row in one.stakeholders.all() if row.listing == "public"]
        filed = [*one.topics.all(), *countries, *one.instruments.all(), *one.articles.all()]
        own = editions[0] if editions else None
        said = [*(_words(own) if own else ()), " · ".join(filter(None, named))]
        said.append(" · ".join(row.name_en for row in filed))
        entry = Entry(
            object_id=one.pk,
            name=one.title,
            aliases=[edition.title for edition in editions[1:]],
            text="\n".join(filter(None, said)),
            language=own.language_id if own else str(one.language_id),
            audience=FOUND_BY.get(Audience(one.audience)),
            country=countries[0].pk if len(countries) == 1 and one.audience == Audience.PUBLIC else "",
            facets=[f"resource:{one.kind}", *(f"topic:{topic.pk}" for topic in one.topics.all())],
            url_name="resources:resource",
            url_args=[one.pk, one.slug],
            sort_key=one.published_on.isoformat() if one.published_on else "",
            pages=partial(passages.of, one),
            pages_of=passages.made_of(one),
        )
        yield entry
        for part, edition in enumerate(editions[1:], start=1):
            yield replace(
                entry,
                part=part,
                name=edition.title,
                aliases=[],
                text="\n".join(_words(edition)),
                language=edition.language_id,
                pages_of="",
            )


def _words(edition: Edition) -> list[str]:
    return [text for text in (edition.abstract, edition.short_form, edition.full_form) if text]


# --- Who hears of it ----------------------------------------------------------------------------------------
def terms_of(resource: Resource) -> list[str]:
    """What people follow who are told of it. Four queries."""
    terms = {f"resource:{resource.pk}"}
    for iso3 in resource.countries.values_list("pk", flat=True):
        terms.add(f"country:{iso3}")
        terms.update(f"region:{code}" for code in regions_of().get(iso3, ()))
    terms.update(f"region:{m49}" for m49 in resource.regions.values_list("pk", flat=True))
    terms.update(f"topic:{code}" for code in resource.topics.values_list("pk", flat=True))
    terms.update(f"stakeholder:{pk}" for pk in resource.stakeholders.values_list("pk", flat=True))
    return sorted(terms)


def people_who_curate() -> QuerySet[User]:
    return holders_of(Role.CURATION)


def people_who_suggest(resource: Resource) -> QuerySet[User]:
    """Whoever writes for the stakeholder that suggests it."""
    writing = Membership.objects.filter(stakeholder=resource.suggested_for_id, role__in=MemberRole.WRITERS)
    return User.objects.filter(pk__in=writing.values("user_id"), is_active=True).order_by("pk")


def of_audience(audience: str, people: QuerySet[User]) -> QuerySet[User]:
    """Those of `people` who belong to an audience, as `models.audiences.read_by` has it, told by mail."""
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
    """Those of `people` who may read the resource, while it is shown at all."""
    if pk is None:
        return people.none()
    audience = Resource.objects.listed().filter(pk=pk).values_list("audience", flat=True).first()
    return of_audience(audience, people) if audience else people.none()


def seen(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of (person, resource) those where the person may read it; a query for each audience among them."""
    rows = Resource.objects.listed().filter(pk__in={pk for _person, pk in pairs})
    audiences = dict(rows.values_list("pk", "audience"))
    asked: dict[str, set[int]] = defaultdict(set)
    for person, pk in pairs:
        if pk in audiences:
            asked[audiences[pk]].add(person)
    allowed = {
        audience: set(of_audience(audience, User.objects.filter(pk__in=people)).values_list("pk", flat=True))
        for audience, people in asked.items()
    }
    return {(person, pk) for person, pk in pairs if pk in audiences and person in allowed[audiences[pk]]}


def is_read_by(user: Any, pk: int | None) -> bool:
    return pk is not None and Resource.objects.shown_to(user).filter(pk=pk).exists()


def is_seen_by(user: Any, pk: int | None) -> bool:
    """For mail about one's own suggestion, and to the desk."""
    if pk is None:
        return False
    rows = Resource.objects.filter(pk=pk)
    theirs = rows.of_people(user).exclude(status=ResourceStatus.MERGED)
    return Resource.objects.visible_to(user).filter(pk=pk).exists() or theirs.exists()


def titles_seen(user: Any, codes: Collection[str]) -> dict[str, str]:
    """Number → title, of resources that the person may read. For follows."""
    numbers = [code for code in codes if code.isdecimal()]
    rows = Resource.objects.shown_to(user).filter(pk__in=numbers).prefetch_related("editions")
    found = {}
    for one in rows:
        edition = one.edition_for()
        found[str(one.pk)] = edition.title if edition else one.title
    return found
