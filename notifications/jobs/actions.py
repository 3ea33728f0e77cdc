"""Writing down the runs of the schedule's jobs, and telling the desk once when one does not run."""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from notifications.jobs.models import BACKUP, Job
from notifications.jobs.queries import JobStatus, beat_schedule, statuses
from notifications.outbox.actions import mail_address
from notifications.outbox.models import Message

log = structlog.get_logger(__name__)

CALM = 300  # seconds after the start of a process in which late jobs first get the chance to run
PAUSE = 60  # seconds between two looks of one process
_next_look = time.monotonic() + CALM


def job_began(name: str) -> None:
    """A run of a scheduled job begins; other tasks are not written down."""
    if name in beat_schedule():
        Job.objects.update_or_create(name=name, defaults={"started_at": now()})


def job_ended(name: str, error: str) -> None:
    """It ended; `error` is the class of what it failed with, empty where it succeeded."""
    if name not in beat_schedule():
        return
    ended = now()
    job = Job.objects.filter(name=name).first() or Job(name=name)
    job.ended_at, job.error = ended, error[:120]
    job.seconds = (ended - job.started_at).total_seconds() if job.started_at else None
    if not error:
        job.succeeded_at = ended
    if job.pk:
        # Not the start: another run may have begun meanwhile.
        job.save(update_fields=["ended_at", "error", "seconds", *([] if error else ["succeeded_at"])])
    else:
        job.save()


def note_backup(*, failed: bool) -> None:
    """A backup was made, or could not be: for the alert about one that is missing."""
    ended = now()
    ends = {"error": "failed"} if failed else {"error": "", "succeeded_at": ended}
    Job.objects.update_or_create(name=BACKUP, defaults={"ended_at": ended, **ends})


def jobs_well() -> tuple[bool, list[Message]]:
    """Whether no job is stale, with the mails about what has changed since the last look, at most once a
    minute for each process; in between nothing is asked and what was found last still holds.
    """
    global _next_look, _well  # noqa: PLW0603  one watch for the process
    if time.monotonic() < _next_look:
        return _well, []
    _next_look = time.monotonic() + PAUSE
    _well, written = look_after_jobs()
    return _well, written


_well = True


def look_after_jobs(moment: datetime | None = None) -> tuple[bool, list[Message]]:
    """Tell the desk, once each, which jobs have become stale and which run again; (all well, mails)."""
    moment = moment or now()
    job_statuses = statuses(moment)
    stale = [status for status in job_statuses if status.is_stale]
    fine = [status for status in job_statuses if not status.is_stale]
    return not stale, [
        *_say("notifications.jobs_stale", stale, moment, since=moment),
        *_say("notifications.jobs_recovered", fine, moment, since=None),
    ]


@transaction.atomic
def _say(
    kind: str, job_statuses: Iterable[JobStatus], moment: datetime, *, since: datetime | None
) -> list[Message]:
    """Write one mail about the jobs whose state changes now; a second look at the same time finds none."""
    by_name = {status.job.name: status for status in job_statuses}
    if all((status.job.alarmed_at is None) == (since is None) for status in by_name.values()):
        return []
    rows = Job.objects.select_for_update().filter(name__in=by_name)
    changing = list(rows.filter(alarmed_at__isnull=since is not None).order_by("name"))
    if not changing:
        return []
    Job.objects.filter(pk__in=[job.pk for job in changing]).update(alarmed_at=since)
    log.warning(kind, jobs=[job.name for job in changing])
    message = mail_address(
        settings.DESK_EMAIL,
        kind,
        key=f"{kind}:{moment.isoformat()}",
        language=settings.LANGUAGE_CODE,
        url_name="sending:jobs",
        facts={"jobs": facts_of_jobs(changing)},
    )
    return [message] if message else []


def facts_of_jobs(jobs: Sequence[Job]) -> list[dict[str, str]]:
    """What the words of an alarm may use: name, last success (ISO, or empty), class of the last error."""
    return [
        {
            "name": job.name,
            "succeeded": job.succeeded_at.isoformat() if job.succeeded_at else "",
            "error": job.error,
        }
        for job in jobs
    ]


def look_quietly() -> tuple[bool, list[Message]]:
    """As `jobs_well`, where the watch must not get in the way of what is going on."""
    try:
        return jobs_well()
    except DatabaseError as fault:
        log.warning("jobs_not_looked_at", error=type(fault).__name__)
        return False, []
