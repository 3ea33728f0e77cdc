"""One stakeholder as a reader may see it, and as search engines may."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Model
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from accounts.people.models import User
from core.database import fetch_rows
from core.text import in_script
from stakeholders.applications.enums import FACTS
from stakeholders.applications.models import Contact, MissionText, Office, OtherName, Publication
from stakeholders.applications.queries import answer_of
from stakeholders.entries.enums import (
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
from stakeholders.moderation.enums import Standing
from stakeholders.projects.models import Project
from stakeholders.registers.models import Candidate, FurtherSource
from taxonomy.law.models import Instrument
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country
from taxonomy.terms.models import Language
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
    versions = [make() for make in profile_versions.values()]
    statement = _VERSION.format(more="".join(f", {expression}" for expression, _values in versions))
    rows = fetch_rows(statement, [*(value for _expression, values in versions for value in values), pk])
    for status, listing, country, slug, updated_at, *others in rows:
        entry = Stakeholder(pk=pk, status=status, listing=listing, country_id=country)
        if entry.is_found_by(user):
            return slug, ":".join(map(str, (updated_at.isoformat(), *others, today())))
    return None


# Kept as text: it is asked before each kept page, and takes a thirtieth of what Django needs to write it. The
# row is judged as that of a card is; a test compares it with its querysets.
_IS_NAMED = "part.is_shown AND person.is_active AND person.name <> ''"
_PEOPLE = f"""
    FROM {Membership._meta.db_table} AS part JOIN {User._meta.db_table} AS person ON person.id = part.user_id
    WHERE part.stakeholder_id = entry.id
"""
_VERSION = f"""
    SELECT entry.status, entry.listing, entry.country_id, entry.slug, entry.updated_at,
        (SELECT n FROM {DirectoryVersion._meta.db_table} WHERE id = 1),
        EXISTS (SELECT {_PEOPLE} AND part.role = '{MemberRole.ADMIN}' AND person.is_active),
        ARRAY(SELECT person.name {_PEOPLE} AND {_IS_NAMED} ORDER BY part.joined_at, part.id)
        {{more}}
    FROM {Stakeholder._meta.db_table} AS entry WHERE entry.id = %s AND merged_into_id IS NULL
"""  # noqa: S608  names of our own tables and codes


def profile(user: Any, pk: int) -> Stakeholder | None:
    """Return the row with all that its page shows but the topics; None where `user` may not see it."""
    rows = Stakeholder.objects.visible_to(user).select_related("country", "mission_language")
    return rows.filter(pk=pk).first()


PROJECTS, FAMILY, OFFERS = "projects", "family", "offers"


def present_parts(pk: int) -> set[Any]:
    """Return the parts of the page that have rows about an entry: models, names, and panels.

    Most entries have rows in a few tables. Who may read these rows is not asked here.
    """
    parts = _keys_of_parts()
    rows_by = "EXISTS (SELECT FROM {0.model._meta.db_table} WHERE {0.column} = entry.id)"
    conditions = [" OR ".join(map(rows_by.format, keys)) or "true" for keys in parts.values()]
    statement = f"SELECT {', '.join(conditions)} FROM {_ENTRIES} AS entry WHERE id = %s"  # noqa: S608
    rows = fetch_rows(statement, [pk])
    return {part for row in rows for part, has_any in zip(parts, row, strict=True) if has_any}


def _keys_of_parts() -> dict[Any, Sequence[Any]]:
    """Return the foreign keys by which the rows of each part lead to an entry."""
    models: dict[Any, None] = dict.fromkeys([Contact, *(rows.model for rows in _DETAILS.values())])
    return {
        PROJECTS: [Project._meta.get_field("stakeholder")],
        FAMILY: [FamilyLink._meta.get_field("branch"), FamilyLink._meta.get_field("parent")],
        OFFERS: [Offer._meta.get_field("stakeholder")],
        **{model: [model._meta.get_field("stakeholder")] for model in models},
        **{panel: panel.keys for panel in profile_panels.values()},
    }


def was_public(pk: int) -> bool:
    """Return whether an entry that is withdrawn now was public once; only this reveals that it existed."""
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
    """Return its numbers in public registries, each with the address of its page there."""
    registered = [
        (label, getattr(stakeholder, name), address) for name, (label, address) in REGISTRIES.items()
    ]
    return [
        Identifier(label, value.removeprefix("https://ror.org/"), address.format(value))
        for label, value, address in registered
        if value
    ]


def missions(stakeholder: Stakeholder, details: ProfileDetails) -> list[dict[str, str]]:
    """Return the mission in each of its languages; that of the reader first, else its own."""
    language = stakeholder.mission_language
    own = {
        "language": language.pk if language else "",
        "language_name": language.name if language else "",
        "text": stakeholder.mission,
    }
    texts = ([own] if own["text"] else []) + details.missions
    return sorted(texts, key=lambda mission: mission["language"] != content_language())


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


def founding_year(stakeholder: Stakeholder, details: ProfileDetails) -> str:
    """Return the year in which a listed entry was founded, by its source; "" where that is not known."""
    if stakeholder.status != Status.LISTED:
        return ""
    return next((remark["founded"] for remark in details.remarks if remark["founded"]), "")


def sources_of(stakeholder: Stakeholder, details: ProfileDetails, described: Attribution | None) -> list[Any]:
    """Return {name, url, seen_on} of each source of a listed entry, without that of its description."""
    own = {"name": stakeholder.source_name, "url": stakeholder.source_url, "seen_on": stakeholder.source_date}
    sources = [own, *details.further_sources]
    return [source for source in sources if described is None or source["url"] != described.url]


def linked_data(stakeholder: Stakeholder, details: ProfileDetails) -> SafeString:
    """Return the JSON-LD of what the page shows to everybody, safe inside a script element.

    Of the contacts of `details` only the public ones are taken, whoever it was read for.
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
    _add_details(data, details)
    data["address"] = {key: value for key, value in data["address"].items() if value}
    shown = {key: value for key, value in data.items() if value}
    return in_script(shown)


