"""Links to news elsewhere for pages, the feed, the index, and whoever checks addresses."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from django.urls import reverse

from news.elsewhere.models import WAITING, NewsLink
from search.enums import Audience
from search.hooks import Entry
from taxonomy.names.models import names_of
from taxonomy.places.models import Country
from taxonomy.terms.queries import topics_in_order

MOST_IN_FEED = 50
FEW = 5
# As the desk looks at them; what is gone left the file with which it came.
STATES = {
    "shown": Q(hidden=False),
    "waiting": WAITING,
    "hidden": Q(hidden=True),
    "gone": Q(gone_since__isnull=False),
}


def with_lines(rows: QuerySet[NewsLink]) -> QuerySet[NewsLink]:
    """Add what a line of a list shows, the latest first."""
    return (
        rows.select_related("language").prefetch_related(topics_in_order()).order_by("-published_on", "-pk")
    )


def for_feed(rows: QuerySet[NewsLink]) -> QuerySet[NewsLink]:
    """Return what was added last."""
    latest = rows.prefetch_related(topics_in_order()).order_by("-added_at", "-published_on", "-pk")
    return latest[:MOST_IN_FEED]


def facet_counts(rows: QuerySet[NewsLink], name: str) -> dict[str, int]:
    """Map codes of topics or languages to the number of these links."""
    if name == "language":
        return dict(rows.order_by().values_list("language_id").annotate(number=Count("pk")))
    through = NewsLink.topics.through.objects.filter(newslink__in=rows.order_by().values("pk"))
    return dict(through.values_list("topic_id").annotate(number=Count("pk")))


def countries(user: Any) -> list[tuple[str, str]]:
    """Return (code, name) of the countries that links are about."""
    shown = NewsLink.objects.visible_to(user).shown().exclude(countries=None).order_by()
    return [(row.pk, row.name) for row in Country.objects.filter(pk__in=shown.values("countries")).in_order()]


def publishers(user: Any) -> list[tuple[str, str]]:
    names = NewsLink.objects.visible_to(user).shown().order_by("publisher")
    return [(name, name) for name in names.values_list("publisher", flat=True).distinct()]


def years(user: Any) -> list[tuple[str, str]]:
    """Return the years of publication, the latest first."""
    rows = NewsLink.objects.visible_to(user).shown().exclude(published_on="").order_by()
    distinct_years = rows.annotate(year=Left("published_on", 4)).values_list("year", flat=True).distinct()
    return [(year, year) for year in sorted(distinct_years, reverse=True)]


def in_country(user: Any, country: Any) -> dict[str, Any] | None:
    """Return the latest links about a country or area; None where there are none."""
    about = NewsLink.countries.through.objects.filter(country=country).values("newslink")
    rows = NewsLink.objects.visible_to(user).shown().filter(pk__in=about).select_related("language")
    rows = rows.only(*_OF_A_LINK, *names_of("language")).order_by("-published_on", "-pk")
    links = list(rows[: FEW + 1])
    return {"links": links[:FEW], "more": len(links) > FEW, "country": country} if links else None


_OF_A_LINK = ("title", "title_is_ours", "publisher", "published_on", "summary", "url", "source_date")


# --- The desk ---------------------------------------------------------------------------------------------
def in_state(user: Any, state: str) -> QuerySet[NewsLink]:
    return with_lines(NewsLink.objects.visible_to(user).filter(STATES[state]))


def desk_counts(user: Any) -> dict[str, int]:
    numbers = {state: Count("pk", filter=condition) for state, condition in STATES.items()}
    return NewsLink.objects.visible_to(user).aggregate(**numbers)


# --- Addresses --------------------------------------------------------------------------------------------
def addresses() -> set[str]:
    """Return the addresses of the links that are shown."""
    return set(NewsLink.objects.shown().values_list("url", flat=True))


def places(user: Any, urls: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (address, title, page at the desk) of the links that lead to one of these."""
    for link in NewsLink.objects.visible_to(user).filter(url__in=urls).order_by("pk"):
        yield link.url, link.title, reverse("newsdesk:elsewhere_link", args=[link.pk])


# --- The index --------------------------------------------------------------------------------------------
def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield links as entries of the index, in the language of their page."""
    rows = NewsLink.objects.visible_to(AnonymousUser()).filter(pk__in=ids)
    for link in rows.prefetch_related("topics", "countries"):
        topics, countries = list(link.topics.all()), list(link.countries.all())
        terms = " · ".join(term.name_en for term in (*topics, *countries))
        yield Entry(
            object_id=link.pk,
            name=link.title,
            text="\n".join((link.summary, link.publisher, terms)),
            language=link.language_id,
            audience=Audience.PUBLIC,
            facets=[
                *(f"topic:{topic.pk}" for topic in topics),
                *(f"country:{country.pk}" for country in countries),
            ],
            url_name="news:elsewhere_link",
            url_args=[link.pk],
        )
