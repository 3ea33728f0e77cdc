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
    found = LogFilter(request.GET, Entry.objects.order_by("-pk"))
    # One more than a page tells whether there are older ones, without counting millions.
    entries = list(found.qs[: PER_PAGE + 1]) if found.is_valid() else []
    older = entries[PER_PAGE - 1].pk if len(entries) > PER_PAGE else None
    context = {
        "filter": found,
        "lines": log_lines(entries[:PER_PAGE], request.user),
        "older": older,
        "is_first": "before" not in request.GET,
    }
    return render(request, "audit/log.html", context)