def _add_details(data: dict[str, Any], details: ProfileDetails) -> None:
    data["alternateName"] += [name["text"] for name in (*details.other_names, *details.former_names)]
    data["knowsAbout"] = [
        term["name"] for term in (*details.topics, *details.engagement_areas, *details.articles)
    ]
    data["knowsLanguage"] = [term["code"] for term in details.languages]
    is_person = data["@type"] == "Person"
    data["image" if is_person else "logo"] = details.logo_url and settings.SITE_URL + details.logo_url
    if not is_person:  # schema.org knows these of organizations alone
        data["areaServed"] = [{"@type": "Country", "name": term["name"]} for term in details.works_in]
        data["location"] = [
            {
                "@type": "PostalAddress",
                **({"addressLocality": office["city"]} if office["city"] else {}),
                "addressCountry": office["name"],
            }
            for office in details.offices
        ]
    data["contactPoint"] = [
        {"@type": "ContactPoint", LD_CONTACTS[contact["kind"]]: contact["value"]}
        for contact in details.contacts
        if contact["is_public"] and contact["kind"] in LD_CONTACTS
    ]


def merged_to(user: Any, pk: int) -> tuple[int, str] | None:
    """Return (number, slug) of the entry into which this one was merged, if `user` may see it."""
    remaining = Stakeholder.objects.visible_to(user).filter(merged_from=pk, merged_into=None)
    return remaining.values_list("pk", "slug").first()


def profile_details(user: Any, stakeholder: Stakeholder, parts: Collection[Any]) -> ProfileDetails:
    """Return what `user`, who sees this entry, may read there. `parts`: those that have rows."""
    row = details_of(stakeholder.pk, parts)
    return ProfileDetails(
        other_names=row["other"],
        former_names=[{**name, "until": parse_datetime(name["until"] or "")} for name in row["former"]],
        offices=row["offices"],
        contacts=_contacts(user, stakeholder) if Contact in parts else [],
        articles=row["articles"],
        engagement_areas=row["areas"],
        works_in=row["works_in"],
        languages=row["languages"],
        descriptors=[code.label for code in Descriptor if code in stakeholder.descriptors],
        facts=_facts(stakeholder),
        further_sources=[{**source, "seen_on": parse_date(source["seen_on"])} for source in row["sources"]],
        remarks=row["remarks"],
        topics=row["topics"],
        missions=row["missions"],
        publications=row["publications"],
        people=row["people"],
        logo=next(iter(row["logo"]), None),
    )


def _contacts(user: Any, stakeholder: Stakeholder) -> list[dict[str, Any]]:
    names = ("kind", "value", "audience")
    contacts = Contact.objects.visible_to(user).filter(stakeholder=stakeholder).order_by("pk")
    return [shown_contact(dict(zip(names, row, strict=True))) for row in contacts.values_list(*names)]


class DetailRows(NamedTuple):
    """Rows about an entry: their table, by which `part` stands, and the columns that the page reads of them.

    `more` are further tables and conditions. In each text {language} is that of the reader.
    """

    model: type[Model]
    columns: Mapping[str, str]
    more: str = "WHERE true"
    order: str = "part.id"

    @property
    def statement(self) -> str:
        columns = ", ".join(f"'{name}', {column}" for name, column in self.columns.items())
        return f"""SELECT json_build_object({columns}) FROM {self.model._meta.db_table} AS part
            {self.more} AND part.stakeholder_id = entry.id ORDER BY {self.order}"""  # noqa: S608


