"""Maintenance: people read on, but nothing is saved, nobody signs in, and workers begin nothing.

`manage.py maintenance on` begins it. Each process looks once in `LOOK_SECONDS`, so that pages ask nothing.
"""

import time
from contextlib import suppress
from datetime import timedelta

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connections, transaction
from django.utils.timezone import now

from core.models import Maintenance

log = structlog.get_logger(__name__)
LOOK_SECONDS = 5
LONGEST_MINUTES = 12 * 60  # as long as workers may hold their tasks: the queue gives them to others later
_look_at = 0.0
_current: Maintenance | None = None


def maintenance() -> Maintenance | None:
    """The one that goes on, as far as this process knows; of a database that is away the last word holds."""
    global _look_at, _current  # noqa: PLW0603  one watch for the process
    if time.monotonic() >= _look_at:
        _look_at = time.monotonic() + LOOK_SECONDS
        try:
            _current = Maintenance.objects.first()
        except DatabaseError as fault:
            log.warning("maintenance_not_looked_up", error=type(fault).__name__)
    return _current


def begin(minutes: int) -> Maintenance:
    """Begin it, or say anew how long it will take."""
    with transaction.atomic():
        Maintenance.objects.all().delete()
        begun = Maintenance.objects.create(ends_at=now() + timedelta(minutes=minutes))
    log.warning("maintenance_began", ends_at=begun.ends_at.isoformat())
    return begun


def end() -> bool:
    """Whether there was one to end."""
    ended = bool(Maintenance.objects.all().delete()[0])
    log.warning("maintenance_ended")
    return ended


def wait_until_over() -> None:
    """For a worker before each task. No connection is held meanwhile: the database may be what is mended.

    The time that one task may take runs here, too. Its end is passed over: else the task would begin.
    """
    while True:
        with suppress(SoftTimeLimitExceeded):
            while maintenance():
                connections.close_all()
                time.sleep(LOOK_SECONDS)
            return
