"""What the pages of the whole portal show."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.facets import WIDEST
from portal.models import Page
from reviews.calls.models import Call
from reviews.calls.queries import public_calls
from reviews.dialogues import queries as dialogues_queries
from reviews.dialogues.models import Dialogue
from reviews.handouts.models import Handout
from reviews.tracker.models import CountryReview
from stakeholders.directory.queries import DirectoryQuery, shown_to
from stakeholders.directory.queries_counts import Counts, Facets
from stakeholders.entries.enums import Kind
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from taxonomy.law.models import Article, Instrument
from taxonomy.names.models import choices_of
from taxonomy.names.sorting import content_language
from taxonomy.places.map_marks import Mark, marks
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Topic
from workflow.hooks import MyPart, Task, my_work

NUMBERS_SECONDS = 60 * 60


@dataclass(frozen=True)
class Numbers:
    """How much everybody can find, counted at one instant."""

    facets: Facets
    counted_at: datetime

    @property
    def stakeholders(self) -> int:
        return self.facets.total

    @property
    def countries(self) -> int:
        return len(self.facets.places)

    @property
    def marks(self) -> list[Mark]:
        """Where somebody is, for a small map."""
        known = marks()
        return [known[code] for code in sorted(self.facets.places) if code in known]


@dataclass(frozen=True)
class Row:
    label: str
    count: int
    # The question to the directory that finds them.
    query: str


@dataclass(frozen=True)
class Table:
    name: str
    title: str
    # What a line is, as the head of its column.
    what: str
    rows: list[Row]
    note: str = ""


def directory_version() -> int:
    """A number that changes with everything that the directory shows."""
    return DirectoryVersion.objects.current()


def numbers(version: int) -> Numbers:
    """Counts over what a visitor may see, kept under `version`: see `directory_version`."""

    def count() -> Numbers:
        return Numbers(Counts(AnonymousUser(), version).facets(DirectoryQuery()), now())

    kept = cache.get(f"portal:numbers:{version}")
    if kept is None:
        kept = count()
        cache.set(f"portal:numbers:{version}", kept, NUMBERS_SECONDS)
    return kept


def places(version: int) -> Numbers:
    """As `numbers`, of stakeholders and countries alone, which the front page tells: counted far sooner."""
    key = f"portal:places:{version}"
    kept: Numbers | None = cache.get(key)
    if kept is None:
        rows = shown_to(AnonymousUser()).order_by().values_list("country").annotate(number=Count("pk"))
        there = Counter(dict(rows))
        kept = Numbers(Facets(total=there.total(), places=there), now())
        cache.set(key, kept, NUMBERS_SECONDS)
    return kept


def tables(counted: Numbers) -> list[Table]:
    """The numbers by kind, region and topic, in the order of their names; what has nobody is told as well."""
    regions, topics = choices_of(Region, Topic)
    many = _("One stakeholder can be in several lines.")
    said: list[tuple[str, str, str, list[tuple[str, str]], str]] = [
        (
            "kind",
            _("By kind"),
            pgettext("of stakeholder", "Kind"),
            [(kind.value, str(kind.label)) for kind in Kind],
            "",
        ),
        ("region", _("By region"), _("Region"), [one for one in regions if one[0] in WIDEST], ""),
        ("topic", _("By topic"), _("Topic"), topics, many),
    ]
    return [
        Table(
            name,
            title,
            what,
            [Row(str(label), counted.facets.beside[name][code], f"{name}={code}") for code, label in choices],
            note,
        )
        for name, title, what, choices, note in said
    ]


@dataclass(frozen=True)
class Work:
    """Everything that a person has to do, the earliest due first, then what is under way, app by app."""

    tasks: list[Task]
    panels: list[MyPart]


def work_of(user: Any) -> Work:
    parts = sorted((load(user) for load in my_work.values()), key=lambda part: part.position)
    tasks = [task for part in parts for task in part.tasks]
    tasks.sort(key=lambda task: (task.due is None, task.due.timestamp() if task.due else 0))
    return Work(tasks, [part for part in parts if part.said])


def page_text(user: Any, slug: str, language: str) -> Page | None:
    """The text of a trust page in a language, in English where there is none, or None."""
    return Page.objects.visible_to(user).filter(slug=slug).in_language(language).first()


# --- Countries ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Continent:
    region: Region
    countries: list[Country]


def countries_by_region() -> list[Continent]:
    """All countries and areas that lie in a region, by name within it. One query."""
    found: dict[str, Continent] = {}
    for country in Country.objects.in_order().select_related("region"):
        if country.region is not None:
            found.setdefault(country.region.pk, Continent(country.region, [])).countries.append(country)
    return sorted(found.values(), key=lambda one: getattr(one.region, f"sort_{content_language()}"))


def country_of(user: Any, iso3: str) -> Country | None:
    return Country.objects.visible_to(user).select_related("region", "subregion").filter(pk=iso3).first()


def country_named(user: Any, words: str) -> str | None:
    """The code of the country whose English name, with or without what stands in brackets, or code it is."""
    asked = slugify(words)
    names = Country.objects.visible_to(user).order_by("name_en").values_list("iso3", "name_en")
    for iso3, name in names:
        if asked in (slugify(name), slugify(name.partition(" (")[0]), iso3.lower()):
            return str(iso3)
    return None


# --- Articles -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Law:
    instrument: Instrument
    articles: list[Article]


def articles_by_instrument() -> list[Law]:
    """Every article of the instruments under review, as they stand. One query."""
    found: dict[str, Law] = {}
    rows = Article.objects.filter(instrument__reviewed=True).select_related("instrument", "cluster")
    for article in rows.in_order():
        found.setdefault(article.instrument_id, Law(article.instrument, [])).articles.append(article)
    return list(found.values())


def article_of(user: Any, instrument: str, number: int) -> Article | None:
    rows = Article.objects.visible_to(user).filter(instrument__reviewed=True)
    return rows.select_related("instrument", "cluster").filter(instrument=instrument, number=number).first()


def beside(article: Article) -> list[Article]:
    """The articles before and after it in its instrument, where there are such. One query."""
    near = (article.number - 1, article.number + 1)
    rows = Article.objects.filter(instrument=article.instrument_id, number__in=near)
    return list(rows.select_related("instrument").order_by("number"))


# --- What search engines are told ---------------------------------------------------------------------
def pages_for_sitemap() -> QuerySet[Page]:
    return Page.objects.visible_to(AnonymousUser()).filter(language="en").order_by("slug")


def stakeholders_for_sitemap() -> QuerySet[Stakeholder]:
    """Those that every visitor may find, in a steady order."""
    return Stakeholder.objects.visible_to(AnonymousUser()).only("pk", "slug", "updated_at").order_by("pk")


def articles_for_sitemap() -> QuerySet[Article]:
    return Article.objects.filter(instrument__reviewed=True).in_order()


def reviews_for_sitemap() -> QuerySet[CountryReview]:
    return CountryReview.objects.visible_to(AnonymousUser()).order_by("country")


def calls_for_sitemap() -> QuerySet[Call]:
    return public_calls().filter(is_demo=False).order_by("pk")


def dialogues_for_sitemap() -> QuerySet[Dialogue]:
    return dialogues_queries.for_sitemap()


def handouts_for_sitemap() -> QuerySet[Handout]:
    return Handout.objects.visible_to(AnonymousUser()).filter(language="en").order_by("slug")


def chunk(rows: QuerySet[Any], number: int, size: int) -> Iterator[Any]:
    """The rows of the `number`-th part (from 1) of at most `size` rows each."""
    return iter(rows[(number - 1) * size : number * size])
