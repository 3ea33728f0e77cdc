"""The columns of the exported directory. Their heads are the same in every language, their labels are not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import spreadsheets
from core.spreadsheet_cells import join_values
from stakeholders.applications.enums import FACTS, FIELDS
from stakeholders.entries.enums import Kind, Listing, Status

Row = Mapping[str, Any]
Labels = Kind | Status | Listing


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called, in the language of the export, and where the pages of entries are."""

    countries: Mapping[str, str]
    topics: Mapping[str, str]
    # Code → words: looked up for each row, they are put into words once.
    labels: Mapping[type[Labels], Mapping[str, str]]
    # What stands before and after the number and slug of an entry in the address of its page.
    page: tuple[str, str]

    def topic_codes(self, row: Row) -> list[str]:
        """In the order of their names, so that codes and names stand at the same places."""
        return [code for code in self.topics if code in row["topic_codes"]]


@dataclass(frozen=True, slots=True)
class Column:
    head: str
    meaning: str | Promise
    example: str
    value: Callable[[Row, Names], object]


def _own(name: str) -> Callable[[Row, Names], object]:
    return lambda row, names: row[name]


def _day(name: str) -> Callable[[Row, Names], object]:
    return lambda row, names: row[name] and row[name].date()


def _label(name: str, labels: type[Labels]) -> Callable[[Row, Names], object]:
    return lambda row, names: names.labels[labels][row[name]]


def _topic_names(row: Row, names: Names) -> str:
    return join_values(names.topics[code] for code in names.topic_codes(row))


def _joined_values(name: str) -> Callable[[Row, Names], object]:
    return lambda row, names: join_values(row[name])


def _answer_column(name: str, meaning: str | Promise, example: str) -> Column:
    """Return the column of a question with one answer, or with several codes."""

    def value(row: Row, names: Names) -> object:
        return join_values(row[name]) if isinstance(row[name], list) else row[name]

    return Column(name, meaning, example, value)


def _address(row: Row, names: Names) -> str:
    before, after = names.page
    return f"{before}{row['pk']}-{row['slug']}{after}"


def labels() -> dict[type[Labels], dict[str, str]]:
    """Return code → label of each enum, in the current language."""
    return {enum: {code: str(label) for code, label in enum.choices} for enum in (Kind, Status, Listing)}


def page() -> tuple[str, str]:
    before, after = reverse("stakeholders:detail", args=[0, "slug"]).split("0-slug")
    return settings.SITE_URL + before, after


