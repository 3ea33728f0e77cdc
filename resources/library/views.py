"""The library as a list, and each narrowed list as a feed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.decorators import page_view
from core.facets import WIDEST, Chip, Choice
from core.feeds import AtomFeed
from core.page_cache import cached_page
from core.partial_pages import is_part
from resources.library.filters import LABELS, SORTS, LibraryFilter
from resources.library.queries import CODES, LINKED, NEWEST, RELEVANCE, LibraryQuery, page_of, rows_of
from resources.library.queries_counts import Counts, Facets
from resources.records.enums import ResourceKind
from resources.records.models import LibraryChange
from resources.records.queries_lines import Line, lines
from search.queries import corrected_text, facets_or_nearest
from taxonomy.law.models import Article, Instrument
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic


def library_atom(lines: Iterable[Line], *, title: str, link: str, own: str) -> str:
    """One entry for each line; `link` and `own` are whole addresses."""
    feed = AtomFeed(title=title, link=link, own=own)
    for line in lines:
        told = line.resource
        feed.add_item(
            title=line.plain_title,
            link=settings.SITE_URL + line.url,
            description=strip_tags(line.abstract),
            author_name=told.publisher or None,
            categories=[str(line.kind)],
            unique_id=f"{settings.SITE_URL}/resources/{told.pk}",
            pubdate=told.published_at,
            updateddate=told.published_at,
        )
    return feed.writeString("utf-8")


TARGET = "results"
BOXES = ("kind", "topic", "instrument", "region")  # facets shown whole; the others as a menu
MOST_ALONE = 2
NEAREST = 3  # how many are shown where nothing answers to all that was asked
MOST_IN_FEED = 50


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its choices; `left_out` are those not wanted, `every` whether all chosen must hold."""

    name: str
    label: str | Promise
    shape: str
    choices: list[Choice]
    left_out: list[tuple[str, Any]]
    asks_every: bool
    every: bool

    @property
    def chosen(self) -> list[Choice]:
        return [one for one in self.choices if one.chosen]

    @property
    def open(self) -> list[Choice]:
        return [one for one in self.choices if not one.chosen and one.count]


type Names = dict[str, dict[str, Any]]


