"""Work handed to the background. The row is the truth; what is queued here is only a nudge."""

import time
from typing import Any

import structlog
from celery import Task, current_app
from celery.signals import task_prerun
from django.core.cache import cache
from django.db import transaction
from kombu.exceptions import OperationalError

from core.metrics import NUDGES_LOST

log = structlog.get_logger(__name__)

# After a lost nudge the broker is left alone for a while: one that hangs would hold up every request.
REST_SECONDS = 10
# For how long a nudge that no worker has taken up stands for others of its name. Short, since one that gets
# lost delays the next by no more than this.
WAITING_SECONDS = 5
_rest_until = 0.0


def later(task_name: str, **kwargs: Any) -> None:
    """Queue a task by name once the surrounding transaction commits; ids only.

    An unknown name raises at once. A broker that is away is logged and forgotten: the person is not kept
    waiting, and a sweep finds the row that the lost nudge left behind.
    """
    task = current_app.tasks[task_name]
    transaction.on_commit(lambda: _queue(task, task_name, kwargs), robust=True)


def nudge(task_name: str) -> None:
    """As `later`, for a task that looks for work by itself: while one of its name waits, no other is queued.

    The worker forgets the one that waited before it looks, so it sees all that was committed until then.
    """
    task = current_app.tasks[task_name]

    def queue_unless_waiting() -> None:
        # A cache that is away answers as if none waited.
        if cache.add(_waiting_key(task_name), 1, WAITING_SECONDS) and not _queue(task, task_name, {}):
            cache.delete(_waiting_key(task_name))

    transaction.on_commit(queue_unless_waiting, robust=True)


@task_prerun.connect(dispatch_uid="core.later")
def forget_nudge(task: Any = None, kwargs: Any = None, **_kwargs: Any) -> None:
    if not kwargs:
        cache.delete(_waiting_key(task.name))


def _waiting_key(task_name: str) -> str:
    return f"nudge:{task_name}"


def _queue(task: Task, task_name: str, kwargs: dict[str, Any]) -> bool:
    """Whether the broker took it."""
    global _rest_until  # noqa: PLW0603  one broker for the process
    if time.monotonic() < _rest_until:
        NUDGES_LOST.inc()
        return False
    try:
        task.apply_async(kwargs=kwargs, retry=False)
    except (OperationalError, OSError) as absent:
        _rest_until = time.monotonic() + REST_SECONDS
        NUDGES_LOST.inc()
        log.warning("nudge_lost", task=task_name, kwargs=kwargs, error=str(absent))
        return False
    return True
