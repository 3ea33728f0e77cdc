"""One stakeholder as a reader may see it, and as search engines may."""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from core.text import in_script
from stakeholders.applications.enums import FIELDS, label_of
from stakeholders.applications.models import Contact, MissionText, Office, OtherName, Publication
from stakeholders.directory.queries import fetch
from stakeholders.entries.enums import (
    CHOICES,
    ContactAudience,
    ContactKind,
    Descriptor,
    Kind,
    Listing,
    MemberRole,
    NameKind,
    Status,
)
from stakeholders.entries.identifiers import REGISTRIES, TYPES, same_as
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.entries.own_domain import site_host
from stakeholders.exchange.models import Offer, today
from stakeholders.family.models import FamilyLink
from stakeholders.hooks import profile_panels, profile_versions
from stakeholders.logos.models import Logo, logo_url
from stakeholders.projects.models import Project
from stakeholders.registers.models import Candidate, FurtherSource
from taxonomy.names.models import name_of
from taxonomy.names.sorting import content_language
from workflow.changes.enums import ChangeStatus
from workflow.changes.models import ChangeRequest

# The kinds of contacts that schema.org has a word for.
LD_CONTACTS = {"email": "email", "phone": "telephone", "web": "url"}


def slug_and_version(user: Any, pk: int) -> tuple[str, str] | None:
    """Return the slug, and a version that changes with all that the page shows; None where it is not visible.

    Parents, branches and offers change with the directory; offers also end by themselves at midnight. Whether
    somebody administers the entry decides whether it can be written to, and people rename themselves
    elsewhere. What was merged is not here: its address leads on.
    """
    directory = DirectoryVersion.objects.filter(pk=1).values("n")[:1]
    versions = {f"version_of_{name}": make() for name, make in profile_versions.items()}
    admins = Membership.objects.filter(
        stakeholder=OuterRef("pk"), role=MemberRole.ADMIN, user__is_active=True
    )
    rows = Stakeholder.objects.visible_to(user).filter(pk=pk, merged_into=None)
    annotated = rows.annotate(
        directory=Subquery(directory),
        attended=Exists(admins),
        people=ArraySubquery(people_shown().values("user__name")),
        **versions,
    )
    row = annotated.values_list("slug", "updated_at", "directory", "attended", "people", *versions).first()
    if row is None:
        return None
    slug, updated_at, *others = row
    return slug, ":".join(map(str, (updated_at.isoformat(), *others, today())))


def profile(user: Any, pk: int) -> Stakeholder | None:
    """Return the row with all that its page shows but the topics; None where `user` may not see it."""
    rows = Stakeholder.objects.visible_to(user).select_related("country", "mission_language")
    return rows.filter(pk=pk).first()


PROJECTS, FAMILY, OFFERS = "projects", "family", "offers"


def what_is_there(stakeholder: Stakeholder) -> set[Any]:
    """Return what it has of the parts that most profiles lack, and which panels may have something to say."""
    rows: dict[Any, Any] = {
        PROJECTS: Project.objects.filter(stakeholder=stakeholder),
        FAMILY: FamilyLink.objects.about(stakeholder),
        OFFERS: Offer.objects.filter(stakeholder=stakeholder),
    }
    rows |= {panel: panel.there(stakeholder) for panel in profile_panels.values() if panel.there}
    entry = Stakeholder.objects.filter(pk=stakeholder.pk)
    has_any = entry.values_list(*(Exists(its) for its in rows.values())).first() or ()
    always = {panel for panel in profile_panels.values() if not panel.there}
    return always | {part for part, has in zip(rows, has_any, strict=False) if has}


def was_public(pk: int) -> bool:
    """Whether everybody could once find what is withdrawn now; nothing else says that it ever was there."""
    return Stakeholder.objects.filter(
        pk=pk, status=Status.WITHDRAWN, listing=Listing.PUBLIC, approved_at__isnull=False
    ).exists()


