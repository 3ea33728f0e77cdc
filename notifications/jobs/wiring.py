"""The runs of scheduled jobs as Celery signals them, and the two places that watch whether they run.

A worker looks after each job that it finishes, so one job that stays away is noticed by the others. Where no
job runs at all, because beat, the queue or the workers are gone, a web process notices when it is asked
`/readyz`; it then sends the alarm itself.
"""

from threading import Thread
from typing import Any

import structlog
from celery.signals import task_postrun, task_prerun
from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from core import health
from core.desk_cards import desk_card
from notifications.delivery import run
from notifications.jobs.actions import job_began, job_ended, look_quietly

log = structlog.get_logger(__name__)


@task_prerun.connect(dispatch_uid="notifications.job_began")
def note_beginning(task: Any = None, **_kwargs: Any) -> None:
    try:
        job_began(task.name)
    except DatabaseError as fault:  # what the job is for matters more than the note about it
        log.warning("job_not_noted", job=task.name, error=type(fault).__name__)


@task_postrun.connect(dispatch_uid="notifications.job_ended")
def note_end(task: Any = None, state: str = "", retval: Any = None, **_kwargs: Any) -> None:
    try:
        job_ended(task.name, "" if state == "SUCCESS" else type(retval).__name__)
    except DatabaseError as fault:
        log.warning("job_not_noted", job=task.name, error=type(fault).__name__)
    look_quietly()


def jobs_run() -> bool:
    """For `/readyz`: whether every job runs. What it has to tell leaves from here, in a thread of its own."""
    well, written = look_quietly()
    if written:
        Thread(target=_send, args=([message.pk for message in written],), daemon=True).start()
    return well


def _send(ids: list[int]) -> None:
    try:
        run.deliver(ids)
    except DatabaseError as fault:
        log.warning("alarm_left_to_the_sweep", error=type(fault).__name__)
    finally:
        connection.close()


health.jobs_run.fill(jobs_run)

desk_card(
    "sending:jobs",
    group="system",
    position=50,
    title=_("Background jobs"),
    text=_("What the portal does by itself, and when it last did."),
    permission="notifications.steer_sending",
)
