"""The directory as a list, as a map, and as a table of where there is nobody yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.decorators import page_view
from core.facets import WIDEST, Chip, Facet, Names, chips_of, counted_choices, label_of
from core.page_cache import cached_page, kept_parts
from core.partial_pages import is_part
from notifications.follows.queries import either, together
from search.facets import (
    FacetCounts,
    MeantChoice,
    better_spelling,
    facets_or_nearest,
    meant_choices,
    nearest_way,
    page_of,
    question_context,
    sorts_of,
    ways_out,
    word_chips,
)
from stakeholders.directory.enums import FRESHNESS, SAYS, STANDINGS
from stakeholders.directory.filters import SORTS, CoverageFilter, DirectoryFilter
from stakeholders.directory.queries import DirectoryQuery, places
from stakeholders.directory.queries_cards import Card, cards
from stakeholders.directory.queries_counts import Counts
from stakeholders.directory.queries_coverage import COVERAGE_BY, coverage
from stakeholders.directory.queries_map import cities_of, directory_map, region_links
from stakeholders.directory.queries_rows import rows_of
from stakeholders.entries.enums import Kind
from stakeholders.entries.models import DirectoryVersion
from taxonomy.law.models import Article
from taxonomy.names.models import choices_of
from taxonomy.places.map_marks import HEIGHT, WIDTH
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import EngagementArea, Language, Topic

TARGET = "results"
FOLLOWED = ("country", "region", "topic")  # facets whose choices can be followed
FEW = 20  # found: up to so many, the words may be a slip that others made too
NEAREST = 3  # how many are shown where nobody answers to all that was asked

# In the order of the page: facet → (its name, whether all of it is shown or a list to choose from).
FACETS: dict[str, tuple[str | Promise, str]] = {
    "kind": (pgettext_lazy("of stakeholder", "Kind"), "boxes"),
    "region": (_("Region"), "boxes"),
    "country": (_("Country or area"), "menu"),
    "topic": (_("Topic"), "boxes"),
    "article": (_("Article"), "menu"),
    "area": (_("Engagement area"), "boxes"),
    "language": (_("Working language"), "menu"),
    "offers": (_("Offers and needs"), "boxes"),
    "standing": (pgettext_lazy("of an entry", "Verification status"), "boxes"),
    "fresh": (_("Last confirmed"), "boxes"),
}


@page_view(public=True)
def stakeholder_list(request: HttpRequest) -> HttpResponse:
    """The directory. htmx asks the same address and gets the part that changes."""
    version = DirectoryVersion.objects.current()
    response = cached_page(request, f"directory:{version}", lambda: _list(request, version))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    if is_part(request, TARGET):
        question = DirectoryFilter(request.GET, request=request).question
        response["HX-Push-Url"] = request.path + question.address.removesuffix("?")
    return response


@page_view(public=True)
def stakeholder_map(request: HttpRequest) -> HttpResponse:
    """The same question as the directory's, answered by place: marks on the land, and an equal list."""
    version = DirectoryVersion.objects.current()
    return cached_page(request, f"map:{version}", lambda: _map(request, version))


@page_view(public=True)
def stakeholder_coverage(request: HttpRequest) -> HttpResponse:
    """Which kinds, or which topics, have somebody in each country, and where there is nobody yet."""
    version = DirectoryVersion.objects.current()
    return cached_page(request, f"coverage:{version}", lambda: _coverage(request, version))


def _list(request: HttpRequest, version: int) -> HttpResponse:
    names = _names()
    filters = DirectoryFilter(request.GET, request=request)
    question = filters.question
    counts = Counts(request.user, version)
    facets, instead = facets_or_nearest(request.user, counts.facets, question)
    shown = instead or question
    rows = partial(rows_of, request.user, answer=facets.answer)
    page = page_of(shown, facets.total, request.GET.get("page"), rows)
    context = {
        **question_context(question, instead, facets, filters),
        "facets": _facets(question, facets, names),
        "chips": _chips(question, names),
        "meant": _meanings(question, names),
        "page": page,
        "cards": _cards(page, names, shown.q),
        "unnamed": [(names["country"][code], number) for code, number in counts.unnamed(question).items()],
        "sorts": sorts_of(question, SORTS),
        "better": better_spelling(request.user, question, instead, facets.total, counts.total, few=FEW),
        "selection": _selection(question, names),
    }
    if not facets.total:
        context |= _ways_out(request.user, counts, question, facets, names)
    part = is_part(request, TARGET)
    template = "stakeholders/directory/list.html#results" if part else "stakeholders/directory/list.html"
    return render(request, template, {**context, "part": part})


