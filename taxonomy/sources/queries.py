"""What the desk's pages of sources show: how many rows rest on each, and what of them is old."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateField, Exists, F, IntegerField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from taxonomy.hooks import Rows, Source, sources
from taxonomy.sources.models import FetchedSource

TWO_YEARS = timedelta(days=731)  # as many days as two years have at most


def oldest_fresh() -> date:
    """What was last seen before this day counts as old."""
    return localdate() - TWO_YEARS


class Figures(NamedTuple):
    """Of one source; None where that cannot be told."""

    rows: int = 0
    edited: int | None = None
    gone: int | None = None
    waiting: int | None = None
    old: int | None = None
    newest: date | None = None


class Known(NamedTuple):
    """A source with its figures; `fetched`: the address that the desk set, if any."""

    code: str
    source: Source
    figures: Figures
    fetched: FetchedSource | None = None


def sources_for(user: Any) -> dict[str, Source]:
    """By their codes, in their order, those that the person may see."""
    found = sorted(sources.items(), key=lambda entry: entry[1].position)
    return {code: one for code, one in found if not one.permission or user.has_perm(one.permission)}


def known_sources(user: Any, *codes: str) -> list[Known]:
    """All that the person may see, or those with these codes.

    Two statements, and one for each source of which something else than its rows can wait.
    """
    seen = {code: one for code, one in sources_for(user).items() if not codes or code in codes}
    figures = _figures(user, seen)
    fetched = {one.code: one for one in FetchedSource.objects.filter(code__in=seen)}
    return [Known(code, one, figures.get(code, Figures()), fetched.get(code)) for code, one in seen.items()]


def with_decisions(user: Any) -> list[QuerySet[Any]]:
    """For each source in which something waits for a decision, one row of what does."""
    found: list[QuerySet[Any]] = []
    for one in sources_for(user).values():
        parts = [part.rows.filter(part.waiting) for part in one.rows(user) if part.waiting]
        if one.waiting is not None:
            parts.append(one.waiting(user))
        for at, rows in enumerate(parts):
            first = rows.filter(*(~Exists(earlier) for earlier in parts[:at])).order_by().values("pk")[:1]
            found.append(rows.model._base_manager.filter(pk__in=first))
    return found


def _figures(user: Any, seen: dict[str, Source]) -> dict[str, Figures]:
    before = oldest_fresh()
    parts = [_counted(code, rows, before) for code, one in seen.items() for rows in one.rows(user)]
    found: dict[str, Figures] = {}
    for code, *numbers in parts[0].union(*parts[1:], all=True) if parts else ():
        found[code] = _together(found.get(code), Figures(*numbers))
    for code, one in seen.items():
        if one.waiting is not None:
            there = found.get(code, Figures())
            found[code] = there._replace(waiting=(there.waiting or 0) + one.waiting(user).count())
    return found


def _counted(code: str, part: Rows, before: date) -> Any:
    def number(condition: Q | None) -> Any:
        if condition is None:
            return Max(Cast(Value(None), IntegerField()))
        return Count("pk", filter=condition)

    old = part.dated & Q(**{f"{part.day}__lt": before}) if part.day else None
    newest = Max(part.day) if part.day else Max(Cast(Value(None), DateField()))
    return (
        part.rows.order_by()
        .annotate(n_code=Value(code))
        .values_list("n_code")
        .annotate(
            n_rows=Count("pk"),
            n_edited=number(part.edited),
            n_gone=number(part.gone),
            n_waiting=number(part.waiting),
            n_old=number(old),
            n_newest=newest,
        )
    )


def _together(one: Figures | None, other: Figures) -> Figures:
    if one is None:
        return other
    numbers = [_sum(*pair) for pair in zip(one[:-1], other[:-1], strict=True)]
    newest = max(filter(None, (one.newest, other.newest)), default=None)
    return Figures._make([*numbers, newest])


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)


class OldFact(NamedTuple):
    text: str
    day: date
    page: str


class OldFacts:
    """The rows of a source that were last seen too long ago, the oldest first, for a Paginator."""

    def __init__(self, parts: Sequence[Rows]) -> None:
        before = oldest_fresh()
        self.parts = [
            (part, part.rows.filter(part.dated, **{f"{part.day}__lt": before}).order_by(part.day, "pk"))
            for part in parts
            if part.day
        ]

    @cached_property
    def counts(self) -> list[int]:
        return [rows.count() for _part, rows in self.parts]

    def __len__(self) -> int:
        return sum(self.counts)

    def __getitem__(self, wanted: slice) -> list[OldFact]:
        start, stop = wanted.start or 0, wanted.stop
        found: list[OldFact] = []
        for (part, rows), number in zip(self.parts, self.counts, strict=True):
            if start < number and stop > 0:
                some = rows.annotate(seen_on=F(part.day))[start:stop]
                found += [OldFact(part.text(row), row.seen_on, part.page(row)) for row in some]
            start, stop = max(start - number, 0), stop - number
        return found


def may_set(user: Any, source: Source) -> bool:
    return source.fetching is not None and bool(user.has_perm(source.fetching.permission))