# --- For the page of an entry ------------------------------------------------------------------------------
class ProfileDetails(NamedTuple):
    """What the page of an entry says beyond its own columns, for one reader.

    Names: {text, language}, of former ones also {until}: the day of an approved change, or None. Terms:
    {code, name, own}, `own` empty where the name is a stand-in's. Offices: {country, name, city}. Contacts:
    {kind, value, audience, label, href}: those of this reader only. Facts: what was chosen from a list, with
    its question. Missions: {language, language_name, text}, beside the one of the column. Publications:
    {title, year, url}. People, who agreed to it: {name, position}. Logo: {pk, alt}, or None.
    """

    other_names: list[dict[str, str]]
    former_names: list[dict[str, Any]]
    offices: list[dict[str, str]]
    contacts: list[dict[str, Any]]
    articles: list[dict[str, str]]
    engagement_areas: list[dict[str, str]]
    works_in: list[dict[str, str]]
    languages: list[dict[str, str]]
    descriptors: list[Any]
    facts: list[tuple[str | Promise, str | Promise]]
    # Of a listed entry: {name, url, seen_on} beside its own source; what the sources say of it, and how sure.
    further_sources: list[dict[str, Any]]
    remarks: list[dict[str, str]]
    topics: list[dict[str, str]]
    missions: list[dict[str, str]]
    publications: list[dict[str, str]]
    people: list[dict[str, str]]
    logo: dict[str, Any] | None

    @property
    def logo_url(self) -> str:
        return logo_url(self.logo["pk"]) if self.logo else ""


class Identifier(NamedTuple):
    label: str
    value: str
    url: str


def identifiers(stakeholder: Stakeholder) -> list[Identifier]:
    """Its numbers in public registries, each with the address of its page there."""
    kept = [(label, getattr(stakeholder, name), address) for name, (label, address) in REGISTRIES.items()]
    return [
        Identifier(label, value.removeprefix("https://ror.org/"), address.format(value))
        for label, value, address in kept
        if value
    ]


def missions(stakeholder: Stakeholder, said: ProfileDetails) -> list[dict[str, str]]:
    """The mission in each language in which it was written; that of the reader first, else its own."""
    language = stakeholder.mission_language
    own = {
        "language": language.pk if language else "",
        "language_name": language.name if language else "",
        "text": stakeholder.mission,
    }
    texts = ([own] if own["text"] else []) + said.missions
    return sorted(texts, key=lambda one: one["language"] != content_language())


class Attribution(NamedTuple):
    """Where the description of a listed entry was read, and when; whether on its own site."""

    url: str
    site: str
    seen_on: date | None
    is_own: bool


def attribution(stakeholder: Stakeholder, details: ProfileDetails) -> Attribution | None:
    """Return the source of the description; None where its people wrote it, or the desk since."""
    if stakeholder.status != Status.LISTED or not stakeholder.mission:
        return None
    for remark in details.remarks:
        if remark["mission"] == stakeholder.mission:
            url, site = remark["mission_source"], site_host(remark["mission_source"])
            own = site_host(stakeholder.website)
            is_own = bool(own) and (site == own or site.endswith(f".{own}") or own.endswith(f".{site}"))
            return Attribution(url, site, parse_date(remark["mission_seen_on"]), is_own)
    return None


def founded(stakeholder: Stakeholder, details: ProfileDetails) -> str:
    """Return the year in which a listed entry was founded, by its source; "" where that is not known."""
    if stakeholder.status != Status.LISTED:
        return ""
    return next((remark["founded"] for remark in details.remarks if remark["founded"]), "")


def sources_of(stakeholder: Stakeholder, details: ProfileDetails, described: Attribution | None) -> list[Any]:
    """Return {name, url, seen_on} of each source of a listed entry, without that of its description."""
    own = {"name": stakeholder.source_name, "url": stakeholder.source_url, "seen_on": stakeholder.source_date}
    sources = [own, *details.further_sources]
    return [source for source in sources if described is None or source["url"] != described.url]


def linked_data(stakeholder: Stakeholder, said: ProfileDetails) -> SafeString:
    """JSON-LD of what the page shows to everybody, safe inside a script element.

    Of the contacts of `said` only the public ones are taken, whoever it was read for.
    """
    registered = same_as({name: getattr(stakeholder, name) for name in REGISTRIES})
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(Kind(stakeholder.kind), "Organization"),
        "name": stakeholder.name,
        "url": settings.SITE_URL + stakeholder.get_absolute_url(),
        "alternateName": [name for name in (stakeholder.name_latin, stakeholder.acronym) if name],
        "description": stakeholder.mission,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": stakeholder.city,
            "addressCountry": stakeholder.country.iso2,
        },
        "identifier": stakeholder.ror_id,
        "leiCode": stakeholder.lei,
        "sameAs": [address for address in (stakeholder.website, *registered) if address],
    }
    _add_told(data, said)
    data["address"] = {key: value for key, value in data["address"].items() if value}
    shown = {key: value for key, value in data.items() if value}
    return in_script(shown)


