"""Pages that belong to no domain: errors that help, private files, health."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.forms import BaseForm
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.http import quote_etag
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core import ics, tracing
from core.errors import DomainError, TooMany, is_database_away, is_no_room, is_statement_too_long
from core.problems import is_for_program, problem_response
from core.uploads import DOCUMENTS, ENDINGS, PDF, files, kept_by_browsers, opened

log = structlog.get_logger(__name__)


@contextmanager
def refusal_as_warning(request: HttpRequest) -> Iterator[None]:
    """Act inside it, where no form stands on the page: what refuses the act is told on the next one.

    Whoever acts too often gets a page of its own.
    """
    with _refusal_as(messages.WARNING, request):
        yield


@contextmanager
def refusal_as_error(request: HttpRequest) -> Iterator[None]:
    """As `refusal_as_warning`, told as an error."""
    with _refusal_as(messages.ERROR, request):
        yield


@contextmanager
def _refusal_as(level: int, request: HttpRequest) -> Iterator[None]:
    try:
        yield
    except TooMany:
        raise
    except DomainError as refusal:
        messages.add_message(request, level, str(refusal))


def act_page(
    request: HttpRequest,
    form: BaseForm | None = None,
    *,
    heading: str | Promise,
    steps: Sequence[tuple[Any, Any]] = (),
    crumbs: str = "components/breadcrumb.html",
    back: Any = None,
    template: str = "act_page.html",
    **words: Any,
) -> HttpResponse:
    """Render a page that is one form, or that only has an act confirmed.

    `heading` is also the title, with `title_name` of `words` behind it, and the last step of the path, unless
    `words` has another `title` or `here`. Above it are `steps`, (to, text), or what the template `crumbs` of
    the subject makes of `words`. `back` leaves the page without a change; it and each `to` are what
    `redirect` takes.

    Of `words` the lead shows `about`, a name in `language`, and the sentence `lead`; `reached` is the number
    of followers who are notified; `text` above the form says what cannot be undone; then come `version`,
    `button`, its `style` and `back_text`. A `template` of the subject extends `act_page.html`.
    """
    words |= {"form": form, "heading": heading, "crumbs": crumbs, "back": resolve_url(back) if back else ""}
    for number, (to, text) in enumerate(steps, 1):
        words |= {f"url{number}": resolve_url(to), f"text{number}": text}
    return render(request, template, words)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    if is_for_program(request):
        return problem_response(400, _("This request could not be read"))
    return render(request, "errors/400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """For what was sent beside files, which have limits and words of their own at their fields."""
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000
    if is_for_program(request):
        detail = _("Send at most %(megabytes)s MB. Nothing was saved.")
        return problem_response(413, detail % {"megabytes": number_format(megabytes)})
    return render(request, "errors/413.html", {"megabytes": megabytes}, status=413)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_for_program(request):
        return problem_response(403, exception or _("You do not have permission"))
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_for_program(request):
        return problem_response(404, _("There is nothing at this address."))
    return render(request, "errors/404.html", status=404)


def gone(request: HttpRequest, **context: Any) -> HttpResponse:
    return render(request, "errors/410.html", context, status=410)


def too_many(request: HttpRequest, message: str, retry_after: int) -> HttpResponse:
    if is_for_program(request):
        return problem_response(429, message, **{"Retry-After": str(retry_after)})
    response = render(
        request, "errors/429.html", {"message": message, "retry_after": retry_after}, status=429
    )
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Made without the request: what broke may be the database, the session or the frame itself."""
    if is_database_away(sys.exception()):
        return unavailable(request, "errors/503.html", retry_after=30)
    if is_statement_too_long(sys.exception()):
        return unavailable(request, "errors/too_long.html", retry_after=60)
    if is_no_room(sys.exception()):  # already while what was sent was read
        return no_room(request)
    if is_for_program(request):
        return problem_response(500, _("Something broke on our side"))
    trace = tracing.current.get()
    context = {"desk_email": settings.DESK_EMAIL, "reference": trace.id if trace else ""}
    page = render_to_string("errors/500.html", context)
    return HttpResponse(page, status=500)