def _map(request: HttpRequest, version: int) -> HttpResponse:
    names = _names()
    filters = DirectoryFilter(request.GET, request=request)
    question = filters.question
    counts = Counts(request.user, version)
    facets, instead = facets_or_nearest(request.user, counts.facets, question)
    shown = instead or question
    shown_places = places(facets.places, shown, names["country"])
    context = {
        **question_context(question, instead, facets, filters),
        "facets": _facets(question, facets, names),
        "chips": _chips(question, names),
        "meant": _meanings(question, names),
        "places": shown_places,
        "map": directory_map(shown_places, shown),
        "regions": region_links(shown, names["region"]),
        # Of the whole world they would be too many.
        "cities": cities_of(request.user, facets.answer) if shown.region or shown.country else {},
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "stakeholders/directory/map.html", context)


def _coverage(request: HttpRequest, version: int) -> HttpResponse:
    template, counts = "stakeholders/directory/coverage.html", Counts(request.user, version)
    # Readers who see the same listings see the same table.
    readers = f"coverage:{version}:{'+'.join(counts.listings)}"
    parts = kept_parts(request, readers, template, ("robots", "main"), lambda: _table(request, counts))
    return render(request, template, {"parts": parts})


def _table(request: HttpRequest, counts: Counts) -> dict[str, Any]:
    names = _names()
    filters = CoverageFilter(request.GET)
    by, region, empty_only = filters.table_options
    columns = names[by]
    table = coverage(
        counts,
        by,
        region,
        columns=columns,
        countries=names["country"],
        regions=names["region"],
        empty_only=empty_only,
    )
    return {
        "table": table,
        "by": by,
        "region": region,
        "empty_only": empty_only,
        "not_understood": filters.not_understood,
        "ways": [(code, label, code == by) for code, label in COVERAGE_BY.items()],
        "regions": [(code, names["region"][code]) for code in names["region"] if code in WIDEST],
        "map": directory_map(places(table.totals, DirectoryQuery(), names["country"]), DirectoryQuery()),
        "width": WIDTH,
        "height": HEIGHT,
    }


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a question can be followed: its terms, how they combine, and whether something is left out."""

    terms: list[str]
    label: str
    more: bool


def _selection(question: DirectoryQuery, names: Names) -> Selection | None:
    """Return what can be followed of the question, or None."""
    known = {name: [code for code in question.codes(name) if code in names[name]] for name in FOLLOWED}
    chosen = {name: codes for name, codes in known.items() if codes}
    if not chosen:
        return None
    terms = [f"{name}:{code}" for name, codes in chosen.items() for code in codes]
    label = together(
        either(str(label_of(names, name, code)) for code in codes) for name, codes in chosen.items()
    )
    more = bool(question.q) or any(name not in FOLLOWED for name, _code in question.facet_pairs())
    return Selection(terms, label, more)


def _cards(rows: Sequence[Any], names: Names, text: str) -> list[Card]:
    return cards(rows, topic_names=names["topic"], country_names=names["country"], text=text)


def _names() -> Names:
    """What each code is called now."""
    countries, regions, topics, articles, areas, languages = choices_of(
        Country, Region, Topic, Article, EngagementArea, Language
    )
    return {
        "kind": dict(Kind.choices),
        "region": dict(regions),
        "country": dict(countries),
        "topic": dict(topics),
        "article": dict(articles),
        "area": dict(areas),
        "language": dict(languages),
        "offers": SAYS,
        "standing": STANDINGS,
        "fresh": FRESHNESS,
    }


def _chips(question: DirectoryQuery, names: Names) -> list[Chip]:
    """Return a chip for each part of the question, with the address of the page without it."""
    return word_chips(question) + chips_of(question, names)


def _meanings(question: DirectoryQuery, names: Names) -> list[MeantChoice]:
    return meant_choices(question, names, {name: label for name, (label, _shape) in FACETS.items()})


def _facets(question: DirectoryQuery, counted: FacetCounts, names: Names) -> list[Facet]:
    """Return the facets; of kind and standing every choice, of others those with entries or chosen."""
    facets = []
    for name, (label, shape) in FACETS.items():
        every = name in ("kind", "standing")
        choices = counted_choices(name, names[name], counted.beside[name], question.codes(name), every=every)
        if choices:
            facets.append(Facet(name, label, choices, shape))
    return facets


def _ways_out(
    user: Any, counts: Counts, question: DirectoryQuery, counted: FacetCounts, names: Names
) -> dict[str, Any]:
    """Return, where nothing matches, what to leave out or to ask alone, and the nearest entries."""
    ways, are_alone = ways_out(question, counted, counts.total, names)
    nearest: list[Card] = []
    if way := nearest_way(ways):
        page = page_of(way.question, way.count, None, partial(rows_of, user))
        nearest = _cards(page[:NEAREST], names, way.question.q)
    return {"ways_out": ways, "ways_are_alone": are_alone, "nearest": nearest}
