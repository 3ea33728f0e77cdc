"""How a message leaves: claimed, handed over, done. Killing the worker anywhere loses nothing unseen.

queued → claimed → handing_over (committed before the mail server sees a byte) → sent. A claim that went
stale is free again; a stale handing-over is of unknown outcome, and only what is essential is then sent
again, under the same Message-ID.
"""

import time
from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Now

from core.later import nudge
from notifications.delivery.claiming import Claim, claim, hold_paused
from notifications.delivery.endings import heal
from notifications.delivery.handing import Lines, send
from notifications.hooks import urgent_kinds
from notifications.outbox.models import Message

__all__ = ["claim", "deliver", "deliver_urgent", "heal", "send", "sweep"]

PATIENCE = 10  # seconds for which those who nudged wait for the mail server's rate
ROUND = 2.0  # seconds of work that a worker takes at once: what is urgent never waits longer for its turn


def deliver(ids: Sequence[int], *, seconds: float = PATIENCE) -> int:
    """Send those of `ids` that are due and not held by another worker, from this process; how many were sent.

    What the rate of the mail server does not let through within `seconds` is left to the sweep.
    """
    return _send_all(Message.objects.filter(pk__in=ids), seconds=seconds)[0]


def deliver_urgent(*, seconds: float = PATIENCE) -> int:
    """Send what is due of security and decisions, whoever asked for it; returns how many were sent.

    A nudge that finds that another one has sent everything costs one statement.
    """
    if not Message.objects.due(Now()).filter(kind__in=urgent_kinds()).exists():
        return 0
    sent, left = _send_all(None, seconds=seconds, urgent=True)
    if left:
        nudge("notifications.deliver")
    return sent


def sweep(*, seconds: float = 25) -> int:
    """Heal what vanished workers left, then send what is due until nothing is, or `seconds` have passed.

    Where more is left another sweep is asked for, so that other work of the queue gets its turn.
    """
    heal()
    hold_paused()
    sent, left = _send_all(None, seconds=seconds)
    if left:
        nudge("notifications.sweep")
    return sent


def _send_all(among: Any, *, seconds: float, urgent: bool = False) -> tuple[int, bool]:
    """How many were sent, and whether time was over before all that may leave had left.

    Of a mail server that lets nothing through for longer than `seconds` nothing is left: whoever asked again
    at once would be told the same, so the next sweep looks.
    """
    until, sent, tried, most = time.monotonic() + seconds, 0, 0, None
    with Lines() as lines:
        while True:
            taken: Claim = claim(among, most=most, urgent=urgent)
            if taken.messages:
                began = time.monotonic()
                sent += send(taken.messages, lines)
                tried += len(taken.messages)
                most = _next_size(len(taken.messages), time.monotonic() - began)
            elif taken.wait is None:
                return sent, False
            elif time.monotonic() + taken.wait < until:
                lines.close()
                time.sleep(taken.wait)
            if time.monotonic() + (taken.wait or 0) >= until:
                return sent, tried > 0


def _next_size(count: int, took: float) -> int:
    """Back-pressure: as many as the mail server took in a round's time just now, at most twice as many."""
    return max(1, min(count * 2, int(count * ROUND / max(took, 0.001))))
