"""Work handed to the background. The row is the truth; what is queued here is only a nudge."""

from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def later(task_name: str, **kwargs: Any) -> None:
    """Queue a task by name once the surrounding transaction commits; ids only.

    An unknown name raises at once. A broker that is away is logged and forgotten: the person is not kept
    waiting, and a sweep finds the row that the lost nudge left behind.
    """
    task = current_app.tasks[task_name]

    def nudge() -> None:
        try:
            task.apply_async(kwargs=kwargs, retry=False)
        except (OperationalError, OSError) as absent:
            log.warning("nudge_lost", task=task_name, kwargs=kwargs, error=str(absent))

    transaction.on_commit(nudge, robust=True)