COLUMNS: tuple[Column, ...] = (
    Column("id", _("Number of the profile; it never changes."), "1204", _own("pk")),
    Column("name", _("Name in its own language and script."), "Coastal Watch", _own("name")),
    Column("name_latin", _("Name in Latin script, where it has another script."), "", _own("name_latin")),
    Column("acronym", _("Acronym."), "CW", _own("acronym")),
    Column("kind", _("Code of the kind: ngo, academia, private, expert or institute."), "ngo", _own("kind")),
    Column("kind_label", _("The kind in words."), "Non-governmental organization", _label("kind", Kind)),
    Column("country_iso3", _("Country or area, code of ISO 3166-1 alpha-3."), "KEN", _own("country_id")),
    Column(
        "country_name",
        _("Name of the country or area as the United Nations uses it."),
        "Kenya",
        lambda row, names: names.countries.get(row["country_id"], row["country_id"]),
    ),
    Column("region_m49", _("Region, code of UN M49."), "002", _own("region_m49")),
    Column("city", _("City."), "Mombasa", _own("city")),
    Column("website", _("Address of the website."), "https://coastalwatch.example", _own("website")),
    Column(
        "topics",
        _("Codes of the topics, joined with a semicolon."),
        "firearms;trafficking-in-persons",
        lambda row, names: join_values(names.topic_codes(row)),
    ),
    Column(
        "topic_names",
        _("Names of the topics, joined with a semicolon, in the order of the codes."),
        "Firearms;Trafficking in persons",
        _topic_names,
    ),
    Column(
        "other_names",
        _("Its name in other languages and scripts, joined with a semicolon."),
        "Walinzi wa Pwani",
        _joined_values("its_other_names"),
    ),
    Column(
        "former_names", _("Former names, joined with a semicolon."), "", _joined_values("its_former_names")
    ),
    Column(
        "engagement_areas",
        _("Codes of how it works, joined with a semicolon."),
        "research",
        _joined_values("its_engagement_areas"),
    ),
    Column(
        "articles",
        _("Codes of articles of the Convention and its Protocols, joined with a semicolon."),
        "UNTOC-5;TIP-9",
        _joined_values("its_articles"),
    ),
    Column(
        "works_in",
        _("Countries of activity, codes of ISO 3166-1 alpha-3, joined with a semicolon."),
        "KEN;TZA",
        _joined_values("its_works_in"),
    ),
    Column(
        "languages",
        _("Codes of working languages, joined with a semicolon."),
        "en;sw",
        _joined_values("its_languages"),
    ),
    *(_answer_column(name, *question.column) for name, question in FIELDS.items() if question.column),
    Column(
        "references", _("Works and partners that show what the stakeholder does."), "", _own("references")
    ),
    Column(
        "offices",
        _("Further offices, each as the code of its country and its city, joined with a semicolon."),
        "UGA Kampala",
        _joined_values("its_offices"),
    ),
    Column(
        "public_contacts",
        _(
            "The contacts that everybody may read, each with its kind, joined with a semicolon. No others "
            "are exported."
        ),
        "email:info@coastalwatch.example",
        _joined_values("its_public_contacts"),
    ),
    Column(
        "status",
        _("listed: from a public source and unclaimed; active: registered and verified."),
        "active",
        _own("status"),
    ),
    Column("status_label", _("The status in words."), "Active", _label("status", Status)),
    Column(
        "listing",
        _(
            "Who may find the profile: public, members_states or members. Respect it when you "
            "pass the file on."
        ),
        "public",
        _own("listing"),
    ),
    Column(
        "listing_label", _("Who may find the profile, in words."), "Everybody", _label("listing", Listing)
    ),
    Column("approved_on", _("Day on which it was approved (UTC)."), "2026-09-14", _day("approved_at")),
    Column(
        "confirmed_on",
        _("Day on which it last confirmed its profile (UTC)."),
        "2026-11-02",
        _day("confirmed_at"),
    ),
    Column("source_name", _("Public source of a listed profile."), "A public register", _own("source_name")),
    Column("source_url", _("Address of the profile at its source."), "", _own("source_url")),
    Column(
        "ror_id",
        _("Identifier in the Research Organization Registry."),
        "https://ror.org/000000000",
        _own("ror_id"),
    ),
    Column("wikidata", _("Number of its Wikidata item."), "Q1065", _own("wikidata")),
    Column("lei", _("Legal Entity Identifier (ISO 17442)."), "", _own("lei")),
    Column("orcid", _("ORCID iD of an individual expert."), "", _own("orcid")),
    Column(
        "projects", _("Titles of its projects, joined with a semicolon."), "", _joined_values("its_projects")
    ),
    Column("profile_url", _("Address of its page on the portal."), "", _address),
)
HEADS = tuple(column.head for column in COLUMNS)
# What is read of a row; `topic_codes`, `region_m49` and the rest are added by the query.
READ = (
    "pk",
    "slug",
    "name",
    "name_latin",
    "acronym",
    "kind",
    "country_id",
    "city",
    "website",
    "status",
    "listing",
    "approved_at",
    "confirmed_at",
    "source_name",
    "source_url",
    "ror_id",
    "wikidata",
    "lei",
    "orcid",
    "references",
    "descriptors",
    *FACTS,
)


def table_columns(names: Names) -> list[spreadsheets.Column]:
    """Return the columns as a file has them: programs and people read the same heads."""

    def table_column(column: Column) -> spreadsheets.Column:
        return spreadsheets.Column(column.head, lambda row: column.value(row, names), column.meaning)

    return [table_column(column) for column in COLUMNS]


def dictionary() -> spreadsheets.Table:
    """The meanings of the columns as a table, whose rows are `COLUMNS`."""
    names = ("column", "meaning", "example")
    values = ("head", "meaning", "example")
    columns = [
        spreadsheets.Column(name, attrgetter(value)) for name, value in zip(names, values, strict=True)
    ]
    return spreadsheets.Table("stakeholders-dictionary", _("What the columns mean"), columns)
