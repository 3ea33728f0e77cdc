"""The page about the jobs of the schedule."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from accounts.people.decorators import page_view
from accounts.people.requests import SignedIn
from notifications.jobs.queries import statuses


@page_view(permission="notifications.view_jobs", fresh=True)
def jobs(request: SignedIn) -> HttpResponse:
    """Every periodic job: when it ran, how long, how late it is, what went wrong."""
    job_statuses = statuses()
    context = {
        "job_statuses": job_statuses,
        "stale": sum(status.is_stale for status in job_statuses),
        "now": now(),
    }
    return render(request, "notifications/jobs/jobs.html", context)
