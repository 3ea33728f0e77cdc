"""Work handed to the background. The row is the truth; what is queued here is only a nudge."""

import time
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from core.metrics import NUDGES_LOST

log = structlog.get_logger(__name__)

# After a lost nudge the broker is left alone for a while: one that hangs would hold up every request.
REST_SECONDS = 10
_rest_until = 0.0


def later(task_name: str, **kwargs: Any) -> None:
    """Queue a task by name once the surrounding transaction commits; ids only.

    An unknown name raises at once. A broker that is away is logged and forgotten: the person is not kept
    waiting, and a sweep finds the row that the lost nudge left behind.
    """
    task = current_app.tasks[task_name]

    def nudge() -> None:
        global _rest_until  # noqa: PLW0603  one broker for the process
        if time.monotonic() < _rest_until:
            NUDGES_LOST.inc()
            return
        try:
            task.apply_async(kwargs=kwargs, retry=False)
        except (OperationalError, OSError) as absent:
            _rest_until = time.monotonic() + REST_SECONDS
            NUDGES_LOST.inc()
            log.warning("nudge_lost", task=task_name, kwargs=kwargs, error=str(absent))

    transaction.on_commit(nudge, robust=True)
