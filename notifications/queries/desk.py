"""How mail fares, for the desk."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime

from notifications.enums import Outcome, Stage, Status
from notifications.models import Message

DAYS = 14  # that the numbers look back, today included

# Asked in this order; whatever none of them holds for is under way.
STAGES: dict[str, Q] = {
    Stage.RETRY: Q(status=Status.RETRY),
    Stage.SUPPRESSED: Q(status=Status.SUPPRESSED),
    Stage.UNKNOWN: Q(status=Status.UNKNOWN),
    Stage.FAILED: Q(status=Status.FAILED) | Q(status=Status.SENT, outcome__in=Outcome.BACK),
    Stage.COMPLAINED: Q(status=Status.SENT, outcome=Outcome.COMPLAINED),
    Stage.DELIVERED: Q(status=Status.SENT, outcome=Outcome.DELIVERED),
    Stage.SENT: Q(status=Status.SENT, outcome__in=["", Outcome.DEFERRED]),
}


def of_stage(messages: QuerySet[Message], stage: str) -> QuerySet[Message]:
    if stage == Stage.WAITING:
        return messages.exclude(status__in=[*Status.OVER, Status.RETRY])
    return messages.filter(STAGES[stage])


def with_stage(messages: QuerySet[Message]) -> QuerySet[Any]:
    """Each with `stage`, the code of where it stands."""
    whens = [When(condition, then=Value(str(stage))) for stage, condition in STAGES.items()]
    return messages.annotate(stage=Case(*whens, default=Value(str(Stage.WAITING)), output_field=CharField()))


class Row(NamedTuple):
    """How many messages of one day or kind stand at each stage, in the order of Stage."""

    name: Any
    counts: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(count for _stage, count in self.counts)


class Numbers(NamedTuple):
    by_day: list[Row]
    by_kind: list[Row]
    total: Row


def numbers(user: Any) -> Numbers:
    """Of the last days, by the reader's clock: the newest day first, the kind with most first. One query."""
    today = localtime().date()
    begin = localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 1)
    found = (
        with_stage(Message.objects.visible_to(user).filter(created_at__gte=begin))
        .annotate(day=TruncDate("created_at"))
        .values_list("day", "kind", "stage")
        .annotate(count=Count("pk"))
        .order_by()
    )
    days: dict[date, dict[str, int]] = {today - timedelta(days=n): defaultdict(int) for n in range(DAYS)}
    by_kind: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    total: dict[str, int] = defaultdict(int)
    for day, kind, stage, count in found:
        days.setdefault(day, defaultdict(int))[stage] += count
        by_kind[kind][stage] += count
        total[stage] += count
    of_kinds = [_row(kind, counts) for kind, counts in by_kind.items()]
    return Numbers(
        [_row(day, counts) for day, counts in days.items() if counts],
        sorted(of_kinds, key=lambda row: (-row.total, row.name)),
        _row("", total),
    )


def _row(name: Any, counts: dict[str, int]) -> Row:
    return Row(name, [(stage, counts.get(stage, 0)) for stage in Stage.values])
