"""The page about the jobs of the schedule."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from notifications.jobs.enums import JOB_AREAS
from notifications.jobs.queries import statuses


@page_view(permission="notifications.view_jobs", fresh=True)
def jobs(request: SignedIn) -> HttpResponse:
    """Every periodic job: when it ran, how long, how late it is, what went wrong."""
    job_statuses = statuses()
    troubled = [status for status in job_statuses if status.needs_a_look]
    healthy = [
        (title, rows)
        for title in JOB_AREAS.values()
        if (rows := [row for row in job_statuses if row.area is title and not row.needs_a_look])
    ]
    context = {
        "groups": [(_("Failed or late"), troubled), *healthy] if troubled else healthy,
        "troubled": len(troubled),
        "job_statuses": job_statuses,
        "stale": sum(status.is_stale for status in job_statuses),
        "now": now(),
    }
    return render(request, "notifications/jobs/jobs.html", context)