@page_view(public=True)
def resource_list(request: HttpRequest) -> HttpResponse:
    """The library. htmx asks the same address and gets the part that changes."""
    version = LibraryChange.objects.version()
    if request.GET.get("q"):
        # What words find may grow without the library: a file was read.
        response = _list(request, version)
    else:
        response = cached_page(request, f"library:{version}", lambda: _list(request, version))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    if is_part(request, TARGET):
        asked = LibraryFilter(request.GET, request=request).asked
        response["HX-Push-Url"] = request.path + _address(asked).removesuffix("?")
    return response


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """What is new and answers to the filters of the address, told in the language of the address."""
    names = _names()
    asked = LibraryFilter(request.GET, request=request).asked
    found = rows_of(request.user, replace(asked, sort=NEWEST), 0, MOST_IN_FEED)
    said = [chip.label for chip in _chips(asked, names)]
    title = _("Library: %(filters)s") % {"filters": " · ".join(map(str, said))} if said else _("Library")
    query = replace(asked, sort="").query()
    page = reverse("resources:list") + (f"?{query}" if query else "")
    text = library_atom(
        lines(found, language_names=names["language"]),
        title=title,
        link=settings.SITE_URL + page,
        own=settings.SITE_URL + reverse("resources:feed") + (f"?{query}" if query else ""),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _list(request: HttpRequest, version: str) -> HttpResponse:
    names = _names()  # first, so that the filter asks for none of them again
    filters = LibraryFilter(request.GET, request=request)
    asked = filters.asked
    counts = Counts(request.user, version)
    facets, instead = facets_or_nearest(request.user, counts.facets, asked)
    shown = instead or asked
    page = page_of(request.user, shown, facets.total, request.GET.get("page"))
    context = {
        "asked": asked,
        "total": facets.total,
        "facets": _facets(asked, facets, names),
        "narrowed": bool(asked.of or asked.but),
        "chips": _chips(asked, names),
        "not_understood": filters.not_understood,
        "query": asked.query(),
        "page": page,
        "base_query": asked.query(),
        "lines": lines(
            list(page.object_list), language_names=names["language"], text=shown.q, missing=shown.missing
        ),
        "sorts": _sorts(asked),
        "instead": instead,
        "better": _better(request.user, counts, asked) if _has_none(facets, instead) else None,
        "as_typed": _address(replace(asked, exact=True)),
        "feed_query": replace(asked, sort="").query(),
        "part": is_part(request, TARGET),
    }
    if not facets.total:
        context |= _ways_out(request.user, counts, asked, facets, names)
    return render(
        request,
        "resources/library/list.html#results" if is_part(request, TARGET) else "resources/library/list.html",
        context,
    )


def _has_none(facets: Facets, instead: LibraryQuery | None) -> bool:
    """Whether nothing has all the words, in any spelling."""
    return bool(instead.missing) if instead else not facets.total


def _better(user: Any, counts: Counts, asked: LibraryQuery) -> Chip | None:
    """Another spelling that finds something, too far from what was typed to be shown at once."""
    words = corrected_text(user, asked.q) if asked.q and not asked.exact else None
    if not words:
        return None
    better = replace(asked, q=words)
    found = counts.total(better)
    return Chip(words, _address(better), found) if found else None


def _names() -> Names:
    """What each code is called now, in the order in which the reader expects the names."""
    topics, instruments, articles, regions, countries, languages = choices_of(
        Topic, Instrument, Article, Region, Country, Language
    )
    return {
        "kind": dict(ResourceKind.choices),
        "topic": dict(topics),
        "crime": dict(topics),
        "instrument": dict(instruments),
        "article": dict(articles),
        "region": dict(regions),
        "country": dict(countries),
        "language": dict(languages),
    }


def _label(names: Names, name: str, code: str) -> Any:
    label = names.get(name, {}).get(code, code)
    if name == "article":
        # Titles alone repeat themselves from instrument to instrument.
        instrument, _dash, number = code.rpartition("-")
        return pgettext("an article: UNTOC 5, its title", "%(instrument)s %(number)s: %(title)s") % {
            "instrument": instrument,
            "number": number,
            "title": label,
        }
    return label


def _facets(asked: LibraryQuery, facets: Facets, names: Names) -> list[Facet]:
    """Kinds are few and all shown, with 0 too; of the others only what leads somewhere or was chosen."""
    shown = []
    for name in CODES:
        counted, chosen = facets.beside[name], asked.codes(name)
        choices = [
            Choice(code, _label(names, name, code), counted[code], code in chosen)
            for code in _in_order(name, names, {*counted, *chosen})
            if code in chosen or name == "kind" or (counted[code] and (name != "region" or code in WIDEST))
        ]
        left_out = [(code, _label(names, name, code)) for code in asked.left_out(name)]
        if choices or left_out:
            asks_every = name in LINKED and len(chosen) > 1
            shape = "boxes" if name in BOXES else "menu"
            shown.append(
                Facet(name, LABELS[name], shape, choices, left_out, asks_every, asked.needs_every(name))
            )
    return shown


def _in_order(name: str, names: Names, codes: set[str]) -> list[str]:
    if name == "year":
        return sorted(codes, reverse=True)
    return list(names[name]) if name in names else sorted(codes, key=str.casefold)


def _chips(asked: LibraryQuery, names: Names) -> list[Chip]:
    """Everything that was asked, each with the way to the page without it."""
    chips = [Chip(f"“{asked.q}”", _address(asked.less("q")))] if asked.q else []
    for name in CODES:
        codes = asked.codes(name)
        if asked.needs_every(name):
            labels = " + ".join(str(_label(names, name, code)) for code in codes)
            chips.append(Chip(labels, _address(asked.less(name))))
        else:
            chips += [Chip(_label(names, name, code), _address(asked.less(name, code))) for code in codes]
        chips += [
            Chip(
                _("Not: %(choice)s") % {"choice": _label(names, name, code)},
                _address(asked.readmitting(name, code)),
            )
            for code in asked.left_out(name)
        ]
    return chips


def told_as(asked: LibraryQuery) -> str:
    """What was asked, in words: how a saved search is called by itself."""
    return " · ".join(str(chip.label) for chip in _chips(asked, _names()))


def _sorts(asked: LibraryQuery) -> list[tuple[str, Any, bool]]:
    """(code, label, chosen). What comes by itself has no code: it may differ once words are added."""
    by_itself = replace(asked, sort="").order
    return [
        ("" if code == by_itself else code, label, code == asked.order)
        for code, label in SORTS.items()
        if asked.q or code != RELEVANCE
    ]


def _ways_out(user: Any, counts: Counts, asked: LibraryQuery, facets: Facets, names: Names) -> dict[str, Any]:
    """Where nothing answers to all: what to leave out, with how many are there then, and the nearest few."""
    ways: list[tuple[Chip, LibraryQuery]] = []
    if asked.q and asked.less("q").narrows:
        without = asked.less("q")
        ways.append((Chip(f"“{asked.q}”", _address(without), counts.total(without)), without))
    for name in CODES:
        if codes := asked.codes(name):
            label = ", ".join(str(_label(names, name, code)) for code in codes)
            without = asked.less(name)
            ways.append((Chip(label, _address(without), facets.without[name]), without))
    if any(asked.but.values()):
        without = replace(asked, but={})
        ways.append((Chip(_("what you left out"), _address(without), counts.total(without)), without))
    ways = [way for way in ways if way[0].count and way[1].narrows]
    only = not ways
    if only:
        ways = _each_alone(counts, asked, names)
    nearest: list[Line] = []
    if ways:
        # What is left out should cost the least: the way with the fewest is the nearest to the question.
        chip, without = min(ways, key=lambda way: way[0].count)
        page = page_of(user, without, chip.count, None)
        nearest = lines(list(page.object_list)[:NEAREST], language_names=names["language"], text=without.q)
    return {"ways_out": [chip for chip, _without in ways], "ways_are_alone": only, "nearest": nearest}


def _each_alone(counts: Counts, asked: LibraryQuery, names: Names) -> list[tuple[Chip, LibraryQuery]]:
    """The first few things that were asked, each without the others; a statement each, where it is new."""
    things: list[tuple[str, LibraryQuery]] = [(f"“{asked.q}”", LibraryQuery(q=asked.q))] if asked.q else []
    for name in CODES:
        if codes := asked.codes(name):
            label = ", ".join(str(_label(names, name, code)) for code in codes)
            things.append((label, asked.alone(name)))
    if len(things) < 2:
        return []
    ways = [
        (Chip(label, _address(alone), counts.total(alone)), alone) for label, alone in things[:MOST_ALONE]
    ]
    return [way for way in ways if way[0].count]


def _address(asked: LibraryQuery) -> str:
    """Relative to the page; "?" alone is all of it."""
    return f"?{asked.query()}"
