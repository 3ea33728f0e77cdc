"""The directory as a list, as a map, and as a table of where there is nobody yet."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.decorators import page_view
from core.facets import WIDEST, Chip, Choice
from core.page_cache import cached_page
from core.partial_pages import is_part
from notifications.follows.queries import either, together
from search.queries import commoner, corrected_text, facets_or_nearest
from stakeholders.directory.filters import FRESHNESS, SAYS, SORTS, STANDINGS, CoverageFilter, DirectoryFilter
from stakeholders.directory.queries import CODES, RELEVANCE, DirectoryQuery, page_of, places
from stakeholders.directory.queries_cards import Card, cards
from stakeholders.directory.queries_counts import Counts, Facets
from stakeholders.directory.queries_coverage import COVERAGE_BY, coverage
from stakeholders.entries.enums import Kind
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from taxonomy.law.models import Article
from taxonomy.names.models import choices_of
from taxonomy.places.map_marks import HEIGHT, WIDTH
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import EngagementArea, Language, Topic

TARGET = "results"
FOLLOWED = ("country", "region", "topic")  # facets whose choices can be followed
FEW = 20  # found: up to so many, the words may be a slip that others made too
MOST_ALONE = 2
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
    "standing": (pgettext_lazy("of an entry", "Standing"), "boxes"),
    "fresh": (_("Confirmed"), "boxes"),
}


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str | Promise
    shape: str
    choices: list[Choice]

    @property
    def chosen(self) -> list[Choice]:
        return [one for one in self.choices if one.chosen]

    @property
    def open(self) -> list[Choice]:
        return [one for one in self.choices if not one.chosen]


@page_view(public=True)
def stakeholder_list(request: HttpRequest) -> HttpResponse:
    """The directory. htmx asks the same address and gets the part that changes."""
    version = DirectoryVersion.objects.current()
    response = cached_page(request, f"directory:{version}", lambda: _list(request, version))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    if is_part(request, TARGET):
        asked = DirectoryFilter(request.GET, Stakeholder.objects.none(), request=request).asked
        response["HX-Push-Url"] = request.path + _address(asked).removesuffix("?")
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
    filters = DirectoryFilter(request.GET, Stakeholder.objects.none(), request=request)
    asked = filters.asked
    counts = Counts(request.user, version)
    facets, instead = facets_or_nearest(request.user, counts.facets, asked)
    shown = instead or asked
    better = (
        None if instead and not instead.missing else _better(counts, asked, 0 if instead else facets.total)
    )
    page = page_of(request.user, shown, facets.total, request.GET.get("page"))
    context = {
        **_frame(asked, facets, names, filters),
        "page": page,
        "base_query": asked.query(),
        "cards": _cards(list(page.object_list), names, shown.q),
        "unnamed": [(names["country"][code], number) for code, number in counts.unnamed(asked).items()],
        "sorts": _sorts(asked),
        "instead": instead,
        "as_typed": _address(replace(asked, exact=True)),
        "better": better,
        "selection": _selection(asked, names),
    }
    if not facets.total:
        context |= _ways_out(request.user, counts, asked, facets, names)
    template = (
        "stakeholders/directory/list.html#results"
        if is_part(request, TARGET)
        else "stakeholders/directory/list.html"
    )
    return _shown(request, template, {**context, "part": is_part(request, TARGET)}, counts)


def _map(request: HttpRequest, version: int) -> HttpResponse:
    names = _names()
    filters = DirectoryFilter(request.GET, Stakeholder.objects.none(), request=request)
    asked = filters.asked
    counts = Counts(request.user, version)
    facets, instead = facets_or_nearest(request.user, counts.facets, asked)
    shown = instead or asked
    context = {
        **_frame(asked, facets, names, filters),
        "places": places(facets.places, shown, names["country"]),
        "width": WIDTH,
        "height": HEIGHT,
        "instead": instead,
        "as_typed": _address(replace(asked, exact=True)),
    }
    return _shown(request, "stakeholders/directory/map.html", context, counts)


def _coverage(request: HttpRequest, version: int) -> HttpResponse:
    names = _names()
    said = CoverageFilter(request.GET)
    by, region, empty_only = said.asked
    columns = names[by]
    table = coverage(
        Counts(request.user, version),
        by,
        region,
        columns=columns,
        countries=names["country"],
        regions=names["region"],
        empty_only=empty_only,
    )
    context = {
        "table": table,
        "by": by,
        "region": region,
        "empty_only": empty_only,
        "ways": [(code, label, code == by) for code, label in COVERAGE_BY.items()],
        "regions": [(code, names["region"][code]) for code in names["region"] if code in WIDEST],
        "total": table.total,
    }
    return render(request, "stakeholders/directory/coverage.html", context)


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a question can be followed: its terms, how they combine, and whether something is left out."""

    terms: list[str]
    said: str
    more: bool


def _selection(asked: DirectoryQuery, names: dict[str, dict[str, Any]]) -> Selection | None:
    """None where nothing that was asked can be followed."""
    chosen = {name: getattr(asked, name) for name in FOLLOWED if getattr(asked, name)}
    if not chosen:
        return None
    terms = [f"{name}:{code}" for name, codes in chosen.items() for code in codes]
    said = together(
        either(str(names[name].get(code, code)) for code in codes) for name, codes in chosen.items()
    )
    more = bool(asked.q) or any(getattr(asked, name) for name in CODES if name not in FOLLOWED)
    return Selection(terms, said, more)


def _shown(request: HttpRequest, template: str, context: dict[str, Any], counts: Counts) -> HttpResponse:
    response = render(request, template, context)
    response.is_passing = counts.late  # type: ignore[attr-defined]  # for `kept`
    return response