_UNAVAILABLE = {
    "errors/503.html": gettext_lazy("The portal is unavailable for a moment"),
    "errors/too_long.html": gettext_lazy("This page takes too long"),
    "errors/busy.html": gettext_lazy("The portal is very busy"),
}


def unavailable(request: HttpRequest, template: str, *, retry_after: int) -> HttpResponse:
    """Soon it works again: asks nothing of the database, and says when to return."""
    if is_for_program(request):
        return problem_response(503, _UNAVAILABLE[template], **{"Retry-After": str(retry_after)})
    page = render_to_string(template, {"desk_email": settings.DESK_EMAIL})
    headers = {"Retry-After": str(retry_after), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def refused(request: HttpRequest, status: int, template: str, detail: str) -> HttpResponse:
    """For what was not received whole: asks nothing of the database."""
    if is_for_program(request):
        return problem_response(status, detail)
    page = render_to_string(template, {"desk_email": settings.DESK_EMAIL})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def no_room(request: HttpRequest, typed: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """503 for a file that found no room; `typed` is (label, value), shown to be copied."""
    log.error("no_room_for_a_file")
    for handler in request.upload_handlers:  # what had arrived so far would lie there until it is collected
        with suppress(OSError):
            getattr(handler, "file", BytesIO()).close()
    if is_for_program(request):
        detail = _("There is no room for files at the moment. Nothing was saved.")
        return problem_response(503, detail, **{"Retry-After": "600"})
    page = render_to_string("errors/no_room.html", {"desk_email": settings.DESK_EMAIL, "typed": typed})
    return HttpResponse(page, status=503, headers={"Retry-After": "600", "Cache-Control": "no-store"})


def under_maintenance(
    request: HttpRequest, until: datetime, typed: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """503 for what would have been saved; `typed` is (label, value), shown to be copied."""
    wait = str(max(int((until - now()).total_seconds()), 60))
    if is_for_program(request):
        detail = _("The portal is under maintenance. Nothing was saved.")
        return problem_response(503, detail, **{"Retry-After": wait})
    is_late = until <= now()
    context = {"desk_email": settings.DESK_EMAIL, "until": until, "is_late": is_late, "typed": typed}
    headers = {"Retry-After": wait, "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("errors/maintenance.html", context), status=503, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


@login_not_required
@require_safe
def open_file(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """The one door to every upload. Opened under a policy that lets nothing in the file run."""
    stored = files[kind](request.user, pk) if kind in files else None
    if stored is None:
        raise Http404
    if kind in opened and request.method == "GET":
        opened[kind](request.user, stored)
    # What a browser shows safely is shown; all else is kept as a file.
    as_attachment = "download" in request.GET or stored.media_type not in DOCUMENTS
    offered = _offered_name(stored.name, stored.media_type)
    storage = getattr(stored.file, "storage", None)  # none where the file is made at this moment
    signed = getattr(storage, "address_for_download", None)
    # A large file would hold a thread of ours for as long as it takes.
    if as_attachment and signed and (address := signed(stored.file.name, offered, stored.media_type)):
        return HttpResponseRedirect(address, headers={"Cache-Control": "private, no-store"})
    response = FileResponse(
        stored.file.open("rb"), as_attachment=as_attachment, filename=offered, content_type=stored.media_type
    )
    if kind in kept_by_browsers:
        patch_cache_control(response, private=True, max_age=kept_by_browsers[kind])
    else:
        patch_cache_control(response, private=True, no_store=True)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if stored.media_type == PDF:  # a case of the desk shows it within its page
        response["Content-Security-Policy"] += "; frame-ancestors 'self'"
        response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response


def _offered_name(name: str, media_type: str) -> str:
    """With the ending of what the file is: whoever saves and opens it must not start something else."""
    ending = ENDINGS.get(media_type, "")
    fits = name.lower().endswith((ending, ".jpeg") if ending == ".jpg" else ending)
    return name if fits else name + ending


def calendar_answer(request: HttpRequest, content: str | HttpResponse, name: str) -> HttpResponse:
    """A calendar file. Who follows it asks again and again: where nothing is new, it is not sent again."""
    response = content if isinstance(content, HttpResponse) else HttpResponse(content, content_type=ics.TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    answer: Any = get_conditional_response(request, etag, None, response)
    return answer
