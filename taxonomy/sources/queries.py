"""What the desk's pages of sources show: how many rows rest on each, and which of them need a new look."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import (
    BooleanField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from accounts.people.enums import Role
from taxonomy.hooks import Rows, Source, sources
from taxonomy.sources.models import AgeRule, FetchedSource
from taxonomy.sources.rules import may_see


def oldest_fresh(months: int) -> date:
    """Return the day before which a fact was last seen more than so many months ago.

    It counts as many days as so many months have at most: 731 of two years.
    """
    return localdate() - timedelta(days=-(-months * 731 // 24))


class Figures(NamedTuple):
    """Of one source; None where that cannot be told, or is not asked for."""

    rows: int = 0
    edited: int | None = None
    gone: int | None = None
    waiting: int | None = None
    old: int | None = None
    oldest: date | None = None
    newest: date | None = None


class Known(NamedTuple):
    """A source with its figures; `fetched`: the address that the desk set, if any."""

    code: str
    source: Source
    figures: Figures
    rule: AgeRule
    fetched: FetchedSource | None = None

    @property
    def address(self) -> str:
        """Return the address from which the button fetches it: the set or the proposed one, or ""."""
        if self.source.fetching is None:
            return ""
        return self.fetched.url if self.fetched and self.fetched.is_set else self.source.fetching.address

    @property
    def keeper(self) -> str:
        return str(Role(self.source.keeper).label)

    @property
    def last_file(self) -> str:
        """Return the page where the last file is compared, was decided, or can be undone."""
        if self.fetched is None or self.fetched.taken_as is None or self.source.fetching is None:
            return ""
        return self.source.fetching.page(self.fetched.taken_as)


def sources_for(user: Any) -> dict[str, Source]:
    """Return code → source of those that the person may see, in their order."""
    in_order = sorted(sources.items(), key=lambda entry: entry[1].position)
    return {code: source for code, source in in_order if may_see(user, source)}


def known_sources(user: Any, *codes: str) -> list[Known]:
    """Return all that the person may see, or those with these codes."""
    shown = {code: source for code, source in sources_for(user).items() if not codes or code in codes}
    rules = rules_of(shown)
    figures = _figures(user, shown, rules)
    fetched = {row.code: row for row in FetchedSource.objects.select_related("set_by").filter(code__in=shown)}
    return [
        Known(code, source, figures.get(code, Figures()), rules[code], fetched.get(code))
        for code, source in shown.items()
    ]


def rules_of(codes: Collection[str]) -> dict[str, AgeRule]:
    """Return the rule of each source: the one that was saved, else the one with which it begins."""
    saved = {rule.code: rule for rule in AgeRule.objects.filter(code__in=codes)}
    return {code: saved.get(code) or AgeRule(code=code, months=sources[code].months) for code in codes}


def with_decisions(user: Any) -> list[QuerySet[Any]]:
    """Return for each source with rows that wait for a decision a queryset of one of them."""
    waiting_rows: list[QuerySet[Any]] = []
    for source in sources_for(user).values():
        parts = [part.rows.filter(part.waiting) for part in source.rows(user) if part.waiting]
        if source.waiting is not None:
            parts.append(source.waiting(user))
        for at, rows in enumerate(parts):
            waiting_rows.append(rows.filter(*(~Exists(earlier) for earlier in parts[:at])).order_by()[:1])
    return waiting_rows


def _figures(user: Any, shown: dict[str, Source], rules: dict[str, AgeRule]) -> dict[str, Figures]:
    parts = [
        _count_rows(code, rows, rules[code]) for code, source in shown.items() for rows in source.rows(user)
    ]
    figures: dict[str, Figures] = {}
    for code, *numbers in parts[0].union(*parts[1:], all=True) if parts else ():
        figures[code] = _add_figures(figures.get(code), Figures(*numbers))
    for code, source in shown.items():
        if source.waiting is not None:
            counted = figures.get(code, Figures())
            figures[code] = counted._replace(waiting=(counted.waiting or 0) + source.waiting(user).count())
    return figures


def count_old(user: Any, rule: AgeRule) -> Figures:
    """Return the figures of one source as this person sees it."""
    return _figures(user, {rule.code: rule.source}, {rule.code: rule}).get(rule.code, Figures())


def _is_old(part: Rows, rule: AgeRule) -> Q | None:
    """Return which rows were last seen too long ago by the rule; None where it asks for none."""
    if not (rule.is_on and part.day):
        return None
    return part.dated & Q(**{f"{part.day}__lt": oldest_fresh(rule.months)})


def _needs_look(part: Rows, rule: AgeRule) -> Q | None:
    """Return which rows need a look by the rule: the old ones, and those that lack something."""
    old = _is_old(part, rule)
    if not rule.is_on or part.lacking is None:
        return old
    return part.lacking if old is None else old | part.lacking


def _count_rows(code: str, part: Rows, rule: AgeRule) -> Any:
    def number(condition: Q | None) -> Any:
        if condition is None:
            return Max(Cast(Value(None), IntegerField()))
        return Count("pk", filter=condition)

    no_day = Max(Cast(Value(None), DateField()))
    old = _is_old(part, rule)
    return (
        part.rows.order_by()
        .annotate(n_code=Value(code))
        .values_list("n_code")
        .annotate(
            n_rows=Count("pk"),
            n_edited=number(part.edited),
            n_gone=number(part.gone),
            n_waiting=number(part.waiting),
            n_old=number(_needs_look(part, rule)),
            n_oldest=Min(part.day, filter=old) if old is not None else no_day,
            n_newest=Max(part.day) if part.day else no_day,
        )
    )


def _add_figures(first: Figures | None, second: Figures) -> Figures:
    if first is None:
        return second
    numbers = [_sum(*pair) for pair in zip(first[:-2], second[:-2], strict=True)]
    oldest = min(filter(None, (first.oldest, second.oldest)), default=None)
    newest = max(filter(None, (first.newest, second.newest)), default=None)
    return Figures._make([*numbers, oldest, newest])


def _sum(first: int | None, second: int | None) -> int | None:
    return second if first is None else first + (second or 0)


class OldFact(NamedTuple):
    """A fact that needs a look. `key` names it for `confirm_facts`, "" where the desk confirms none."""

    text: str
    day: date | None
    page: str
    lacks: str
    key: str


class OldFacts:
    """The rows of a source that need a look, the oldest first, for a Paginator."""

    def __init__(self, parts: Sequence[Rows], rule: AgeRule) -> None:
        looks = [(number, part, _needs_look(part, rule)) for number, part in enumerate(parts)]
        self.parts = [
            (number, part, part.rows.filter(look).order_by(_oldest_first(part), "pk"))
            for number, part, look in looks
            if look is not None
        ]

    @cached_property
    def counts(self) -> list[int]:
        return [rows.count() for _number, _part, rows in self.parts]

    def __len__(self) -> int:
        return sum(self.counts)

    def __getitem__(self, wanted: slice) -> list[OldFact]:
        start, stop = wanted.start or 0, wanted.stop
        facts: list[OldFact] = []
        for (place, part, rows), number in zip(self.parts, self.counts, strict=True):
            if start < number and stop > 0:
                facts += [_fact(place, part, row) for row in _with_day(part, rows)[start:stop]]
            start, stop = max(start - number, 0), stop - number
        return facts


def chosen_facts(
    parts: Sequence[Rows], rule: AgeRule, keys: Iterable[str]
) -> Iterator[tuple[Rows, QuerySet[Any]]]:
    """Yield each part with those of its rows that the keys name, that need a look and can be confirmed."""
    chosen = set(keys)
    for number, part, rows in OldFacts(parts, rule).parts:
        ids = {key.partition(":")[2] for key in chosen if key.startswith(f"{number}:")}
        usable = _usable_ids(part, ids)
        if part.confirms and usable:
            yield part, rows.filter(pk__in=usable).exclude(part.lacking or Q(pk__in=()))


def _usable_ids(part: Rows, ids: Iterable[str]) -> list[Any]:
    """Return the ids that can be ones of the model: of numbers only those that its column holds."""
    usable = []
    for text in ids:
        with suppress(ValidationError):
            value = part.rows.model._meta.pk.to_python(text)
            if not isinstance(value, int) or abs(value) < 2**63:
                usable.append(value)
    return usable


def _oldest_first(part: Rows) -> Any:
    return F(part.day).asc(nulls_first=True) if part.day else "pk"


def _with_day(part: Rows, rows: QuerySet[Any]) -> QuerySet[Any]:
    lacking = Value(False) if part.lacking is None else part.lacking
    seen_on = F(part.day) if part.day else Value(None)
    return rows.annotate(
        seen_on=ExpressionWrapper(seen_on, DateField()), is_lacking=ExpressionWrapper(lacking, BooleanField())
    )


def _fact(place: int, part: Rows, row: Any) -> OldFact:
    lacks = str(part.lacks) if row.is_lacking else ""
    key = f"{place}:{row.pk}" if part.confirms and not lacks else ""
    return OldFact(part.text(row), row.seen_on, part.page(row), lacks, key)
