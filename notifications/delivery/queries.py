"""How mail fares, for the desk, and what is on its way out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Min, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.timezone import localtime, now
from django.utils.translation import gettext

from notifications.delivery.models import Outlet, Pause, outlet_name
from notifications.happenings.models import Happening
from notifications.happenings.words import facts_of, headline_plain
from notifications.hooks import kinds, urgent_kinds
from notifications.outbox.enums import Outcome, Stage, Status
from notifications.outbox.models import Message

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


class StageCounts(NamedTuple):
    """How many messages of one day or kind stand at each stage, in the order of Stage."""

    name: Any
    counts: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(count for _stage, count in self.counts)


class Numbers(NamedTuple):
    by_day: list[StageCounts]
    by_kind: list[StageCounts]
    total: StageCounts


def numbers(user: Any) -> Numbers:
    """Count the last days by the reader's clock: the newest day first, the kind with most first."""
    today = localtime().date()
    begin = localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 1)
    counted = (
        with_stage(Message.objects.visible_to(user).filter(created_at__gte=begin))
        .annotate(day=TruncDate("created_at"))
        .values_list("day", "kind", "stage")
        .annotate(count=Count("pk"))
        .order_by()
    )
    days: dict[date, dict[str, int]] = {today - timedelta(days=n): defaultdict(int) for n in range(DAYS)}
    by_kind: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    total: dict[str, int] = defaultdict(int)
    for day, kind, stage, count in counted:
        days.setdefault(day, defaultdict(int))[stage] += count
        by_kind[kind][stage] += count
        total[stage] += count
    of_kinds = [_row(kind, counts) for kind, counts in by_kind.items()]
    return Numbers(
        [_row(day, counts) for day, counts in days.items() if counts],
        sorted(of_kinds, key=lambda row: (-row.total, row.name)),
        _row("", total),
    )


def _row(name: Any, counts: dict[str, int]) -> StageCounts:
    return StageCounts(name, [(stage, counts.get(stage, 0)) for stage in Stage.values])


# --- What is on its way out, kind by kind: how much, how fast, and when it will be over --------------

LATELY = timedelta(minutes=10)  # what the pace is measured by
DAY = timedelta(hours=24)  # how far back what has ended is counted
ENOUGH = 5  # mails sent lately, below which no pace is told
MOST_BATCHES = 20


class KindLine(NamedTuple):
    """One kind. `waiting` could leave now, `later` not yet (quiet hours, another try); `paused` by batch.

    What ended is that of the last 24 hours. `ends` is when `waiting` will have left, None where nobody knows.
    """

    kind: str
    label: str | Promise
    is_urgent: bool
    waiting: int
    later: int
    paused: int
    under_way: int
    sent: int
    failed: int
    unknown: int
    held_back: int
    pause: Pause | None
    ends: datetime | None


class AreaLines(NamedTuple):
    """The kinds of one area, as people choose them in their settings."""

    title: str
    lines: list[KindLine]

    @property
    def waiting(self) -> int:
        return sum(line.waiting + line.later for line in self.lines)

    @property
    def sent(self) -> int:
        return sum(line.sent for line in self.lines)

    @property
    def paused_kinds(self) -> int:
        return sum(line.pause is not None for line in self.lines)

    @property
    def may_pause(self) -> list[KindLine]:
        return [line for line in self.lines if not line.is_urgent and line.pause is None]


class Batch(NamedTuple):
    """The mails about one happening of which some have not left."""

    happening: Happening
    text: str
    label: str | Promise
    waiting: int
    paused: int
    sent: int
    pause: Pause | None
    may_pause: bool


