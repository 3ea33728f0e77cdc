"""Pages that are the same for every visitor, made once and kept until what they show changes."""

import gzip
import json
import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import brotli
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.connection import ConnectionProxy
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from core.maintenance import maintenance

# What a visitor's browser may bring along that is shown on the page: theirs alone, so nothing is kept.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
# A server of their own, where there is one: then no crowd of pages pushes out what counts limits.
cache = ConnectionProxy(caches, "pages" if "pages" in settings.CACHES else DEFAULT_CACHE_ALIAS)
# Headers by which a view chooses between the page and a part of it.
SHAPING_HEADERS = ("HX-Request", "HX-Target", "HX-History-Restore-Request")

# Questions anybody can invent without end, and Valkey makes room for each new page by forgetting what was not
# read for longest, counters of limits too. So pages that answer questions share this many places.
MOST_ASKED = 2_000


def cached_page(
    request: HttpRequest, version: str | Callable[[], str], make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page of `make()`, kept for visitors without a session under `version`, or what it answers.

    The version must change in the transaction that changes anything the page shows: then a page that was made
    before is never found again. Only plain pages answered 200 are kept, with their headers; nobody signed
    in gets one, and neither does a visitor for whom a message waits. A response with `is_passing` is not
    kept: it will say something else soon, without a new version.
    """
    if not may_be_kept(request):
        return make()
    digest = _digest(request, encoding_for(request), version() if callable(version) else version)
    key = _key(request, digest)
    of, *page = cache.get(key) or [None]
    if of != digest:
        response = make()
        if response.status_code != 200 or response.cookies or response.streaming or _is_personal(request):
            return response
        if getattr(response, "is_passing", False):
            return response
        body = packed(response.content, encoding_for(request), quick=not _is_countable(request))
        page = [body, dict(response.items())]
        cache.set(key, [digest, *page], settings.KEEP_PAGES_SECONDS)
    return _answer(request, *page)


def may_be_kept(request: HttpRequest) -> bool:
    """Whether a visitor without a session only reads, and answers are kept at all."""
    return bool(
        settings.KEEP_PAGES_SECONDS
        and request.method in ("GET", "HEAD")
        and not any(name in request.COOKIES for name in PERSONAL_COOKIES)
    )


def kept_value[T](
    request: HttpRequest, version: str | Callable[[], str], name: str, make: Callable[[], T]
) -> T:
    """What a page tells every reader alike, as `make()` found it, kept for those who are signed in too.

    `make()` starts from what an AnonymousUser may see, and whoever uses this proves that others would be told
    nothing else; or the version also names all that tells one reader's answer from another's. The address is
    the request's.
    """
    if not settings.KEEP_PAGES_SECONDS or request.method not in ("GET", "HEAD"):
        return make()
    digest = _digest(request, name, version() if callable(version) else version)
    key = _key(request, digest)
    of, *stored = cache.get(key) or [None]
    if of == digest:
        cached: T = stored[0]
        return cached
    value = make()
    cache.set(key, [digest, value], settings.KEEP_PAGES_SECONDS)
    return value


def kept_parts(
    request: HttpRequest,
    version: str | Callable[[], str],
    template: str,
    names: Sequence[str],
    context: Callable[[], Mapping[str, Any]],
) -> dict[str, SafeString]:
    """The partials `names` of a template as a `kept_value`, of what `context()` says.

    They are rendered without the request, so that nothing of who reads can be in them: no name and no token.
    Readers in another time zone, where days begin at another instant, have parts of their own.
    """

    def make() -> bytes:
        values = dict(context())
        parts = {name: render_to_string(f"{template}#{name}", values) for name in names}
        return packed(json.dumps(parts).encode())

    parts_packed = kept_value(request, version, f"{template}#{'+'.join(names)}", make)
    return {name: mark_safe(text) for name, text in json.loads(gzip.decompress(parts_packed)).items()}  # noqa: S308


def _is_personal(request: HttpRequest) -> bool:
    """Whether making the page began something for this one visitor: a form's token, a session."""
    session = getattr(request, "session", None)
    return bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or (session is not None and session.modified))


def _is_countable(request: HttpRequest) -> bool:
    """Whether there are only so many of its kind: nobody can invent an address that asks nothing."""
    return not request.META.get("QUERY_STRING") and not any(
        name in request.headers for name in SHAPING_HEADERS
    )


def _key(request: HttpRequest, digest: str) -> str:
    return f"kept:{digest}" if _is_countable(request) else f"kept:{int(digest, 16) % MOST_ASKED}"


def _digest(request: HttpRequest, page_name: str, version: str) -> str:
    parts = (
        page_name,
        settings.RELEASE,
        # A page names its style sheets by their content: those of the version before are gone.
        getattr(staticfiles_storage, "manifest_hash", ""),
        version,
        str(maintenance() or ""),  # each page says so
        get_language() or "",
        get_current_timezone_name(),
        request.get_full_path(),
        *(request.headers.get(name, "") for name in SHAPING_HEADERS),
    )
    return sha256("\0".join(parts).encode()).hexdigest()


def _answer(request: HttpRequest, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    response = unpacked(request, body, encoding_for(request))
    for name, value in headers.items():
        if name != "Vary":
            response[name] = value
    patch_vary_headers(response, [header.strip() for header in headers.get("Vary", "").split(",") if header])
    patch_vary_headers(response, ("Cookie", *SHAPING_HEADERS))
    return response


# --- How what is kept is compressed ---------------------------------------------------------------------
# Nothing of one reader is in it, so that no length tells a secret (BREACH). For who is signed in Django's own
# GZipMiddleware compresses, and hides the length.
GZIP, BROTLI = "gzip", "br"
_QUALITY = {GZIP: 6, BROTLI: 5}  # either takes as long; of a page, Brotli leaves a tenth less
# An answer to a question is made for one visitor and rarely read again: in less than half of that time it
# is a tenth larger.
_QUICK = {GZIP: 3, BROTLI: 3}


def encoding_for(request: HttpRequest) -> str:
    return BROTLI if _takes(request, BROTLI) else GZIP


def _takes(request: HttpRequest, encoding: str) -> bool:
    return (
        re.search(rf"\b{encoding}\b(?!;q=0(\.0*)?(,|$))", request.headers.get("Accept-Encoding", ""))
        is not None
    )


def packed(content: bytes, encoding: str = GZIP, *, quick: bool = False) -> bytes:
    quality = (_QUICK if quick else _QUALITY)[encoding]
    if encoding == BROTLI:
        return brotli.compress(content, quality=quality)
    return gzip.compress(content, compresslevel=quality, mtime=0)


def unpacked(
    request: HttpRequest, body: bytes, encoding: str = GZIP, content_type: str | None = None
) -> HttpResponse:
    """What was `packed`, sent as it is to whoever takes that."""
    if _takes(request, encoding):
        response = HttpResponse(body, content_type=content_type)
        response["Content-Encoding"] = encoding
    else:
        response = HttpResponse(gzip.decompress(body), content_type=content_type)
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
