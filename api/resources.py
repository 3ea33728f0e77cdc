"""What every resource of the API is: who may see its rows, what may be asked, and how it answers."""

import re
from datetime import UTC
from hashlib import sha256
from http import HTTPStatus
from time import time
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from accounts.tokens.enums import TokenScope
from accounts.tokens.models import AccessToken
from api.authentication import count_visitor
from api.errors import Refused, UnknownParameters
from api.fields import ALL, FIELDS, LANG
from api.filters import PageFilters
from api.pages import CHANGED, CURSOR, PAGE, SIZE, ChangePages, Pages
from api.queries import Changes
from core import page_cache
from core.errors import TooMany
from core.later import nudge
from core.limits import Left, spend
from core.page_cache import cached_page, may_be_kept

# Who takes JSON as it is; `indent` would be another answer.
_PLAIN = re.compile(r"^(?!.*indent).*(\*/\*|application/json)")
CODES = [code for code, _name in settings.LANGUAGES]
EXPOSED = (
    "ETag, Last-Modified, Location, Retry-After, X-Request-ID, "
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
)
KEPT_SECONDS = 24 * 60 * 60
ASKED_ACROSS = "Accept-Language, If-Modified-Since, If-None-Match"


class Base(GenericViewSet[Any]):
    """Who asks, in which language, how often; refusals, conditions and the headers of every answer."""

    # What a token must allow. Without any, everybody gets what a visitor gets, whoever asks.
    scopes: ClassVar[tuple[TokenScope, ...]] = ()
    filterset_class: ClassVar[Any] = None
    # The question of a list without filters, where `find_rows` needs no more: no form is made for it.
    unfiltered: ClassVar[Any] = None
    etag = ""  # of the answer, where it is not that of its bytes
    left: Left | None = None  # of what may be asked for in this minute
    filter_backends = (PageFilters,)
    pagination_class: type[Pages] = Pages

    # --- Before it is answered -----------------------------------------------------------------------
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if any("\x00" in value for value in kwargs.values()):
            raise Http404  # PostgreSQL takes it in no text
        self._refuse_unknown(request)

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if not self.scopes:
            request.user = AnonymousUser()
        elif isinstance(request.auth, AccessToken):
            lacking = [scope for scope in self.scopes_of(request) if scope not in request.auth.scopes]
            if lacking:
                challenge = f'Bearer error="insufficient_scope", scope="{" ".join(self.scopes_of(request))}"'
                raise Refused(
                    HTTPStatus.FORBIDDEN,
                    _("The token does not allow this: %(scopes)s.") % {"scopes": ", ".join(lacking)},
                    headers={"WWW-Authenticate": challenge},
                )

    def scopes_of(self, request: Request) -> tuple[TokenScope, ...]:
        return self.scopes

    def check_throttles(self, request: Request) -> None:
        if request.user.is_authenticated:
            most = settings.API_PER_MINUTE_PERSON
            self.left = spend("api.person", str(request.user.pk), most=most, seconds=60)
        elif self.left is None:
            self.left = count_visitor(request)

    def _refuse_unknown(self, request: Request) -> None:
        known = self.parameters()
        if unknown := sorted(set(request.query_params) - set(known)):
            raise UnknownParameters(unknown, known)
        language = request.query_params.get(LANG)
        if language is not None and language not in (*CODES, ALL):
            raise ValidationError(
                {LANG: [_("Choose one of: %(codes)s.") % {"codes": ", ".join((*CODES, ALL))}]}
            )
        for name, values in request.query_params.lists():
            if any("\x00" in value for value in values):
                raise ValidationError({name: [_("Null characters are not allowed.")]})

    def parameters(self) -> list[str]:
        """Return the names of the query parameters that are allowed."""
        if self.action != "list":
            return [FIELDS, LANG]
        filters = list(self.filterset_class.base_filters) if self.filterset_class else []
        return [*filters, PAGE, SIZE, CURSOR, FIELDS, LANG]

    # --- While it is answered ------------------------------------------------------------------------
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # Moments in UTC whoever asks, texts in the language asked whatever the browser's cookie.
        with translation.override(_language_of(request)), timezone.override(UTC):
            return self._with_limit(_if_changed(request, self._cached_answer(request, *args, **kwargs)))

    def _with_limit(self, response: Any) -> Any:
        """Add the headers of the rate limit, after the answer is cached: they differ for each client."""
        if self.left is not None:
            response["RateLimit-Limit"] = str(self.left.most)
            response["RateLimit-Remaining"] = str(self.left.remaining)
            response["RateLimit-Reset"] = str(self.left.seconds)
        return response

    def version(self) -> str:
        """Return a key that changes with what the list shows a visitor, as on its page; "" caches nothing."""
        return ""

    def _cached_answer(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the answer. Visitors share the answer of a list while its version is the same.

        Not for words, since what they find may grow without a new version, and not from a cursor or of what
        has changed: each part of a harvest is read once.
        """

        def make() -> Any:
            return self._make_answer(request, *args, **kwargs)

        is_one = kwargs or request.GET.keys() & {"q", CURSOR, CHANGED} or "Authorization" in request.headers
        if is_one or not _PLAIN.search(request.headers.get("Accept", "*/*")) or not may_be_kept(request):
            return make()
        try:
            self.left = count_visitor(request)
        except TooMany:
            return make()  # which counts, too, and refuses
        version = self.version()
        if not version:
            return make()
        return cached_page(request, f"api:{version}", make)

    def _make_answer(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, Response) and not response.is_rendered:
            response.headers["Content-Language"] = translation.get_language() or "en"
            response.render()
        if request.method in ("GET", "HEAD") and response.status_code == HTTPStatus.OK:
            response["ETag"] = self.etag or f'"{sha256(response.content).hexdigest()[:32]}"'
            if since := _since(self.request, response["ETag"]):
                response["Last-Modified"] = http_date(since)
            else:
                response.is_passing = True  # in the next second it can tell the day
        return response

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(status=HTTPStatus.NO_CONTENT)

    # --- What every answer carries -------------------------------------------------------------------
    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
        user = getattr(request, "_user", None)
        is_person = user is not None and user.is_authenticated
        patch_cache_control(response, no_cache=True, **({"private": True} if is_person else {}))
        response["X-Robots-Tag"] = "noindex"
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = ASKED_ACROSS
            response["Access-Control-Max-Age"] = "86400"
        return response


class Resource(ListModelMixin, RetrieveModelMixin, Base):
    """A list and its rows, to read. A subject's `api.py` says the model, the serializers and the filters."""

    http_method_names = ("get", "head", "options")
    # Of one row, where that tells more than a line of the list.
    detail_serializer_class: ClassVar[Any] = None
    pagination_class: type[Pages] = ChangePages  # or `Pages`: a list that tells no changes
    changes: Changes

    def get_queryset(self) -> Any:
        """The rows that whoever asks may see, in the order of the page: all others are missing."""
        return self.queryset.all().visible_to(self.request.user)

    def listed(self) -> Any:
        """All rows that the list shows whoever asks, by one filter or another: a queryset by the keys."""
        return self.get_queryset()

    def lines(self, rows: Any) -> Any:
        """Those of `listed` that are asked for, with what `serializer_class` reads."""
        return rows

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if CHANGED in request.query_params:
            request.user = AnonymousUser()  # a mirror shows to everybody what it is given

    def parameters(self) -> list[str]:
        names = super().parameters()
        return [*names, CHANGED] if self.action == "list" and tells_changes(type(self)) else names

    def _refuse_unknown(self, request: Request) -> None:
        super()._refuse_unknown(request)
        if CHANGED in request.query_params:
            filters = sorted(set(request.query_params) - {CHANGED, PAGE, SIZE, CURSOR, FIELDS, LANG})
            if filters:
                message = _("Changes are given for the whole list. Remove this filter.")
                raise ValidationError({name: [message] for name in filters})

    def filters_of(self, query: Any, rows: Any) -> Any:
        """Return the FilterSet of the page for this query."""
        return self.filterset_class(query, rows, request=self.request)

    def find_rows(self, rows: Any, filters: Any) -> Any:
        """Return those of `rows` that match the valid `filters`: a queryset, or a `RowReader`."""
        return filters.qs

    def get_serializer_class(self) -> Any:
        if self.action == "retrieve" and self.detail_serializer_class:
            return self.detail_serializer_class
        return self.serializer_class

    def moved_to(self) -> int | None:
        """Return the number of the row into which the row of this address was merged."""
        return None

    def withdrawn(self) -> str:
        """Return a sentence if what was public at this address was withdrawn."""
        return ""

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        # What was merged leads to the row that stays; what was public once says that it was withdrawn.
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            if further := self.moved_to():
                address = reverse(f"api:{self.basename}-detail", [further], request=request)
                return HttpResponsePermanentRedirect(address)
            if explanation := self.withdrawn():
                raise Refused(HTTPStatus.GONE, explanation) from None
            raise

    def filter_queryset(self, queryset: Any) -> Any:
        """One row is asked by its address alone, changes by their instant."""
        if self.detail:
            return queryset
        return (
            self._changed_rows()
            if CHANGED in self.request.query_params
            else super().filter_queryset(queryset)
        )

    def _changed_rows(self) -> Any:
        query = self.request.query_params
        self.changes = Changes(self.basename, query[CHANGED])
        rows = self.listed()
        if not query.get(CURSOR):
            self.changes.find_gone(rows)
            if self.changes.has_unrecorded:
                # Else what is back before the next comparison would never be given again.
                nudge("api.record_gone")
        return self.lines(self.changes.of(rows))

    @property
    def refusals(self) -> dict[str, str]:
        """Return the refusals beyond those of all resources, for the schema."""
        return _TOO_LONG_AGO if CHANGED in self.parameters() else {}


_TOO_LONG_AGO = {"410": "What has gone since this instant is not known any more: read the whole list again."}


def tells_changes(resource: type[Base]) -> bool:
    return issubclass(resource.pagination_class, ChangePages)


def _if_changed(request: Any, response: Any) -> Any:
    """304 where the asker has it already: by the tag of the bytes, or by the day of the last change."""
    etag = response.get("ETag")
    if etag is None or request.method not in ("GET", "HEAD"):
        return response
    if response.has_header("Content-Encoding"):  # kept compressed: the tag is of what is in it
        response["ETag"] = f"W/{etag}"
    since = parse_http_date_safe(response.get("Last-Modified", ""))
    answer: Any = get_conditional_response(request, etag, since, response)
    if answer is not response:
        for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "X-Robots-Tag"):
            answer[name] = response[name]
    return answer


def _language_of(request: Any) -> str:
    """Return `?lang=`, else the first of the browser's languages that the portal has, else English."""
    if (language := request.GET.get(LANG)) in CODES:
        return language
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (code := tag.split("-")[0]) in CODES:
            return code
    return "en"


def _since(request: Any, etag: str) -> int | None:
    """Since which second this asker is given this very answer at this address, as far as is remembered.

    No row can tell: an answer also changes with the rows that are gone, and with what others let be seen.
    None in the second of the change itself, which a date cannot tell from the answer before. Questions, which
    anybody can invent without end, share as many places as kept pages do.
    """
    who = request.user.pk or "visitor"
    address = f"{request.get_full_path()} {translation.get_language()} {who}"
    digest = sha256(address.encode()).hexdigest()
    place = int(digest, 16) % page_cache.MOST_ASKED if request.META.get("QUERY_STRING") else digest
    answer = f"{digest} {etag}"
    moment = int(time())
    known, since = cache.get(f"api:since:{place}") or ("", 0)
    if known != answer:
        since = moment if since < moment else moment + 1
        cache.set(f"api:since:{place}", (answer, since), KEPT_SECONDS)
    return since if since <= moment else None