class SendingState(NamedTuple):
    """The whole. `pace` is mails per second lately, None where too few left to tell."""

    outlet: Outlet | None
    is_resting: bool
    lines: list[KindLine]
    batches: list[Batch]
    pace: float | None
    ends: datetime | None
    waiting: int

    @property
    def areas(self) -> list[AreaLines]:
        """The lines by the area of their kind, each in the order of its words."""
        areas: dict[str, list[KindLine]] = {}
        for line in sorted(self.lines, key=lambda line: str(line.label)):
            title = str(kinds[line.kind].group) if line.kind in kinds else gettext("Kinds of before")
            areas.setdefault(title, []).append(line)
        return [AreaLines(title, lines) for title, lines in sorted(areas.items())]


def sending_state(moment: datetime | None = None) -> SendingState:
    """A fixed number of queries, however many mails, kinds and batches."""
    moment = moment or now()
    outlet = Outlet.objects.filter(name=outlet_name()).first()
    is_resting = bool(outlet and outlet.resting_until and outlet.resting_until > moment)
    pauses = {(p.kind, p.happening_id): p for p in Pause.objects.live().select_related("by")}
    counts = _counts(moment)
    speed = None if is_resting else pace(moment, outlet)
    stopped = {kind for kind, happening in pauses if happening is None}
    waiting = {kind: c["waiting"] for kind, c in counts.items() if kind not in stopped}
    ends = ends_of(waiting, urgent_kinds(), speed) if speed else {}
    shown = sorted({*counts, *stopped})
    lines = [_line(kind, counts[kind], pauses.get((kind, None)), ends, moment) for kind in shown]
    return SendingState(
        outlet=outlet,
        is_resting=is_resting,
        lines=lines,
        batches=_batches(pauses),
        pace=speed,
        ends=moment + max(ends.values()) if ends else None,
        waiting=sum(waiting.values()),
    )


class MailState(NamedTuple):
    """For the operator: mails by what they wait for, what ended in 24 hours, and the oldest that waits.

    `oldest`: for how many seconds the first that could leave has been due; 0 where none is. `oldest_urgent`:
    the same of security and decisions, also of those that a worker holds.
    """

    waiting: dict[str, int]
    ended: dict[str, int]
    oldest: float
    oldest_urgent: float


def mail_state(moment: datetime | None = None) -> MailState:
    moment = moment or now()
    totals: dict[str, int] = defaultdict(int)
    for of_kind in _counts(moment).values():
        for name, count in of_kind.items():
            totals[name] += count
    stopped = [pause.kind for pause in Pause.objects.live().filter(happening=None)]
    first = Message.objects.due(moment).exclude(kind__in=stopped).aggregate(first=Min("not_before"))["first"]
    return MailState(
        waiting={name: totals[name] for name in ("waiting", "later", "paused", "under_way")},
        ended={str(status): totals[status] for status in Status.OVER},
        oldest=(moment - first).total_seconds() if first else 0.0,
        oldest_urgent=_oldest_urgent(moment),
    )


def _oldest_urgent(moment: datetime) -> float:
    """While the mail server cannot be reached each is put off again and again, so its start counts."""
    is_away = Outlet.objects.filter(name=outlet_name(), faults__gt=0).exists()
    since = "created_at" if is_away else "not_before"
    firsts = [
        Message.objects.filter(kind__in=urgent_kinds(), status__in=states, **{f"{since}__lte": moment})
        .order_by()
        .aggregate(first=Min(since))["first"]
        for states in (Status.DUE, Status.HELD)  # one query for each partial index
    ]
    return max(((moment - first).total_seconds() for first in firsts if first), default=0.0)


def pace(moment: datetime, outlet: Outlet | None) -> float | None:
    """Mails per second since the first that left in the last minutes; never more than the server's rate."""
    lately = Message.objects.filter(status=Status.SENT, claimed_at__gte=moment - LATELY).aggregate(
        count=Count("pk"), first=Min("sent_at")
    )
    if lately["count"] < ENOUGH:
        return None
    speed = lately["count"] / max((moment - lately["first"]).total_seconds(), 1)
    return min(speed, outlet.per_second) if outlet and outlet.per_second else speed


