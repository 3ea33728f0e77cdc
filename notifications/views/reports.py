"""The one door by which a mail provider says what became of mail."""

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.actions import take_in
from notifications.providers import reader_of
from notifications.reports import report_of

# What anymail stumbles over where a body is not of the form that its provider promises. Its own errors are of
# Django's kinds as well; their module would bring an HTTP client into every process.
UNREADABLE = (ImproperlyConfigured, ValueError, LookupError, TypeError, AttributeError, OverflowError)

log = structlog.get_logger(__name__)


@csrf_exempt
@never_cache
@require_http_methods(["POST", "HEAD"])
def reports(request: HttpRequest) -> HttpResponse:
    """200 once everything in it is kept; 4xx without effect where secret, signature, size or form are wrong.

    Whatever else goes wrong is a 500, after which providers tell it again; what was told twice is kept once.
    """
    if not settings.MAIL_PROVIDER:
        raise Http404
    if request.method == "HEAD":  # some providers ask whether somebody is there
        return HttpResponse()
    if not _small(request):
        return HttpResponse(status=413)
    reader = reader_of(settings.MAIL_PROVIDER)
    try:
        reader.run_validators(request)
        told = [report_of(settings.MAIL_PROVIDER, event) for event in reader.parse_events(request)]
    except SuspiciousOperation:
        log.warning("mail_report_refused", provider=settings.MAIL_PROVIDER)
        return HttpResponse(status=403)
    except UNREADABLE as fault:
        log.warning("mail_report_unreadable", provider=settings.MAIL_PROVIDER, error=type(fault).__name__)
        return HttpResponse(status=400)
    for report in told:
        if report is not None:
            take_in(report)
    return HttpResponse()


def _small(request: HttpRequest) -> bool:
    """Asked of the length that was announced: past it, nobody reads further."""
    length = request.headers.get("Content-Length") or "0"
    return length.isascii() and length.isdigit() and int(length) <= settings.MAIL_REPORT_MAX_BYTES
