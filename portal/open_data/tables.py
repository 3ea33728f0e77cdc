"""What the open data hold: tables, their columns and what each means.

Rows start from `visible_to` a visitor, without the demonstration; what a row names beside itself is named
only where a visitor sees it too. Of people there is what the public pages say, and no way to write to them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import frozen_tables
from core.spreadsheet_cells import iso_utc, join_values
from core.text import printable
from events.events.models import Event
from news.stories.models import Story
from resources.records.identifiers import partial_date_text
from resources.records.models import Author, Edition, Resource
from reviews.calls.models import Call
from reviews.mechanism.enums import Publicity
from reviews.tracker.models import ReviewDocument
from stakeholders.applications.enums import FIELDS
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.columns import COLUMNS as EXPORTED
from stakeholders.exports.columns import READ
from stakeholders.exports.queries import columns_beside
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.places.models import Country

TEXT, NUMBER, WHOLE, YES_NO, DAY, INSTANT, LIST = (
    "string",
    "number",
    "integer",
    "boolean",
    "date",
    "datetime",
    "array",
)
CHUNK = 1000
SEVERAL = "In CSV joined with a semicolon."


@dataclass(frozen=True, slots=True)
class Column:
    """`source`: the key of the value in what is read of a row, or a function of all that is."""

    name: str
    meaning: str | Promise
    kind: str = TEXT
    source: str | Callable[[Mapping[str, Any]], Any] = ""

    def value(self, row: Mapping[str, Any]) -> Any:
        """Return the value as JSON has it: text and lists are never None; a number, day or instant may be."""
        raw = self.source(row) if callable(self.source) else row[self.source or self.name]
        if self.kind == LIST:
            return [printable(str(entry)) for entry in raw or ()]
        if self.kind == TEXT:
            return printable(str(raw or ""))
        if raw is None or raw == "":
            return None
        if isinstance(raw, datetime):
            return iso_utc(raw)
        if isinstance(raw, date):
            return raw.isoformat()
        return float(raw) if self.kind == NUMBER else raw

    @staticmethod
    def cell(value: Any) -> str:
        """As a cell of CSV holds it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return join_values(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class DataTable:
    """`read`: the rows as mappings, in the order of their key, which is the first column.

    What is no row of the database comes as any other iterable.
    """

    name: str
    title: str | Promise
    about: str | Promise
    columns: Sequence[Column]
    read: Callable[[], "QuerySet[Any, dict[str, Any]] | Iterable[dict[str, Any]]"]
    # Column → the table and column that it points at.
    points_at: Mapping[str, tuple[str, str]]

    def rows(self) -> Iterator[list[Any]]:
        read = self.read()
        for row in read.iterator(chunk_size=CHUNK) if isinstance(read, QuerySet) else read:
            yield [column.value(row) for column in self.columns]


def _codes(model: Any, field: str) -> ArraySubquery:
    """The codes of what a row is filed under."""
    through = getattr(model, field).through
    relation = model._meta.get_field(field)
    own, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    return ArraySubquery(through.objects.filter(**{own: OuterRef("pk")}).order_by(other).values(other))


def _code_columns(model: Any, *fields: str) -> dict[str, ArraySubquery]:
    return {f"its_{field}": _codes(model, field) for field in fields}


def _list(name: str, meaning: str) -> Column:
    return Column(name, f"{meaning} {SEVERAL}", LIST, f"its_{name}")


def _page(name: str, *parts: str) -> Callable[[Mapping[str, Any]], str]:
    """The address of the page of a row: `parts` name what stands in it."""

    def address(row: Mapping[str, Any]) -> str:
        return settings.SITE_URL + reverse(name, args=[row[part] for part in parts])

    return address


def _own_page(name: str) -> Column:
    return Column("page", "Address of its page on the portal.", TEXT, _page(name, "pk"))


def _visible_stakeholder(relation: str) -> dict[str, Subquery]:
    """Return the number of a stakeholder that a row names, None where visitors do not see it."""
    visible = Stakeholder.objects.visible_to(AnonymousUser()).filter(pk=OuterRef(relation))
    return {f"its_{relation}": Subquery(visible.values("pk")[:1])}


ID = "Number on the portal; it never changes."
VISITOR = AnonymousUser()

# --- Stakeholders: the columns of the export of the directory, with its meanings --------------------------
_MEANINGS = {column.head: column.meaning for column in EXPORTED}
_LISTS = {
    **{name: f"its_{name}" for name in ("other_names", "former_names", "engagement_areas", "articles")},
    **{name: f"its_{name}" for name in ("works_in", "languages", "offices", "projects")},
    "topics": "its_topics",
    "descriptors": "descriptors",
}
_DAYS = {"approved_on": "approved_at", "confirmed_on": "confirmed_at"}
_OTHERWISE = {"id": "pk", "country_iso3": "country_id", "region_m49": "region_m49"}
_OF_STAKEHOLDERS = (
    *("id", "name", "name_latin", "acronym", "kind", "country_iso3", "region_m49", "city", "website"),
    *("topics", "other_names", "former_names", "engagement_areas", "articles", "works_in", "languages"),
    *(name for name, question in FIELDS.items() if question.column),
    *("references", "offices", "status"),
    *("approved_on", "confirmed_on", "source_name", "source_url"),
    *("ror_id", "wikidata", "lei", "orcid", "projects"),
)


def _of_stakeholders(name: str) -> Column:
    if name in _DAYS:
        return Column(name, _MEANINGS[name], DAY, lambda row: (at := row[_DAYS[name]]) and at.date())
    if name in _LISTS:
        return Column(name, _MEANINGS[name], LIST, _LISTS[name])
    return Column(name, _MEANINGS[name], WHOLE if name == "id" else TEXT, _OTHERWISE.get(name, name))


def _stakeholders() -> "QuerySet[Any, dict[str, Any]]":
    beside = columns_beside()
    del beside["its_public_contacts"]
    rows = Stakeholder.objects.visible_to(VISITOR).filter(is_demo=False).order_by("pk")
    return rows.values(
        *READ,
        "mission",
        "mission_language_id",
        region_m49=F("country__region_id"),
        **beside,
        **_code_columns(Stakeholder, "topics"),
    )


def _countries() -> "QuerySet[Any, dict[str, Any]]":
    names = [f"name_{code}" for code in UN_LANGUAGES]
    return Country.objects.order_by("pk").values(
        "iso3", "iso2", "m49", "un_group", "lat", "lon", "region_id", "subregion_id", *names
    )


def _documents() -> "QuerySet[Any, dict[str, Any]]":
    rows = ReviewDocument.objects.visible_to(VISITOR).exclude(publicity=Publicity.NOT_PUBLIC).order_by("pk")
    return rows.values(
        *("pk", "cluster_id", "kind_id", "symbol", "title", "date", "publicity", "source", "source_date"),
        *(f"url_{code}" for code in UN_LANGUAGES),
        its_country=F("review__country_id"),
        its_kind=F("kind__name_en"),
    )


def _resources_seen() -> Any:
    return Resource.objects.visible_to(VISITOR).filter(is_demo=False)


def _resources() -> "QuerySet[Any, dict[str, Any]]":
    authors = Author.objects.filter(resource=OuterRef("pk")).order_by("position", "pk")
    return (
        _resources_seen()
        .order_by("pk")
        .values(
            *("pk", "kind", "status", "title", "language_id", "publisher", "published_on", "precision"),
            *("symbol", "doi", "isbn", "licence", "licence_note", "published_at", "updated_at"),
            its_authors=ArraySubquery(authors.values("name")),
            **_code_columns(Resource, "topics", "instruments", "articles", "countries", "regions"),
        )
    )


def _editions() -> "QuerySet[Any, dict[str, Any]]":
    rows = Edition.objects.filter(resource__in=_resources_seen()).order_by("pk")
    return rows.values(
        *("pk", "resource_id", "language_id", "title", "abstract", "link", "is_original", "translated_by")
    )


def _events() -> "QuerySet[Any, dict[str, Any]]":
    rows = Event.objects.visible_to(VISITOR).filter(is_demo=False).order_by("pk")
    return rows.values(
        *("pk", "kind", "body_id", "title", "about", "language_id", "status", "starts_at", "ends_at", "zone"),
        *("whole_days", "mode", "city", "country_id", "venue", "url", "organizer_names"),
        *("co_organizer_names", "supporting_states", "source", "source_url", "source_date", "updated_at"),
        **_visible_stakeholder("organizer"),
        **_code_columns(Event, "topics", "languages"),
    )


def _calls() -> "QuerySet[Any, dict[str, Any]]":
    rows = Call.objects.visible_to(VISITOR).filter(is_demo=False).order_by("pk")
    return rows.values(
        *("pk", "title", "guidance", "language_id", "status", "cluster_id", "answerers"),
        *("opens_at", "closes_at", "zone", "published_at", "updated_at"),
        **_code_columns(Call, "countries", "articles", "topics"),
    )


def _news() -> "QuerySet[Any, dict[str, Any]]":
    stories = Story.objects.visible_to(VISITOR).filter(is_demo=False)
    original = Subquery(stories.filter(pk=OuterRef("original")).values("pk")[:1])
    return stories.order_by("pk").values(
        *("pk", "title", "summary", "text", "language_id", "status", "publish_at", "updated_at"),
        its_original=original,
        **_visible_stakeholder("stakeholder"),
        **_code_columns(Story, "topics", "countries"),
    )


def _participation() -> Iterator[dict[str, Any]]:
    """Yield each number of the published reports on participation."""
    reports = PeriodReport.objects.visible_to(VISITOR).exclude(counted_at=None).exclude(author__is_demo=True)
    for report in reports.order_by("pk").iterator(chunk_size=CHUNK):
        for table in frozen_tables(report):
            for row in table.rows:
                for code, head, number in zip(table.head_codes, table.heads, row.numbers, strict=True):
                    is_total = table.name == "participation"
                    yield {
                        "id": f"{report.pk}/{table.name}/{row.code or '-'}/{code}",
                        "pk": report.pk,
                        "title": report.title,
                        "language_id": report.language_id,
                        "counted_at": report.counted_at,
                        "period": head if is_total else _period_of(report),
                        "figure": row.code if is_total else code,
                        "by": "" if is_total else table.name.removeprefix("participation_by_"),
                        "group": "" if is_total else row.code,
                        "label": "" if is_total else row.label,
                        "number": number,
                    }


def _period_of(report: PeriodReport) -> str:
    """Return the name of the period that the groups of a report are of, as its first table names it."""
    return str(report.figures[0]["heads"][0])


_LANGUAGE = Column("language", "Code of the language of the text.", TEXT, "language_id")
_TOPICS = _list("topics", "Codes of topics.")
_COUNTRIES = _list("countries", "Countries and areas, codes of ISO 3166-1 alpha-3.")
_ARTICLES = _list("articles", "Codes of articles of the Convention and its Protocols.")
_UPDATED = Column("updated_at", "When it last changed (UTC).", INSTANT)
_NUMBER = Column("id", ID, WHOLE, "pk")

TABLES: tuple[DataTable, ...] = (
    DataTable(
        "stakeholders",
        _("Stakeholders"),
        _("Organizations and experts that everybody finds in the directory, without their contacts."),
        (
            *map(_of_stakeholders, _OF_STAKEHOLDERS),
            Column(
                "mission",
                "What it is for, as it says itself, or of a listed one as its source does; text or Markdown.",
            ),
            Column("mission_language", "Code of the language of the mission.", TEXT, "mission_language_id"),
            Column(
                "page", "Address of its page on the portal.", TEXT, _page("stakeholders:detail", "pk", "slug")
            ),
        ),
        _stakeholders,
        {"country_iso3": ("countries", "iso3")},
    ),
    DataTable(
        "countries",
        _("Countries and areas"),
        _(
            "Countries and areas as the United Nations list them (M49). Being listed says nothing of the "
            "status of any territory."
        ),
        (
            Column("iso3", "Code of ISO 3166-1 alpha-3."),
            Column("iso2", "Code of ISO 3166-1 alpha-2."),
            Column("m49", "Code of UN M49."),
            *(Column(f"name_{code}", f"Name in the language {code}.") for code in UN_LANGUAGES),
            Column("region_m49", "Region, code of UN M49.", TEXT, "region_id"),
            Column("subregion_m49", "Sub-region, code of UN M49.", TEXT, "subregion_id"),
            Column("un_group", "Code of the regional group of the United Nations."),
            Column("lat", "Latitude of a point within it.", NUMBER),
            Column("lon", "Longitude of a point within it.", NUMBER),
        ),
        _countries,
        {},
    ),
    DataTable(
        "review_documents",
        _("Documents of country reviews"),
        _(
            "Public documents of the Review Mechanism, with the address of each language and where that was "
            "read."
        ),
        (
            _NUMBER,
            Column(
                "country_iso3",
                "State under review, code of ISO 3166-1 alpha-3; empty: for all.",
                TEXT,
                "its_country",
            ),
            Column("phase", "Code of the cluster of articles of its phase.", TEXT, "cluster_id"),
            Column("kind", "Code of the kind of document.", TEXT, "kind_id"),
            Column("kind_name", "Name of the kind of document.", TEXT, "its_kind"),
            Column("symbol", "Document symbol of the United Nations."),
            Column("title", "Title."),
            Column("date", "Date, as exactly as it is known: 2024, 2024-05 or 2024-05-17."),
            Column(
                "publicity", "public, or conditional: public as far as the State agrees; empty: not said."
            ),
            *(Column(f"url_{code}", f"Address in the language {code}.") for code in UN_LANGUAGES),
            Column("source", "Where this was read."),
            Column("source_date", "On which day.", DAY),
        ),
        _documents,
        {"country_iso3": ("countries", "iso3")},
    ),
    DataTable(
        "resources",
        _("Resources"),
        _("Resources of the library that everybody may read."),
        (
            _NUMBER,
            Column("kind", "Code of the type of resource."),
            Column("status", "published, or archived: no longer in lists."),
            Column("title", "Title of the original."),
            Column("language", "Code of the language of the original.", TEXT, "language_id"),
            Column("publisher", "Publisher."),
            Column(
                "published_on",
                "Date of publication, as exactly as it is known: 2024, 2024-05 or 2024-05-17.",
                TEXT,
                lambda row: partial_date_text(row["published_on"], row["precision"]),
            ),
            Column("symbol", "Document symbol of the United Nations."),
            Column("doi", "DOI."),
            Column("isbn", "ISBN."),
            Column("licence", "Code of the licence of the resource itself."),
            Column("licence_note", "That licence in words."),
            _list("authors", "Authors as the title page names them."),
            _TOPICS,
            _list("instruments", "Codes of instruments."),
            _ARTICLES,
            _COUNTRIES,
            _list("regions", "Regions, codes of UN M49."),
            Column("added_at", "When it came to the library (UTC).", INSTANT, "published_at"),
            _UPDATED,
            _own_page("resources:by_number"),
        ),
        _resources,
        {},
    ),
    DataTable(
        "resource_editions",
        _("Language versions of resources"),
        _("Titles, summaries and addresses of those resources in each of their languages."),
        (
            _NUMBER,
            Column("resource_id", "Number of the resource.", WHOLE),
            _LANGUAGE,
            Column("title", "Title."),
            Column("abstract", "What it is about; plain text or Markdown."),
            Column("link", "Address where it can be read."),
            Column("is_original", "Whether it is the original.", YES_NO),
            Column("translated_by", "Who translated it, where that is not its publisher."),
        ),
        _editions,
        {"resource_id": ("resources", "id")},
    ),
    DataTable(
        "events",
        _("Events"),
        _("Events of the public calendar."),
        (
            _NUMBER,
            Column("kind", "Code of the kind of event."),
            Column("body", "Code of the body whose session it is.", TEXT, "body_id"),
            Column("title", "Title."),
            Column("about", "Description; plain text or Markdown."),
            _LANGUAGE,
            Column("status", "published or cancelled."),
            Column("starts_at", "Start (UTC); empty where no source gives it.", INSTANT),
            Column("ends_at", "End (UTC).", INSTANT),
            Column("zone", "Time zone in which the times were given."),
            Column("whole_days", "Whether the times are the midnights around whole days.", YES_NO),
            Column("mode", "in_person, online or hybrid; empty: not said."),
            Column("city", "City."),
            Column("country_iso3", "Country or area, code of ISO 3166-1 alpha-3.", TEXT, "country_id"),
            Column("venue", "Venue."),
            Column("url", "Page of the event elsewhere."),
            Column("organizer_id", "Number of the stakeholder that organizes it.", WHOLE, "its_organizer"),
            Column("organizer_names", f"Organizers as the source names them. {SEVERAL}", LIST),
            Column("co_organizer_names", f"Co-organizers as the source names them. {SEVERAL}", LIST),
            Column("supporting_states", f"Supporting States. {SEVERAL}", LIST),
            _TOPICS,
            _list("languages", "Codes of the languages spoken or interpreted."),
            Column("source", "Where this was read."),
            Column("source_url", "Address of the source."),
            Column("source_date", "On which day it was read.", DAY),
            _UPDATED,
            Column(
                "page",
                "Address of its page on the portal.",
                TEXT,
                lambda row: settings.SITE_URL + Event(pk=row["pk"], title=row["title"]).get_absolute_url(),
            ),
        ),
        _events,
        {"country_iso3": ("countries", "iso3")},
    ),
    DataTable(
        "calls",
        _("Calls for contributions"),
        _("Published calls for contributions to the review."),
        (
            _NUMBER,
            Column("title", "Title."),
            Column("guidance", "What contributors should know; plain text or Markdown."),
            _LANGUAGE,
            Column("status", "published or cancelled."),
            Column("phase", "Code of the cluster of articles of its phase.", TEXT, "cluster_id"),
            Column("answerers", "Code of who may contribute."),
            Column("opens_at", "Opens (UTC).", INSTANT),
            Column("closes_at", "Closes (UTC).", INSTANT),
            Column("zone", "Time zone in which the times were given."),
            _COUNTRIES,
            _ARTICLES,
            _TOPICS,
            Column("published_at", "When it was published (UTC).", INSTANT),
            _UPDATED,
            _own_page("calls:call"),
        ),
        _calls,
        {},
    ),
    DataTable(
        "news",
        _("News"),
        _("Published stories, each language version a row."),
        (
            _NUMBER,
            Column("version_of", "Number of the story of which it is a version.", WHOLE, "its_original"),
            Column("title", "Title."),
            Column("summary", "Summary."),
            Column("text", "Text; Markdown."),
            _LANGUAGE,
            Column("status", "published, or archived: no longer in lists."),
            Column("stakeholder_id", "Number of the stakeholder that wrote it.", WHOLE, "its_stakeholder"),
            _TOPICS,
            _COUNTRIES,
            Column("published_at", "Public from (UTC).", INSTANT, "publish_at"),
            _UPDATED,
            Column(
                "page",
                "Address of its page on the portal.",
                TEXT,
                lambda row: settings.SITE_URL + Story(pk=row["pk"], title=row["title"]).get_absolute_url(),
            ),
        ),
        _news,
        {},
    ),
    DataTable(
        "participation",
        _("Participation figures"),
        _("Numbers of published reports on participation, each with the day it was counted."),
        (
            Column("id", "Report, table, group and column of the number; it never changes."),
            Column("report_id", "Number of the report.", WHOLE, "pk"),
            Column("report_title", "Title of the report.", TEXT, "title"),
            _LANGUAGE,
            Column("counted_at", "When it was counted (UTC).", INSTANT),
            Column("period", "Days or event that it is of."),
            Column("figure", "Code of what is counted; the report has its definition."),
            Column("by", "Code of what the groups are; empty: in all."),
            Column("group", "Code of the group; empty: in all, or not stated."),
            Column("group_label", "Name of the group.", TEXT, "label"),
            Column("number", "The number; empty where it is suppressed.", WHOLE),
            Column("suppressed", "Whether it is suppressed.", YES_NO, lambda row: row["number"] is None),
            Column("page", "Address of the report.", TEXT, _page("activities:public_report", "pk")),
        ),
        _participation,
        {},
    ),
)