def ends_of(waiting: Mapping[str, int], urgent: Collection[str], pace: float) -> dict[str, timedelta]:
    """In how long each kind will have left, at `pace` mails a second: urgent kinds first, then all in turns.

    Among those that take turns, whichever has fewest left is over first, and leaves its share to the others.
    """
    ends: dict[str, timedelta] = {}
    gone = 0.0
    for group in (
        [kind for kind in waiting if kind in urgent],
        [kind for kind in waiting if kind not in urgent],
    ):
        before, queue = 0, sorted((waiting[kind], kind) for kind in group if waiting[kind])
        for place, (count, kind) in enumerate(queue):
            gone += (count - before) * (len(queue) - place)
            before = count
            ends[kind] = timedelta(seconds=gone / pace)
    return ends


def _counts(moment: datetime) -> dict[str, dict[str, int]]:
    """By kind. One query for each partial index of the outbox, so none reads what left long ago."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    ready = Q(not_before__lte=moment)
    due = Message.objects.filter(status__in=Status.DUE).order_by().values("kind")
    for row in due.annotate(waiting=Count("pk", filter=ready), later=Count("pk", filter=~ready)):
        counts[row["kind"]] |= {"waiting": row["waiting"], "later": row["later"]}
    for name, states in (("under_way", Status.HELD), ("paused", (Status.PAUSED,))):
        chosen = Message.objects.filter(status__in=states).order_by()
        for kind, count in chosen.values_list("kind").annotate(Count("pk")):
            counts[kind][name] = count
    over = Message.objects.filter(status__in=Status.OVER, claimed_at__gte=moment - DAY).order_by()
    for kind, status, count in over.values_list("kind", "status").annotate(Count("pk")):
        counts[kind][status] = count
    return counts


def _line(
    kind: str, count: Mapping[str, int], pause: Pause | None, ends: Mapping[str, timedelta], moment: datetime
) -> KindLine:
    return KindLine(
        kind=kind,
        label=kinds[kind].label if kind in kinds else kind,
        is_urgent=kind in kinds and not kinds[kind].is_optional,
        waiting=count.get("waiting", 0),
        later=count.get("later", 0),
        paused=count.get("paused", 0),
        under_way=count.get("under_way", 0),
        sent=count.get(Status.SENT, 0),
        failed=count.get(Status.FAILED, 0),
        unknown=count.get(Status.UNKNOWN, 0),
        held_back=count.get(Status.SUPPRESSED, 0),
        pause=pause,
        ends=moment + ends[kind] if kind in ends else None,
    )


def _batches(pauses: Mapping[Any, Pause]) -> list[Batch]:
    """The happenings with most mails that have not left, and all that are paused."""
    open_ = Message.objects.filter(happening__isnull=False).order_by().values("happening")
    waiting = dict(
        open_.filter(status__in=Status.DUE)
        .annotate(count=Count("pk"))
        .order_by("-count")
        .values_list("happening", "count")[:MOST_BATCHES]
    )
    paused = dict(
        open_.filter(status=Status.PAUSED).annotate(count=Count("pk")).values_list("happening", "count")
    )
    ids = {*waiting, *paused, *(happening for _kind, happening in pauses if happening)}
    sent = dict(
        open_.filter(happening__in=ids, status=Status.SENT)
        .annotate(count=Count("pk"))
        .values_list("happening", "count")
    )
    return [
        Batch(
            happening=happening,
            text=headline_plain(happening, facts_of(happening, None)),
            label=happening.declared.label,
            waiting=waiting.get(happening.pk, 0),
            paused=paused.get(happening.pk, 0),
            sent=sent.get(happening.pk, 0),
            pause=pauses.get((happening.kind, happening.pk)),
            may_pause=happening.declared.is_optional,
        )
        for happening in Happening.objects.filter(pk__in=ids, kind__in=list(kinds)).order_by(
            "-created_at", "-pk"
        )
    ]