def _terms(field: str, order: str = "term.sort_{language}") -> DetailRows:
    """Return the terms of a list, named in the language of the reader; `own` is "" where that has no name."""
    term: Any = Stakeholder._meta.get_field(field).related_model
    column = f"part.{term._meta.model_name}_id"
    own = "COALESCE(term.name_{language}, '')"
    return DetailRows(
        getattr(Stakeholder, field).through,
        {"code": column, "name": _NAME_OF_TERM, "own": own},
        f"JOIN {term._meta.db_table} AS term ON term.{term._meta.pk.column} = {column} WHERE true",
        order,
    )


_ENTRIES = Stakeholder._meta.db_table
_NAME_OF_TERM = "COALESCE(NULLIF(term.name_{language}, ''), term.name_en)"
_LANGUAGE_OF_NAME = "COALESCE(part.language_id, '')"
# When the change was approved by which the entry was no longer called so.
_UNTIL = f"""(
    SELECT renamed.updated_at FROM {ChangeRequest._meta.db_table} AS renamed
    WHERE renamed.subject_kind = '{Stakeholder._meta.label_lower}' AND renamed.subject_id = entry.id
        AND renamed.status = '{ChangeStatus.APPROVED}' AND renamed.before ->> 'name' = part.text
    ORDER BY renamed.id DESC LIMIT 1
)"""  # noqa: S608  names of our own tables and codes
_REMARKED = ("mission", "mission_source", "mission_seen_on", "founded")
_JOIN = "JOIN {0._meta.db_table} AS {1} ON {1}.{0._meta.pk.column} = part.{2}"
_DETAILS = {
    "other": DetailRows(
        OtherName,
        {"text": "part.text", "language": _LANGUAGE_OF_NAME},
        f"WHERE part.kind = '{NameKind.OTHER}'",
    ),
    "former": DetailRows(
        OtherName,
        {"text": "part.text", "language": _LANGUAGE_OF_NAME, "until": _UNTIL},
        f"WHERE part.kind = '{NameKind.FORMER}'",
    ),
    "offices": DetailRows(
        Office,
        {"country": "part.country_id", "city": "part.city", "name": _NAME_OF_TERM},
        f"{_JOIN.format(Country, 'term', 'country_id')} WHERE true",
    ),
    "articles": _terms(
        "articles",
        f"""(
            SELECT instrument.position FROM {Instrument._meta.db_table} AS instrument
            WHERE instrument.code = term.instrument_id
        ), term.number""",  # noqa: S608
    ),
    "areas": _terms("engagement_areas"),
    "works_in": _terms("works_in"),
    "languages": _terms("languages"),
    "sources": DetailRows(FurtherSource, {"name": "part.name", "url": "part.url", "seen_on": "part.seen_on"}),
    "remarks": DetailRows(
        Candidate,
        {
            "why": "part.why",
            "note": "part.note",
            **{name: f"COALESCE(part.said ->> '{name}', '')" for name in _REMARKED},
        },
    ),
    "topics": _terms("topics"),
    "missions": DetailRows(
        MissionText,
        {"language": "part.language_id", "language_name": _NAME_OF_TERM, "text": "part.text"},
        f"{_JOIN.format(Language, 'term', 'language_id')} WHERE true",
    ),
    "publications": DetailRows(
        Publication,
        {"title": "part.title", "year": "part.year", "url": "part.url"},
        order="part.year DESC, part.id",
    ),
    # Those who chose to be named on the profile.
    "people": DetailRows(
        Membership,
        {"name": "person.name", "position": "part.position"},
        f"{_JOIN.format(User, 'person', 'user_id')} WHERE {_IS_NAMED}",
        "part.joined_at, part.id",
    ),
    "logo": DetailRows(Logo, {"pk": "part.id", "alt": "part.alt"}, f"WHERE part.status = '{Standing.SHOWN}'"),
}


def details_of(pk: int, parts: Collection[Any]) -> dict[str, list[dict[str, Any]]]:
    """Return what stands beside the columns of an entry but its contacts, of the parts that have rows.

    Values are as JSON has them: a moment is a text. Kept as text since Django takes longer to write it than
    the page to be rendered; a test compares it with its querysets.
    """
    details: dict[str, list[dict[str, Any]]] = {name: [] for name in _DETAILS}
    columns = [f"'{name}', ARRAY({rows.statement})" for name, rows in _DETAILS.items() if rows.model in parts]
    statement = f"""
        SELECT json_build_object({", ".join(columns)})::text FROM {_ENTRIES} AS entry WHERE entry.id = %s
    """  # noqa: S608  names of our own tables
    if columns:
        for (text,) in fetch_rows(statement.replace("{language}", content_language()), [pk]):
            details |= json.loads(text)
    return details


def _facts(stakeholder: Stakeholder) -> list[tuple[str | Promise, str | Promise]]:
    answers = [answer_of(stakeholder, name) for name in FACTS]
    return [(answer.label, answer.value) for answer in answers if answer.value]


def shown_contact(contact: dict[str, str]) -> dict[str, Any]:
    """Return the contact with the words for its kind and readers, and its link where its kind has one."""
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
