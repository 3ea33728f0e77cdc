"""The runs of scheduled jobs as Celery signals them, and the two places that watch whether they run.

A worker looks after each job that it finishes, so one job that stays away is noticed by the others. Where no
job runs at all, because beat, the queue or the workers are gone, a web process notices when it is asked
`/readyz`. Whoever notices sends the alarm itself: it would wait in the queue that it reports on.
"""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import structlog
from celery.signals import task_postrun, task_prerun
from django.db import DatabaseError, connection
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from prometheus_client.core import Metric

from core import health
from core.desk_cards import desk_card
from core.gauges import gauge
from core.metrics import gauges
from notifications.delivery import run
from notifications.jobs.actions import job_began, job_ended, look_quietly
from notifications.jobs.models import BACKUP, Job
from notifications.jobs.queries import seconds_without_job, statuses

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
    jobs_run()


def jobs_run() -> bool:
    """Whether every job runs, also for `/readyz`. An alarm leaves from here, in a thread of its own."""
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
health.seconds_without_job.fill(seconds_without_job)


def job_gauges() -> Iterator[Metric]:
    job_statuses, moment = statuses(), now()
    yield gauge("whatson_beat_seconds", "Since the last job began", rows=[((), seconds_without_job() or 0)])
    yield gauge(
        "whatson_job_stale",
        "Whether a job of the schedule has not succeeded for too long",
        "job",
        rows=[((status.job.name,), status.is_stale) for status in job_statuses],
    )
    yield gauge(
        "whatson_job_failing",
        "Whether its last run failed",
        "job",
        rows=[((status.job.name,), bool(status.job.error)) for status in job_statuses],
    )
    yield gauge(
        "whatson_job_success_seconds",
        "Since it last succeeded",
        "job",
        rows=[
            ((status.job.name,), (moment - status.job.succeeded_at).total_seconds())
            for status in job_statuses
            if status.job.succeeded_at
        ],
    )
    yield gauge(
        "whatson_job_seconds",
        "How long its last run took",
        "job",
        rows=[
            ((status.job.name,), status.job.seconds)
            for status in job_statuses
            if status.job.seconds is not None
        ],
    )


gauges.register("jobs", job_gauges)


def backup_gauges() -> Iterator[Metric]:
    backup, moment = Job.objects.filter(name=BACKUP).first(), now()
    made_at = backup.succeeded_at if backup else None
    yield gauge(
        "whatson_backup_age_seconds",
        "Since the last good backup; none as long as there was none",
        rows=[((), (moment - made_at).total_seconds())] if made_at else [],
    )
    yield gauge(
        "whatson_backup_failed", "Whether the last backup failed", rows=[((), bool(backup and backup.error))]
    )


gauges.register("backup", backup_gauges)

desk_card(
    "sending:jobs",
    group="system",
    position=50,
    title=_("Background jobs"),
    text=_("Automatic jobs of the portal, and when they last ran."),
    permission="notifications.steer_sending",
)
