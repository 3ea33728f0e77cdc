"""Pages that are the same for every visitor, made once and kept until what they show changes."""

import gzip
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language


def kept(request: HttpRequest, version: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of `make()`, kept for visitors without a session under `version`.

    `version` must change in the transaction that changes anything the page shows: then a page that was made
    before is never found again. Only plain pages answered 200 are kept; nobody signed in gets one.
    """
    if (
        not settings.KEEP_PAGES_SECONDS
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or request.method not in ("GET", "HEAD")
    ):
        return make()
    key = _key(request, version)
    body = cache.get(key)
    if body is None:
        response = make()
        if response.status_code != 200 or response.cookies or response.streaming:
            return response
        body = gzip.compress(response.content, compresslevel=6, mtime=0)
        cache.set(key, body, settings.KEEP_PAGES_SECONDS)
    return _answer(request, body)


def _key(request: HttpRequest, version: str) -> str:
    parts = (
        settings.RELEASE,
        version,
        get_language() or "",
        request.get_full_path(),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Target", ""),
    )
    return "kept:" + sha256("\0".join(parts).encode()).hexdigest()


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(body)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(body))
    patch_vary_headers(response, ("Accept-Encoding", "Cookie", "HX-Request"))
    return response
