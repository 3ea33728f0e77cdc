"""How each job of the schedule stands: when it ran, when it is due, and whether it is late."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from celery.schedules import BaseSchedule, crontab, maybe_schedule
from django.conf import settings
from django.db.models import Max, Min, Q
from django.utils.functional import Promise
from django.utils.timezone import now

from notifications.jobs.enums import JOB_AREAS, JOB_LABELS
from notifications.jobs.models import Job

SHORTEST_GRACE, LONGEST_GRACE = timedelta(minutes=3), timedelta(hours=1)


class JobStatus(NamedTuple):
    """One job. `due` is when it should start next; `late` by how much that is over, zero where it is not.

    `is_stale`: it has not succeeded for so long that somebody must look. `is_running`: a run has begun and
    neither ended nor failed yet, as far as its row says.
    """

    job: Job
    due: datetime
    late: timedelta
    is_stale: bool
    is_running: bool

    @property
    def label(self) -> str | Promise:
        return JOB_LABELS.get(self.job.name, self.job.name)

    @property
    def area(self) -> str | Promise:
        return JOB_AREAS.get(self.job.name.partition(".")[0], JOB_AREAS["portal"])

    @property
    def needs_a_look(self) -> bool:
        return self.is_stale or bool(self.job.error)


@cache
def beat_schedule() -> dict[str, BaseSchedule]:
    """The schedule by name of task."""
    return {
        entry["task"]: maybe_schedule(entry["schedule"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }


def statuses(moment: datetime | None = None) -> list[JobStatus]:
    """Every job of the schedule, by name. Those that nobody has written down yet begin to be known."""
    moment = moment or now()
    rows = {job.name: job for job in Job.objects.filter(name__in=beat_schedule())}
    if missing := beat_schedule().keys() - rows.keys():
        Job.objects.bulk_create((Job(name=name) for name in missing), ignore_conflicts=True)
        rows = {job.name: job for job in Job.objects.filter(name__in=beat_schedule())}
    return [status_of(rows[name], moment) for name in sorted(rows)]


def seconds_without_job() -> float | None:
    """Return the seconds since any job of the schedule began, or is known; None as long as none is.

    What began by a clock that was ahead does not count: it would hide until then that nothing begins.
    """
    moment = now()
    starts = Job.objects.aggregate(
        began=Max("started_at", filter=Q(started_at__lte=moment)), known=Min("known_since")
    )
    last = starts["began"] or starts["known"]
    return (moment - last).total_seconds() if last else None


def status_of(job: Job, moment: datetime) -> JobStatus:
    schedule = beat_schedule()[job.name]
    due = next_after(schedule, job.started_at or job.known_since)
    expected = next_after(schedule, job.succeeded_at or job.known_since)
    return JobStatus(
        job=job,
        due=due,
        late=max(moment - due, timedelta()),
        is_stale=moment > expected + grace(schedule, expected),
        is_running=job.started_at is not None and (job.ended_at is None or job.ended_at < job.started_at),
    )


def next_after(schedule: Any, last: datetime) -> datetime:
    """When a job that began at `last` is due again."""
    if isinstance(schedule, crontab):
        begun, step, _now = schedule.remaining_delta(last)
        return begun + step
    return last + schedule.run_every


def grace(schedule: Any, expected: datetime) -> timedelta:
    """How late a job may be before it counts as stale: one more round, within limits."""
    return min(max(next_after(schedule, expected) - expected, SHORTEST_GRACE), LONGEST_GRACE)
