"""What is public, as data for everybody: its page, and its files at addresses that stay."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request, override

from accounts.people.decorators import page_view
from core.limits import spend, visitor_of
from portal.open_data import queries
from portal.open_data.enums import LATEST
from portal.open_data.tables import TABLES

# Of one visitor in a minute: all files of several days, and again.
MOST, SECONDS = 240, 60


@page_view(public=True)
def open_data(request: HttpRequest) -> HttpResponse:
    dump = queries.latest(request.user)
    context: dict[str, Any] = {"dump": dump, "tables": TABLES}
    if dump is not None:
        files = [(file, file.address(None)) for file in dump.files.all()]
        context |= {
            "kept_days": settings.OPEN_DATA_DAYS,
            "days": queries.days(request.user),
            "files": files,
            "tables": [(table, [pair for pair in files if pair[0].table == table.name]) for table in TABLES],
            "about_all": [pair for pair in files if not pair[0].table],
        }
    return render(request, "portal/open_data/open_data.html", context)


@page_view(public=True)
def bare(request: HttpRequest) -> HttpResponse:
    """The address without a language: on to the reader's."""
    with override(get_language_from_request(request)):
        response = redirect(reverse("portal:open_data"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@page_view(public=True)
def open_data_file(request: HttpRequest, day: str, name: str) -> HttpResponseBase:
    spend("portal.open_data", visitor_of(request), most=MOST, seconds=SECONDS)
    dump_file = queries.file_of(request.user, day, name)
    if dump_file is None:
        raise Http404
    etag = f'"{dump_file.sha256}"'
    modified = int(dump_file.dump.made_at.timestamp())
    response: Any = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        response = FileResponse(
            dump_file.file.open("rb"), filename=name, content_type=_type(dump_file.media_type)
        )
        response["ETag"] = etag
    # One of a day may be taken away, and the latest is another tomorrow.
    response["Cache-Control"] = f"public, max-age={300 if day == LATEST else 3600}"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


def _type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
