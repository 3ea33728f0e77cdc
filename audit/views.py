from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.people.decorators import page_view
from audit.filters import LogFilter
from audit.models import Entry
from audit.queries import log_lines

PER_PAGE = 50


@page_view(permission="audit.read_log", public=True, fresh=True)
def log(request: HttpRequest) -> HttpResponse:
    """The whole log, for administrators: to be read and searched, never changed."""
    log_filter = LogFilter(request.GET, Entry.objects.order_by("-pk"))
    # One more than a page tells whether there are older ones, without counting millions.
    entries = list(log_filter.qs[: PER_PAGE + 1]) if log_filter.is_valid() else []
    older = entries[PER_PAGE - 1].pk if len(entries) > PER_PAGE else None
    context = {
        "filter": log_filter,
        "lines": log_lines(entries[:PER_PAGE], request.user),
        "older": older,
        "is_first": "before" not in request.GET,
    }
    return render(request, "audit/log.html", context)
