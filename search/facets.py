"""What lists have in common that are found by words and narrowed by facets: the directory, the library.

Each list says which rows answer and counts them in its own way; order, pages, other spellings, and what to
leave out where nothing is found, are here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.utils.functional import Promise

from core.facets import Chip, FacetFilter, FacetQuery, Names, label_of
from search.parse import CALLED, LONGEST, parse
from search.spelling import commoner, corrected_text, is_slip

RELEVANCE = "relevance"
PER_PAGE = 20
# Above so many matches nearly all fit equally well, and putting each in its place costs more than it tells.
MOST_RANKED = 3000
MOST_CALLED = 10
MOST_ALONE = 2
MOST_MEANT = 4


@dataclass(frozen=True, slots=True)
class WordQuery(FacetQuery):
    """Words, and the codes of facets."""

    # Of what is found without words.
    default_order: ClassVar[str]

    q: str = ""
    sort: str = ""
    # The words as they stand: no other spelling is tried where they find nothing.
    exact: bool = False
    # So many of the words need not be found: the nearest, where nothing has them all; or all are names in
    # another script (below 0). Not of an address.
    missing: int = 0

    @property
    def order(self) -> str:
        """Relevance needs words; without a choice it is the best match, or else the default."""
        if self.sort and (self.q or self.sort != RELEVANCE):
            return self.sort
        return RELEVANCE if self.q else self.default_order

    @property
    def has_most(self) -> bool:
        """Whether more than half of the words are found in spite of those that are missing."""
        return parse(self.q).has_most(self.missing)

    @property
    def by_sound(self) -> bool:
        return self.missing < 0

    @property
    def narrows(self) -> bool:
        return bool(self.q or self.facet_pairs())

    def facet_pairs(self) -> list[tuple[str, str]]:
        return FacetQuery.pairs(self)

    def pairs(self) -> list[tuple[str, str]]:
        pairs = [("q", self.q)] if self.q else []
        pairs += self.facet_pairs()
        pairs += [("exact", "1")] if self.q and self.exact else []
        return pairs + ([("sort", self.sort)] if self.sort else [])

    @property
    def quoted(self) -> str:
        return f"“{self.q}”"

    def without_words(self) -> Self:
        return replace(self, q="", exact=False, missing=0)

    def also(self, name: str, code: str) -> Self:
        """The same question with one more code of a facet."""
        codes: Any = {name: (*self.codes(name), code)}
        return replace(self, **codes)

    def alone(self, name: str) -> Self:
        """Nothing but what it asks of one facet."""
        codes: Any = {name: self.codes(name)}
        return type(self)(**codes)


class WordsField(forms.CharField):
    """Words of any length; what is too long to be asked is left out."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value))[:LONGEST]


class WordsFilter(django_filters.CharFilter):
    field_class = WordsField


def word_chips(asked: WordQuery) -> list[Chip]:
    """The words that were asked, with the way to the page without them; none where there are none."""
    return [Chip(asked.quoted, asked.without_words().address)] if asked.q else []


@dataclass(slots=True)
class FacetCounts:
    """Numbers by code. Those of a facet leave its own choice out of account; `total` takes all into it."""

    total: int = 0
    # facet → code → number
    beside: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    # facet → how many there would be if nothing of it were asked
    without: Counter[str] = field(default_factory=Counter)


def question_context(
    asked: WordQuery, instead: WordQuery | None, counted: FacetCounts, filters: FacetFilter
) -> dict[str, Any]:
    """What a page tells of the question, and of the other one that was answered instead."""
    order = used_order(instead or asked, counted.total)
    labels = dict(filters.filters["sort"].extra["choices"])
    return {
        "question": asked,
        "instead": instead,
        "as_typed": replace(asked, exact=True).address,
        "total": counted.total,
        "narrowed": bool(asked.facet_pairs()),
        "not_understood": filters.not_understood,
        "query": asked.query(),
        # What they are sorted by, where there are too many to put the best first.
        "sorted_by": labels[order] if order != (instead or asked).order else "",
    }


def used_order(asked: WordQuery, total: int) -> str:
    return asked.default_order if asked.order == RELEVANCE and total > MOST_RANKED else asked.order


def sorts_of(asked: WordQuery, labels: Mapping[str, Any]) -> list[tuple[str, Any, bool]]:
    """(code, label, chosen). What comes by itself has no code: it may differ once words are added."""
    by_itself = replace(asked, sort="").order
    return [
        ("" if code == by_itself else code, label, code == asked.order)
        for code, label in labels.items()
        if asked.q or code != RELEVANCE
    ]


# --- The rows -----------------------------------------------------------------------------------------


class _Counted(Paginator):
    count = 0


