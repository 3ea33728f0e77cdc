"""The library as a list, and each narrowed list as a feed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.people.decorators import page_view
from core.facets import Chip, Facet, Names, counted_choices, label_of
from core.feeds import AtomFeed
from core.page_cache import cached_page
from core.partial_pages import is_part
from resources.library.filters import LABELS, SORTS, LibraryFilter
from resources.library.queries import CODES, LINKED, NEWEST, LibraryQuery, rows_of
from resources.library.queries_counts import Counts
from resources.records.enums import ResourceKind
from resources.records.models import LibraryChange
from resources.records.queries_lines import ResourceLine, lines
from search.facets import (
    FacetCounts,
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
from taxonomy.law.models import Article, Instrument
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic


def library_atom(lines: Iterable[ResourceLine], *, title: str, link: str, own: str) -> str:
    """Return the feed with an entry for each line; `link` and `own` are whole addresses."""
    feed = AtomFeed(title=title, link=link, own=own)
    for line in lines:
        resource = line.resource
        feed.add_item(
            title=line.plain_title,
            link=settings.SITE_URL + line.url,
            description=strip_tags(line.abstract),
            author_name=resource.publisher or None,
            categories=[str(line.kind)],
            unique_id=f"{settings.SITE_URL}/resources/{resource.pk}",
            pubdate=resource.published_at,
            updateddate=resource.published_at,
        )
    return feed.writeString("utf-8")


TARGET = "results"
BOXES = ("kind", "topic", "instrument", "region")  # facets shown whole; the others as a menu
NEAREST = 3  # how many are shown where nothing answers to all that was asked
MOST_IN_FEED = 50


@dataclass(frozen=True, slots=True)
class LibraryFacet(Facet):
    """`left_out` are the choices not wanted, `every` whether all chosen must hold."""

    left_out: Sequence[tuple[str, Any]] = ()
    asks_every: bool = False
    every: bool = False


@page_view(public=True)
def resource_list(request: HttpRequest) -> HttpResponse:
    """Show the library. htmx asks the same address and gets the part that changes."""
    version = LibraryChange.objects.version(with_index=bool(request.GET.get("q")))
    response = cached_page(request, f"library:{version}", lambda: _list(request, version))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    if is_part(request, TARGET):
        question = LibraryFilter(request.GET, request=request).question
        response["HX-Push-Url"] = request.path + question.address.removesuffix("?")
    return response


@page_view(public=True)
def feed(request: HttpRequest) -> HttpResponse:
    """Return the feed of the filters in the address, in the language of the address."""
    names = _names()
    question = LibraryFilter(request.GET, request=request).question
    rows = rows_of(request.user, replace(question, sort=NEWEST), 0, MOST_IN_FEED)
    labels = [chip.label for chip in _chips(question, names)]
    title = _("Library: %(filters)s") % {"filters": " · ".join(map(str, labels))} if labels else _("Library")
    query = replace(question, sort="").query()
    page = reverse("resources:list") + (f"?{query}" if query else "")
    text = library_atom(
        lines(rows, language_names=names["language"]),
        title=title,
        link=settings.SITE_URL + page,
        own=settings.SITE_URL + reverse("resources:feed") + (f"?{query}" if query else ""),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _list(request: HttpRequest, version: str) -> HttpResponse:
    names = _names()  # first, so that the filter asks for none of them again
    filters = LibraryFilter(request.GET, request=request)
    question = filters.question
    counts = Counts(request.user, version)
    facets, instead = facets_or_nearest(request.user, counts.facets, question)
    shown = instead or question
    page = page_of(shown, facets.total, request.GET.get("page"), partial(rows_of, request.user))
    context = {
        **question_context(question, instead, facets, filters),
        "facets": _facets(question, facets, names),
        "chips": _chips(question, names),
        "meant": meant_choices(question, names, LABELS),
        "page": page,
        "lines": lines(
            list(page.object_list), language_names=names["language"], text=shown.q, missing=shown.missing
        ),
        "sorts": sorts_of(question, SORTS),
        "better": better_spelling(request.user, question, instead, facets.total, counts.total),
        "feed_query": replace(question, sort="").query(),
        "part": is_part(request, TARGET),
    }
    if not facets.total:
        context |= _ways_out(request.user, counts, question, facets, names)
    template = "resources/library/list.html#results" if context["part"] else "resources/library/list.html"
    response = render(request, template, context)
    # Words are learnt from time to time: what was not known before may be by then.
    response.is_passing = bool(question.q and (instead or context["better"] or not facets.total))  # type: ignore[attr-defined]
    return response


def _names() -> Names:
    """Return the present name of each code."""
    topics, instruments, articles, regions, countries, languages = choices_of(
        Topic, Instrument, Article, Region, Country, Language
    )
    return {
        "kind": dict(ResourceKind.choices),
        "topic": dict(topics),
        "crime": dict(topics),
        "instrument": dict(instruments),
        "article": {code: _article_label(code, title) for code, title in articles},
        "region": dict(regions),
        "country": dict(countries),
        "language": dict(languages),
        # These are called by their codes.
        "year": {},
        "publisher": {},
    }


def _article_label(code: str, title: str) -> str:
    """Return the article with its instrument: titles alone recur in several instruments."""
    instrument, _dash, number = code.rpartition("-")
    return pgettext("an article: UNTOC 5, its title", "%(instrument)s %(number)s: %(title)s") % {
        "instrument": instrument,
        "number": number,
        "title": title,
    }


def _facets(question: LibraryQuery, counted: FacetCounts, names: Names) -> list[Facet]:
    """Return the facets. All kinds are shown, with 0 too; of others only choices with rows or chosen ones."""
    facets: list[Facet] = []
    for name in CODES:
        numbers, chosen = counted.beside[name], question.codes(name)
        offered = names[name] or _in_order(name, {*numbers, *chosen})
        choices = counted_choices(name, offered, numbers, chosen, every=name == "kind")
        left_out = [(code, label_of(names, name, code)) for code in question.left_out(name)]
        if choices or left_out:
            shape = "boxes" if name in BOXES else "menu"
            asks_every = name in LINKED and len(chosen) > 1
            every = question.needs_every(name)
            facets.append(LibraryFacet(name, LABELS[name], choices, shape, left_out, asks_every, every))
    return facets


def _in_order(name: str, codes: set[str]) -> dict[str, str]:
    """Return the choices of a facet without names: the latest years first, publishers by the alphabet."""
    key = None if name == "year" else str.casefold
    return {code: code for code in sorted(codes, key=key, reverse=name == "year")}


def _chips(question: LibraryQuery, names: Names) -> list[Chip]:
    """Return a chip for everything that was asked, with the address of the page without it."""
    chips = word_chips(question)
    for name in CODES:
        codes = question.codes(name)
        if question.needs_every(name):
            labels = " + ".join(str(label_of(names, name, code)) for code in codes)
            chips.append(Chip(labels, question.without(name).address))
        else:
            chips += [
                Chip(label_of(names, name, code), question.without(name, code).address) for code in codes
            ]
        chips += [
            Chip(
                _("Not: %(choice)s") % {"choice": label_of(names, name, code)},
                question.readmitting(name, code).address,
            )
            for code in question.left_out(name)
        ]
    return chips


def question_in_words(question: LibraryQuery) -> str:
    """Return the question in words, which is the first name of a saved search."""
    return " · ".join(str(chip.label) for chip in _chips(question, _names()))


def _ways_out(
    user: Any, counts: Counts, question: LibraryQuery, counted: FacetCounts, names: Names
) -> dict[str, Any]:
    """Return, where nothing is found, what to leave out or to ask alone, and the nearest resources."""
    others = [(_("what you left out"), replace(question, but={}))] if any(question.but.values()) else []
    ways, are_alone = ways_out(question, counted, counts.total, names, *others)
    nearest: list[ResourceLine] = []
    if way := nearest_way(ways):
        page = page_of(way.question, way.count, None, partial(rows_of, user))
        nearest = lines(page[:NEAREST], language_names=names["language"], text=way.question.q)
    return {"ways_out": ways, "ways_are_alone": are_alone, "nearest": nearest}