def _add_told(data: dict[str, Any], said: ProfileDetails) -> None:
    data["alternateName"] += [name["text"] for name in (*said.other_names, *said.former_names)]
    data["knowsAbout"] = [term["name"] for term in (*said.topics, *said.engagement_areas, *said.articles)]
    data["knowsLanguage"] = [term["code"] for term in said.languages]
    is_person = data["@type"] == "Person"
    data["image" if is_person else "logo"] = said.logo_url and settings.SITE_URL + said.logo_url
    if not is_person:  # schema.org knows these of organizations alone
        data["areaServed"] = [{"@type": "Country", "name": term["name"]} for term in said.works_in]
        data["location"] = [
            {
                "@type": "PostalAddress",
                **({"addressLocality": office["city"]} if office["city"] else {}),
                "addressCountry": office["name"],
            }
            for office in said.offices
        ]
    data["contactPoint"] = [
        {"@type": "ContactPoint", LD_CONTACTS[contact["kind"]]: contact["value"]}
        for contact in said.contacts
        if contact["is_public"] and contact["kind"] in LD_CONTACTS
    ]


def merged_to(user: Any, pk: int) -> tuple[int, str] | None:
    """(number, slug) of what the entry was merged into, as far as `user` may see that. One query."""
    there = Stakeholder.objects.visible_to(user).filter(merged_from=pk, merged_into=None)
    return there.values_list("pk", "slug").first()


def profile_details(user: Any, stakeholder: Stakeholder) -> ProfileDetails:
    """What `user`, who sees this entry, may read there. One statement, and for who is signed in two more."""
    row = _details(stakeholder.pk)
    if user.is_authenticated:
        contacts = Contact.objects.visible_to(user).filter(stakeholder=stakeholder).order_by("pk")
        row["contacts"] = [{**one} for one in contacts.values("kind", "value", "audience")]
    return ProfileDetails(
        other_names=row["other"],
        former_names=[{**one, "until": parse_datetime(one["until"] or "")} for one in row["former"]],
        offices=row["offices"],
        contacts=[shown_contact(one) for one in row["contacts"]],
        articles=row["articles"],
        engagement_areas=row["areas"],
        works_in=row["works_in"],
        languages=row["languages"],
        descriptors=[Descriptor(one).label for one in Descriptor if one in stakeholder.descriptors],
        facts=_facts(stakeholder),
        further_sources=[{**one, "seen_on": parse_date(one["seen_on"])} for one in row["sources"]],
        remarks=row["remarks"],
        topics=row["topics"],
        missions=row["missions"],
        publications=row["publications"],
        people=row["people"],
        logo=next(iter(row["logo"]), None),
    )


type Part = tuple[QuerySet[Any], dict[str, Any]]


def _details(pk: int) -> dict[str, list[dict[str, Any]]]:
    """Return what stands beside the columns of an entry; of contacts those that visitors read.

    Values are as JSON has them: a moment is a text. Most entries have rows in a few of these tables, and the
    others are left out of the statement, which Django writes anew each time.
    """
    its = partial(_rows, pk)
    texts = {"text": "text", "language": Coalesce("language_id", Value(""))}
    # Where its rows stand, and the rows.
    parts: dict[str, tuple[type[Model], Callable[[], Part]]] = {
        "other": (OtherName, lambda: its(OtherName.objects.filter(kind=NameKind.OTHER), **texts)),
        "former": (
            OtherName,
            lambda: its(OtherName.objects.filter(kind=NameKind.FORMER), **texts, until=_until()),
        ),
        "offices": (
            Office,
            lambda: its(Office.objects, country="country_id", city="city", name=name_of("country")),
        ),
        "contacts": (
            Contact,
            lambda: its(
                Contact.objects.visible_to(AnonymousUser()), kind="kind", value="value", audience="audience"
            ),
        ),
        "articles": _terms(pk, "articles", "article", "instrument__position", "number"),
        "areas": _terms(pk, "engagement_areas", "engagementarea"),
        "works_in": _terms(pk, "works_in", "country"),
        "languages": _terms(pk, "languages", "language"),
        "sources": (
            FurtherSource,
            lambda: its(FurtherSource.objects, name="name", url="url", seen_on="seen_on"),
        ),
        "remarks": (
            Candidate,
            lambda: its(
                Candidate.objects,
                why="why",
                note="note",
                **{
                    name: Coalesce(KT(f"said__{name}"), Value(""), output_field=TextField())
                    for name in ("mission", "mission_source", "mission_seen_on", "founded")
                },
            ),
        ),
        "topics": _terms(pk, "topics", "topic"),
        "missions": (
            MissionText,
            lambda: its(
                MissionText.objects, language="language_id", language_name=name_of("language"), text="text"
            ),
        ),
        "publications": (
            Publication,
            lambda: its(Publication.objects, "-year", "pk", title="title", year="year", url="url"),
        ),
        "people": (Membership, lambda: (people_shown(pk), {"name": "user__name", "position": "position"})),
        "logo": (Logo, lambda: its(Logo.objects.shown(), pk="pk", alt="alt")),
    }
    details: dict[str, list[dict[str, Any]]] = {name: [] for name in parts}
    filled = _models_with_rows(pk, {model for model, _rows in parts.values()})
    arrays = {
        name: ArraySubquery(rows.values(json=JSONObject(**values)))
        for name, (rows, values) in ((name, of()) for name, (model, of) in parts.items() if model in filled)
    }
    row = Stakeholder.objects.filter(pk=pk).values_list(*arrays.values()).first() if arrays else None
    return details | dict(zip(arrays, row or (), strict=False))


