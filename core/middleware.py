import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from whitenoise.middleware import WhiteNoiseMiddleware

from core.errors import TooMany, is_no_room
from core.maintenance import maintenance
from core.metrics import STATEMENT_SECONDS, STATEMENTS, view_of
from core.problems import is_for_program
from core.tracing import REQUEST_ID_FORM, traced
from core.typed import typed
from core.views import no_room, refused, too_many, unavailable, under_maintenance

log = structlog.get_logger(__name__)


class TraceMiddleware:
    """The first: one id for the request, of our own proxy or a new one; counts what the database is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.PROXY_COUNT else ""
        request_id = given if REQUEST_ID_FORM.fullmatch(given) else str(uuid4())
        request.META["HTTP_X_REQUEST_ID"] = request_id  # which django_structlog believes
        with traced(request_id) as trace:
            response = self.get_response(request)
        STATEMENTS.labels(view_of(request)).inc(trace.statements)
        STATEMENT_SECONDS.labels(view_of(request)).inc(trace.seconds)
        response["X-Request-ID"] = request_id
        return response


# What programs of others read: calendars, feeds, and the door of harvesters. No cookie goes along with `*`.
FOR_PROGRAMS_OF_OTHERS = re.compile(r"(\.ics|\.atom|/feed/|^/oai/)$")


class PolicyMiddleware:
    """What a browser lets pages do with its device, and which addresses pages of others may read.

    A page that needs more of the device says so itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if FOR_PROGRAMS_OF_OTHERS.search(request.path_info):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, X-Request-ID"
        return response


class TooManyMiddleware:
    """A limit that was reached anywhere below a view is answered 429 with a page that says when to return."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooMany):
            return too_many(request, str(exception), exception.retry_after)
        return None


class NoRoomMiddleware:
    """503 where a file found no room. What was typed beside it stands on the page, to be copied."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return no_room(request, typed(request, self.get_response)) if is_no_room(exception) else None


class BusyMiddleware:
    """The page of a request that whatson.overload refused, and 503 for what a form below found full."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal, _space, seconds = request.headers.get("X-Refused-By-Server", "").partition(" ")
        if refusal:
            log.warning("request_refused", refusal=refusal, seconds=seconds, request=request)
        if refusal == "slow":
            return refused(request, 408, "errors/slow.html", _("What you sent came too slowly"))
        if refusal == "large":
            return refused(request, 413, "errors/too_large.html", _("What you sent is too large"))
        if refusal:
            return unavailable(request, "errors/busy.html", retry_after=10)
        response = self.get_response(request)
        if getattr(request, "is_busy", False):
            response.status_code = 503
            response["Retry-After"] = "5"
        return response


class MaintenanceMiddleware:
    """Under maintenance everything can be read; what would save or sign in is answered 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS") and (state := maintenance()):
            sent = [] if is_for_program(request) else typed(request, self.get_response)
            return under_maintenance(request, state.ends_at, sent)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        match = request.resolver_match
        # Institutions send people back by GET.
        if match and match.url_name == "single_sign_on_callback" and (state := maintenance()):
            return under_maintenance(request, state.ends_at)
        return None


class ClientAddressMiddleware:
    """Behind our own proxies, REMOTE_ADDR is the visitor's address again, as rate limits need it.

    Each proxy adds at the right the address that it saw. What stands further left the visitor wrote.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXY_COUNT:
            addresses = [
                address.strip()
                for address in request.headers.get("X-Forwarded-For", "").split(",")
                if address.strip()
            ]
            if len(addresses) >= settings.PROXY_COUNT:
                request.META["REMOTE_ADDR"] = addresses[-settings.PROXY_COUNT]
        return self.get_response(request)


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """A file by the hash of another version is answered with the one of now, which caches keep a minute only.

    While a new version takes over, both answer: a page of one may ask the other for its style sheets.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(self.static_prefix) and path not in self.files:
            current = self.files.get(self.get_name_without_hash(path))
            if current is not None:
                return self.serve(current, request)
        return super().__call__(request)