def page_of[A: WordQuery](
    asked: A, total: int, number: str | None, rows: Callable[[A, int, int], list[Any]]
) -> "Page[Any]":
    """One page of what was asked, by `rows(asked, start, end)`; `total` is known and not counted again.

    Where there are too many to rank, what is called just so stands on the first page before all others.
    """
    paginator: Any = _Counted([], PER_PAGE)
    paginator.count = total
    page: Page[Any] = paginator.get_page(number)
    start = (page.number - 1) * PER_PAGE
    if (order := used_order(asked, total)) != asked.order:
        # Those by their rank: in the order of the list the planner would walk all of it to find the few.
        first = [] if start or asked.missing else rows(replace(asked, missing=CALLED), 0, MOST_CALLED)
        asked = replace(asked, sort=order)
        their = {row.pk for row in first}
        rest = rows(asked, start, start + PER_PAGE)
        page.object_list = [*first, *(row for row in rest if row.pk not in their)]
        return page
    page.object_list = rows(asked, start, start + PER_PAGE) if total else []
    return page


# --- What the words may mean ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meant:
    """A choice of a facet that words of the question name, and the question with it instead of them."""

    label: Any
    facet: Any
    url: str


def meant[A: WordQuery](asked: A, names: Names, labels: Mapping[str, Any]) -> list[Meant]:
    """`labels` say what each facet is called; of those that have none, nothing is offered."""
    return [
        Meant(
            names[one.facet][one.code],
            labels[one.facet],
            replace(asked, q=one.rest, exact=False, missing=0, sort="").also(one.facet, one.code).address,
        )
        for one in parse(asked.q).named
        if one.facet in labels
        and one.code in names.get(one.facet, {})
        and one.code not in asked.codes(one.facet)
    ][:MOST_MEANT]


# --- Where little is found, or nothing ---------------------------------------------------------------


def facets_or_nearest[A: WordQuery, C: FacetCounts](
    user: Any, count: Callable[[A], C], asked: A
) -> tuple[C, A | None]:
    """The numbers, and the question that they answer where the one that was typed finds nothing at all.

    Another spelling first, then names in another script that sound so; then, where leaving out a filter does
    not help, some of the words only.
    """
    answer = count(asked)
    if answer.total or not asked.q:
        return answer, None
    # Told only where the reader finds something by it: a word of a hidden name is never proposed.
    better = None if asked.exact else corrected_text(user, asked.q)
    others = [replace(asked, q=better)] if better and is_slip(asked.q, better) else []
    is_filtered = any(answer.without.values())
    others += [
        replace(asked, missing=number) for number in parse(asked.q).instead if number < 0 or not is_filtered
    ]
    for instead in others:
        if (nearest := count(instead)).total:
            return nearest, instead
    return answer, None


def better_spelling[A: WordQuery](
    user: Any, asked: A, instead: A | None, total: int, total_of: Callable[[A], int], *, few: int = 0
) -> Chip | None:
    """The same question with another spelling that finds more for this reader, where `few` at most are found.

    A far commoner one, or where nothing is found one that is too far from what was typed to be shown at once.
    """
    if instead:
        total = 0
    if not asked.q or asked.exact or total > few or (instead and not instead.missing):
        return None
    words = commoner(asked.q) if total else corrected_text(user, asked.q)
    if not words:
        return None
    better = replace(asked, q=words)
    number = total_of(better)
    return Chip(words, better.address, number) if number > total else None


@dataclass(frozen=True, slots=True)
class WayOut[A: WordQuery]:
    """A wider question that finds something, called by what it leaves out or asks alone."""

    label: str | Promise
    asked: A
    count: int

    @property
    def url(self) -> str:
        return self.asked.address


def ways_out[A: WordQuery](
    asked: A, counted: FacetCounts, total_of: Callable[[A], int], names: Names, *more: tuple[Any, A]
) -> tuple[list[WayOut[A]], bool]:
    """Where nothing answers to all: what to leave out, with how many are there then, and False.

    `more` are other things to leave out. Where nothing alone is in the way: each thing alone, and True.
    """
    ways = []
    if asked.q and (without := asked.without_words()).narrows:
        ways.append(WayOut(asked.quoted, without, total_of(without)))
    for name, label in _facets_in(asked, names):
        ways.append(WayOut(label, asked.without(name), counted.without[name]))
    ways += [WayOut(label, without, total_of(without)) for label, without in more]
    ways = [way for way in ways if way.count and way.asked.narrows]
    return (ways, False) if ways else (_each_alone(asked, total_of, names), True)


def nearest_way[A: WordQuery](ways: Sequence[WayOut[A]]) -> WayOut[A] | None:
    """What is left out should cost the least: the way with the fewest is the nearest to the question."""
    return min(ways, key=lambda way: way.count, default=None)


def _each_alone[A: WordQuery](asked: A, total_of: Callable[[A], int], names: Names) -> list[WayOut[A]]:
    """The first few things that were asked, each without the others; a statement each, where it is new."""
    things = [(asked.quoted, type(asked)(q=asked.q))] if asked.q else []
    things += [(label, asked.alone(name)) for name, label in _facets_in(asked, names)]
    if len(things) < 2:
        return []
    ways = [WayOut(label, alone, total_of(alone)) for label, alone in things[:MOST_ALONE]]
    return [way for way in ways if way.count]


def _facets_in(asked: WordQuery, names: Names) -> list[tuple[str, str]]:
    """The facets of which something was asked, each with all of it in words."""
    return [
        (name, ", ".join(str(label_of(names, name, code)) for code in codes))
        for name in names
        if (codes := asked.codes(name))
    ]
