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
from search.spelling import corrected_text, is_slip, with_commoner_words

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
        """Return the order: as chosen, else by relevance where there are words, else the default."""
        if self.sort and (self.q or self.sort != RELEVANCE):
            return self.sort
        return RELEVANCE if self.q else self.default_order

    @property
    def has_most(self) -> bool:
        """Return whether more than half of the words are found in spite of those that are missing."""
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
        """Return the same question with one more code of a facet."""
        codes: Any = {name: (*self.codes(name), code)}
        return replace(self, **codes)

    def alone(self, name: str) -> Self:
        """Return only what it asks of one facet."""
        codes: Any = {name: self.codes(name)}
        return type(self)(**codes)


class WordsField(forms.CharField):
    """Words of any length; what is too long to be asked is left out."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value))[:LONGEST]


class WordsFilter(django_filters.CharFilter):
    field_class = WordsField


def word_chips(question: WordQuery) -> list[Chip]:
    """Return a chip for the words, with the address of the page without them; [] without words."""
    return [Chip(question.quoted, question.without_words().address)] if question.q else []


@dataclass(slots=True)
class FacetCounts:
    """Numbers by code. Those of a facet leave its own choice out of account; `total` takes all into it."""

    total: int = 0
    # facet → code → number
    beside: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    # facet → how many there would be if nothing of it were asked
    without: Counter[str] = field(default_factory=Counter)


def question_context(
    question: WordQuery, instead: WordQuery | None, counted: FacetCounts, filters: FacetFilter
) -> dict[str, Any]:
    """Return the context about the question, and about the one that was answered instead."""
    order = used_order(instead or question, counted.total)
    labels = dict(type(filters).base_filters["sort"].extra["choices"])
    return {
        "question": question,
        "instead": instead,
        "as_typed": replace(question, exact=True).address,
        "total": counted.total,
        "narrowed": bool(question.facet_pairs()),
        "not_understood": filters.not_understood,
        "query": question.query(),
        # What they are sorted by, where there are too many to put the best first.
        "sorted_by": labels[order] if order != (instead or question).order else "",
    }


def used_order(question: WordQuery, total: int) -> str:
    return question.default_order if question.order == RELEVANCE and total > MOST_RANKED else question.order


def sorts_of(question: WordQuery, labels: Mapping[str, Any]) -> list[tuple[str, Any, bool]]:
    """Return (code, label, chosen). The default has no code: it may differ once words are added."""
    by_itself = replace(question, sort="").order
    return [
        ("" if code == by_itself else code, label, code == question.order)
        for code, label in labels.items()
        if question.q or code != RELEVANCE
    ]


# --- The rows -----------------------------------------------------------------------------------------


class _CountedPaginator(Paginator):
    count = 0


def page_of[A: WordQuery](
    question: A, total: int, number: str | None, rows: Callable[[A, int, int], list[Any]]
) -> "Page[Any]":
    """Return a page of what was asked, by `rows(question, start, end)`; `total` is not counted again.

    Where there are too many to rank, what is called just so stands on the first page before all others.
    """
    paginator: Any = _CountedPaginator([], PER_PAGE)
    paginator.count = total
    page: Page[Any] = paginator.get_page(number)
    start = (page.number - 1) * PER_PAGE
    if (order := used_order(question, total)) != question.order:
        # Those by their rank: in the order of the list the planner would walk all of it to find the few.
        first = [] if start or question.missing else rows(replace(question, missing=CALLED), 0, MOST_CALLED)
        question = replace(question, sort=order)
        their = {row.pk for row in first}
        rest = rows(question, start, start + PER_PAGE)
        page.object_list = [*first, *(row for row in rest if row.pk not in their)]
        return page
    page.object_list = rows(question, start, start + PER_PAGE) if total else []
    return page


# --- What the words may mean ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeantChoice:
    """A choice of a facet that words of the question name, and the question with it instead of them."""

    label: Any
    facet: Any
    url: str


def meant_choices[A: WordQuery](question: A, names: Names, labels: Mapping[str, Any]) -> list[MeantChoice]:
    """Return the choices that the words name, of the facets that have a label in `labels`."""
    return [
        MeantChoice(
            names[named.facet][named.code],
            labels[named.facet],
            replace(question, q=named.rest, exact=False, missing=0, sort="")
            .also(named.facet, named.code)
            .address,
        )
        for named in parse(question.q).named
        if named.facet in labels
        and named.code in names.get(named.facet, {})
        and named.code not in question.codes(named.facet)
    ][:MOST_MEANT]


# --- Where little is found, or nothing ---------------------------------------------------------------


def facets_or_nearest[A: WordQuery, C: FacetCounts](
    user: Any, count: Callable[[A], C], question: A
) -> tuple[C, A | None]:
    """Return the numbers, and the question that they answer where the typed one finds nothing.

    Another spelling first, then names in another script that sound so; then, where leaving out a filter does
    not help, some of the words only.
    """
    answer = count(question)
    if answer.total or not question.q:
        return answer, None
    # Told only where the reader finds something by it: a word of a hidden name is never proposed.
    better = None if question.exact else corrected_text(user, question.q)
    others = [replace(question, q=better)] if better and is_slip(question.q, better) else []
    is_filtered = any(answer.without.values())
    others += [
        replace(question, missing=number)
        for number in parse(question.q).instead
        if number < 0 or not is_filtered
    ]
    for instead in others:
        if (nearest := count(instead)).total:
            return nearest, instead
    return answer, None


def better_spelling[A: WordQuery](
    user: Any, question: A, instead: A | None, total: int, total_of: Callable[[A], int], *, few: int = 0
) -> Chip | None:
    """Return the question with another spelling that finds more for this reader; None above `few` results.

    A far commoner one, or where nothing is found one that is too far from what was typed to be shown at once.
    """
    if instead:
        total = 0
    if not question.q or question.exact or total > few or (instead and not instead.missing):
        return None
    words = with_commoner_words(question.q) if total else corrected_text(user, question.q)
    if not words:
        return None
    better = replace(question, q=words)
    number = total_of(better)
    return Chip(words, better.address, number) if number > total else None


@dataclass(frozen=True, slots=True)
class WayOut[A: WordQuery]:
    """A wider question that finds something, called by what it leaves out or asks alone."""

    label: str | Promise
    question: A
    count: int

    @property
    def url(self) -> str:
        return self.question.address


def ways_out[A: WordQuery](
    question: A, counted: FacetCounts, total_of: Callable[[A], int], names: Names, *more: tuple[Any, A]
) -> tuple[list[WayOut[A]], bool]:
    """Return what to leave out where nothing has all, each with its number, and False.

    `more` are other things to leave out. Where nothing alone is in the way: each thing alone, and True.
    """
    ways = []
    if question.q and (without := question.without_words()).narrows:
        ways.append(WayOut(question.quoted, without, total_of(without)))
    for name, label in _facets_in(question, names):
        ways.append(WayOut(label, question.without(name), counted.without[name]))
    ways += [WayOut(label, without, total_of(without)) for label, without in more]
    ways = [way for way in ways if way.count and way.question.narrows]
    return (ways, False) if ways else (_each_alone(question, total_of, names), True)


def nearest_way[A: WordQuery](ways: Sequence[WayOut[A]]) -> WayOut[A] | None:
    """Return the way with the fewest results, which is nearest to the question."""
    return min(ways, key=lambda way: way.count, default=None)


def _each_alone[A: WordQuery](question: A, total_of: Callable[[A], int], names: Names) -> list[WayOut[A]]:
    """Return the first few things that were asked, each without the others, that find something."""
    things = [(question.quoted, type(question)(q=question.q))] if question.q else []
    things += [(label, question.alone(name)) for name, label in _facets_in(question, names)]
    if len(things) < 2:
        return []
    ways = [WayOut(label, alone, total_of(alone)) for label, alone in things[:MOST_ALONE]]
    return [way for way in ways if way.count]


def _facets_in(question: WordQuery, names: Names) -> list[tuple[str, str]]:
    """Return the facets of which something was asked, each with all of it in words."""
    return [
        (name, ", ".join(str(label_of(names, name, code)) for code in codes))
        for name in names
        if (codes := question.codes(name))
    ]