def _better(counts: Counts, asked: DirectoryQuery, total: int) -> Chip | None:
    """Where few are found: the same question with another spelling that finds more for this reader.

    A far commoner one, or where nobody is found one that is too far from what was typed to be shown at once.
    """
    if not asked.q or asked.exact or total > FEW:
        return None
    words = commoner(asked.q) if total else corrected_text(counts.user, asked.q)
    if not words:
        return None
    better = replace(asked, q=words)
    found = counts.total(better)
    return Chip(words, _address(better), found) if found > total else None


def _frame(
    asked: DirectoryQuery, facets: Facets, names: dict[str, dict[str, Any]], filters: DirectoryFilter
) -> dict[str, Any]:
    """What the list and the map have in common."""
    return {
        "asked": asked,
        "total": facets.total,
        "facets": _facets(asked, facets, names),
        "narrowed": any(getattr(asked, name) for name in CODES),
        "chips": _chips(asked, names),
        "not_understood": filters.not_understood,
        "query": asked.query(),
    }


def _cards(rows: list[Stakeholder], names: dict[str, dict[str, Any]], text: str) -> list[Card]:
    return cards(rows, topic_names=names["topic"], country_names=names["country"], text=text)


def _sorts(asked: DirectoryQuery) -> list[tuple[str, Any, bool]]:
    """(code, label, chosen). What comes by itself has no code: it may differ once words are added."""
    by_itself = replace(asked, sort="").order
    return [
        ("" if code == by_itself else code, label, code == asked.order)
        for code, label in SORTS.items()
        if asked.q or code != RELEVANCE
    ]


def _names() -> dict[str, dict[str, Any]]:
    """What each code is called now, in the order in which the reader expects the names."""
    countries, regions, topics, articles, areas, languages = choices_of(
        Country, Region, Topic, Article, EngagementArea, Language
    )
    return {
        "kind": dict(Kind.choices),
        "country": dict(countries),
        "region": dict(regions),
        "topic": dict(topics),
        "article": dict(articles),
        "area": dict(areas),
        "language": dict(languages),
        "offers": SAYS,
        "standing": STANDINGS,
        "fresh": FRESHNESS,
    }


def _facets(asked: DirectoryQuery, facets: Facets, names: dict[str, dict[str, Any]]) -> list[Facet]:
    """Kinds are few and all shown, with 0 too; of the others only what leads somewhere or was chosen."""
    shown = []
    for name, (label, shape) in FACETS.items():
        counted, chosen = facets.beside[name], getattr(asked, name)
        choices = [
            Choice(code, its_name, counted[code], code in chosen)
            for code, its_name in names[name].items()
            if code in chosen
            or (counted[code] and (name != "region" or code in WIDEST))
            or name in ("kind", "standing")
        ]
        if choices:
            shown.append(Facet(name, label, shape, choices))
    return shown


def _chips(asked: DirectoryQuery, names: dict[str, dict[str, Any]]) -> list[Chip]:
    """Everything that was asked, each with the way to the page without it."""
    chips = [Chip(f"“{asked.q}”", _address(asked.without("q")))] if asked.q else []
    for name in FACETS:
        chips += [
            Chip(names[name].get(code, code), _address(asked.without(name, code)))
            for code in getattr(asked, name)
        ]
    return chips


def _ways_out(
    user: Any, counts: Counts, asked: DirectoryQuery, facets: Facets, names: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Where nobody answers to all: what to leave out, with how many are there then, and the nearest few.

    Where leaving out one thing does not help, each thing alone.
    """
    ways: list[tuple[Chip, DirectoryQuery]] = []
    if asked.q and asked.without("q").narrows:
        without = asked.without("q")
        ways.append((Chip(f"“{asked.q}”", _address(without), counts.total(without)), without))
    for name in FACETS:
        if codes := getattr(asked, name):
            label = ", ".join(str(names[name].get(code, code)) for code in codes)
            without = asked.without(name)
            ways.append((Chip(label, _address(without), facets.without[name]), without))
    ways = [way for way in ways if way[0].count and way[1].narrows]
    only = not ways
    if only:
        ways = _each_alone(counts, asked, names)
    nearest: list[Card] = []
    if ways:
        # What is left out should cost the least: the way with the fewest is the nearest to the question.
        chip, without = min(ways, key=lambda way: way[0].count)
        page = page_of(user, without, chip.count, None)
        nearest = _cards(list(page.object_list)[:NEAREST], names, without.q)
    return {"ways_out": [chip for chip, _without in ways], "ways_are_alone": only, "nearest": nearest}


def _each_alone(
    counts: Counts, asked: DirectoryQuery, names: dict[str, dict[str, Any]]
) -> list[tuple[Chip, DirectoryQuery]]:
    """The first few things that were asked, each without the others; a statement each, where it is new."""
    things: list[tuple[str, DirectoryQuery]] = (
        [(f"“{asked.q}”", DirectoryQuery(q=asked.q))] if asked.q else []
    )
    for name in FACETS:
        if codes := getattr(asked, name):
            alone: Any = {name: codes}
            things.append(
                (", ".join(str(names[name].get(code, code)) for code in codes), DirectoryQuery(**alone))
            )
    if len(things) < 2:
        return []
    ways = [
        (Chip(label, _address(alone), counts.total(alone)), alone) for label, alone in things[:MOST_ALONE]
    ]
    return [way for way in ways if way[0].count]


def _address(asked: DirectoryQuery) -> str:
    """Relative to the page; "?" alone is all of it."""
    return f"?{asked.query()}"
