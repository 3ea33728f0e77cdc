"""Choose which messages leave next: essential ones first, then each kind in turn, within the rate."""

import os
import socket
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now

from notifications.delivery.models import Outlet, Pause, outlet_name
from notifications.hooks import urgent_kinds
from notifications.outbox.actions import BATCH
from notifications.outbox.enums import Status
from notifications.outbox.models import Message

RESTS = [timedelta(seconds=seconds) for seconds in (5, 15, 60, 300)]  # after the first, second … fault

# The first messages of each kind that is waiting, dealt out like cards: one of each, then the second of each.
# The kinds are found by leaping through the index from one to the next, so thousands of one cost nothing.
TURNS = """
WITH RECURSIVE lane AS (
    (SELECT kind FROM notifications_message WHERE status IN {due} ORDER BY kind LIMIT 1)
    UNION ALL
    SELECT (SELECT kind FROM notifications_message WHERE status IN {due} AND kind > lane.kind
            ORDER BY kind LIMIT 1)
    FROM lane WHERE lane.kind IS NOT NULL
)
SELECT waiting.id
FROM lane CROSS JOIN LATERAL (
    SELECT head.id, head.not_before, row_number() OVER (ORDER BY head.not_before, head.id) AS turn
    FROM (
        SELECT id, not_before FROM notifications_message
        WHERE kind = lane.kind AND status IN {due} AND not_before <= statement_timestamp()
        ORDER BY not_before, id LIMIT %(most)s
    ) head
) waiting
WHERE lane.kind IS NOT NULL AND lane.kind <> ALL(%(paused)s::varchar[])
    AND (lane.kind = ANY(%(first)s::varchar[]) OR NOT %(urgent)s)
ORDER BY lane.kind = ANY(%(first)s::varchar[]) DESC, waiting.turn, waiting.not_before, waiting.id
LIMIT %(most)s
""".replace("{due}", str(Status.DUE))


class Claim(NamedTuple):
    """What one worker now holds. Where it is nothing, `wait` says in how many seconds something may leave,
    and None that nothing waits.
    """

    messages: list[Message]
    wait: float | None = None


class _Room(NamedTuple):
    """How many e-mails the rate allows now (None: any number), and the seconds until the next."""

    outlet: Outlet
    free: float | None
    wait: float


def claim(among: "Any | None" = None, *, most: int | None = None, urgent: bool = False) -> Claim:
    """Take up to `most` due messages (at most one batch): at most one worker gets each.

    `urgent`: of security and decisions alone. The row of the mail server is locked meanwhile, so workers take
    one after another and share its rate.
    """
    token = uuid4()
    with transaction.atomic():
        room = _room()
        size = BATCH if most is None else min(most, BATCH)
        if room.outlet.faults:
            size = 1  # one message tries whether it is well again
        if room.free is not None:
            size = min(size, max(int(room.free), 1))
        ids = _next(among, size, urgent)
        if not ids:
            return Claim([])
        if room.wait:
            return Claim([], room.wait)
        taken = Message.objects.filter(pk__in=ids, status__in=Status.DUE).update(
            status=Status.CLAIMED,
            claim=token,
            claimed_at=Now(),
            claimed_by=f"{socket.gethostname()}:{os.getpid()}"[:100],
            attempts=F("attempts") + 1,
        )
        if room.free is not None:
            Outlet.objects.filter(pk=room.outlet.pk).update(tokens=room.free - taken, filled_at=Now())
    held = Message.objects.filter(claim=token, status=Status.CLAIMED).select_related("user")
    place = {pk: number for number, pk in enumerate(ids)}
    return Claim(sorted(held, key=lambda message: place[message.pk]))


def _next(among: "Any | None", size: int, urgent: bool) -> list[int]:
    first, paused = urgent_kinds(), paused_kinds()
    if among is None:
        with connection.cursor() as cursor:
            cursor.execute(TURNS, {"most": size, "paused": paused, "first": first, "urgent": urgent})
            return [row[0] for row in cursor.fetchall()]
    due = among.due(Now()).exclude(kind__in=paused)
    turn = Case(When(kind__in=first, then=Value(0)), default=Value(1))
    return list(due.order_by(turn, "not_before", "pk").values_list("pk", flat=True)[:size])


def _room() -> _Room:
    """Lock the row of the mail server and return what it allows now, by the clock of the database."""
    outlets = Outlet.objects.select_for_update(no_key=True).annotate(clock=Now()).filter(name=outlet_name())
    outlet = outlets.first()
    if outlet is None:
        Outlet.objects.bulk_create([Outlet(name=outlet_name())], ignore_conflicts=True)
        outlet = outlets.get()
    clock: datetime = outlet.clock
    if outlet.resting_until and outlet.resting_until > clock:
        return _Room(outlet, None, (outlet.resting_until - clock).total_seconds())
    if outlet.per_second is None:
        return _Room(outlet, None, 0)
    passed = max((clock - outlet.filled_at).total_seconds(), 0)
    # No more than a second's worth is saved up; a rate below one a second saves up one.
    free = min(outlet.tokens + passed * outlet.per_second, max(outlet.per_second, 1))
    return _Room(outlet, free, 0 if free >= 1 else (1 - free) / outlet.per_second)


def hold_paused() -> int:
    """Pause the messages of paused happenings that were queued again after the pause."""
    paused = list(Pause.objects.live().filter(happening__isnull=False).values_list("happening", flat=True))
    if not paused:
        return 0
    return Message.objects.filter(happening__in=paused, status__in=Status.DUE).update(status=Status.PAUSED)


def paused_kinds() -> list[str]:
    return list(Pause.objects.live().filter(happening=None).values_list("kind", flat=True))


def note_failure(fault: str) -> None:
    """Note that the mail server cannot be reached: all workers wait, longer after each failure."""
    outlet = Outlet.objects.filter(name=outlet_name())
    outlet.update(
        faults=F("faults") + 1,
        error=fault[:500],
        resting_until=Now()
        + Case(
            *(When(faults=faults, then=Value(wait)) for faults, wait in enumerate(RESTS[:-1])),
            default=Value(RESTS[-1]),
        ),
    )


def note_recovery() -> None:
    """Note that the mail server accepted a connection, which ends the waiting."""
    Outlet.objects.filter(name=outlet_name(), faults__gt=0).update(faults=0, resting_until=None, error="")
