from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.filters import LogFilter
from audit.models import Entry
from audit.queries import log_lines

PER_PAGE = 50


@require_safe
@never_cache
def log(request: HttpRequest) -> HttpResponse:
    """The whole log, for administrators: to be read and searched, never changed."""
    if not request.user.has_perm("audit.read_log"):
        raise Http404
    found = LogFilter(request.GET, Entry.objects.order_by("-pk"))
    # One more than a page tells whether there are older ones, without counting millions.
    entries = list(found.qs[: PER_PAGE + 1]) if found.is_valid() else []
    older = entries[PER_PAGE - 1].pk if len(entries) > PER_PAGE else None
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "filter": found,
        "lines": log_lines(entries[:PER_PAGE], request.user),
        "older": older,
        "base_query": query.urlencode(),
        "is_first": "before" not in request.GET,
    }
    return render(request, "audit/log.html", context)