def _models_with_rows(pk: int, models: Collection[type[Model]]) -> set[type[Model]]:
    """Return those that have any row of the entry; who may read it is not asked here."""
    tables = [f"EXISTS (SELECT FROM {model._meta.db_table} WHERE stakeholder_id = %s)" for model in models]
    [row] = fetch(f"SELECT {', '.join(tables)}", [pk] * len(tables))
    return {model for model, has_any in zip(models, row, strict=True) if has_any}


def _rows(of: int, rows: Any, /, *order: str, **values: Any) -> Part:
    """Return the rows of an entry by `order`, else as they were written, and the values read of them."""
    return rows.filter(stakeholder=of).order_by(*(order or ("pk",))), values


def _until() -> Subquery:
    """For former names: when the change was approved by which the entry was no longer called so."""
    renamed = (
        ChangeRequest.objects.filter(
            subject_kind=Stakeholder._meta.label_lower,
            subject_id=OuterRef("stakeholder_id"),
            status=ChangeStatus.APPROVED,
        )
        .alias(was=KT("before__name"))
        .filter(was=OuterRef("text"))
    )
    return Subquery(renamed.order_by("-pk").values("updated_at")[:1])


def people_shown(of: Any = OuterRef("pk")) -> QuerySet[Membership]:  # noqa: B008  never changed
    """The people of an entry who chose to be named on the profile; in a query of entries, of each."""
    rows = Membership.objects.filter(stakeholder=of, is_shown=True, user__is_active=True)
    return rows.exclude(user__name="").order_by("joined_at", "pk")


def _facts(stakeholder: Stakeholder) -> list[tuple[str | Promise, str | Promise]]:
    answers = [(name, getattr(stakeholder, name)) for name in FIELDS if name in CHOICES]
    return [
        (label_of(name, stakeholder.kind), CHOICES[name](value).label)
        for name, value in answers
        if value and isinstance(value, str)
    ]


def _terms(pk: int, field: str, term: str, *order: str) -> tuple[type[Model], Callable[[], Part]]:
    """The terms of a list, named in the language in use; `own` is empty where that has no name."""
    through: Any = getattr(Stakeholder, field).through

    def rows() -> Part:
        language = content_language()
        keys = [f"{term}__{name}" for name in order] or [f"{term}__sort_{language}"]
        own = NullIf(f"{term}__name_{language}", Value(""))
        links = through.objects.filter(stakeholder=pk).order_by(*keys)
        code = Cast(f"{term}_id", CharField())
        return links, {"code": code, "name": name_of(term), "own": Coalesce(own, Value(""))}

    return through, rows


def shown_contact(contact: dict[str, str]) -> dict[str, Any]:
    """With the words for its kind and readers, and an address to follow where its kind has one."""
    kind, value = contact["kind"], contact["value"]
    href = {
        ContactKind.EMAIL: f"mailto:{value}",
        ContactKind.PHONE: "tel:" + "".join(sign for sign in value if sign.isdigit() or sign == "+"),
        ContactKind.WEB: value,
    }.get(ContactKind(kind), "")
    return {
        **contact,
        "label": ContactKind(kind).label,
        "readers": ContactAudience(contact["audience"]).label,
        "href": href,
        "is_public": contact["audience"] == ContactAudience.PUBLIC,
    }
