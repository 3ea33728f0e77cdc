"""How a message leaves: claimed, handed over, done. Killing the worker anywhere loses nothing unseen.

queued → claimed → handing_over (committed before the mail server sees a byte) → sent. A claim that went
stale is free again; a stale handing-over is of unknown outcome, and only what is essential is then sent
again, under the same Message-ID.
"""

import time
from collections.abc import Sequence

from django.db.models import Q

from core.later import later
from notifications.delivery.claiming import Claim, claim, hold_paused
from notifications.delivery.endings import heal
from notifications.delivery.handing import Lines, send
from notifications.outbox.models import Message

__all__ = ["claim", "deliver", "heal", "send", "sweep"]

PATIENCE = 10  # seconds for which those who nudged wait for the mail server's rate
ROUND = 2.0  # seconds of work that a worker takes at once: what is urgent never waits longer for its turn


def deliver(ids: Sequence[int], names: Sequence[str] = (), *, seconds: float = PATIENCE) -> int:
    """Send those of `ids`, or of these Message-IDs, that are due and not held by another worker.

    Returns how many were sent.

    What the rate of the mail server does not let through within `seconds` is left to the sweep.
    """
    named = Q(message_id__in=names) if names else Q(pk__in=ids)
    return _send_all(Message.objects.filter(named), seconds=seconds)[0]


def sweep(*, seconds: float = 25) -> int:
    """Heal what vanished workers left, then send what is due until nothing is, or `seconds` have passed.

    Where more is left another sweep is asked for, so that other work of the queue gets its turn.
    """
    heal()
    hold_paused()
    sent, left = _send_all(None, seconds=seconds)
    if left:
        later("notifications.sweep")
    return sent


def _send_all(among: "object | None", *, seconds: float) -> tuple[int, bool]:
    """How many were sent, and whether time was over before all that may leave had left."""
    until, sent, most = time.monotonic() + seconds, 0, None
    with Lines() as lines:
        while True:
            taken: Claim = claim(among, most=most)
            if taken.messages:
                began = time.monotonic()
                sent += send(taken.messages, lines)
                most = _next_size(len(taken.messages), time.monotonic() - began)
            elif taken.wait is None:
                return sent, False
            elif time.monotonic() + taken.wait < until:
                lines.close()
                time.sleep(taken.wait)
            if time.monotonic() + (taken.wait or 0) >= until:
                return sent, True


def _next_size(count: int, took: float) -> int:
    """Back-pressure: as many as the mail server took in a round's time just now, at most twice as many."""
    return max(1, min(count * 2, int(count * ROUND / max(took, 0.001))))
