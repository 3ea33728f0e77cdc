"""A page of rows by its number, in the order that was asked; or onward from a cursor, to read all of them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError as NotValid
from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

PAGE, SIZE, CURSOR, CHANGED = "page", "page_size", "cursor", "changed_since"
PER_PAGE, MOST = 20, 100
LAST_PAGE = 1_000_000  # whatever lies behind it, there is no such page


class RowReader:
    """The rows of a list that takes more than one query: how many there are, and how to read them.

    `part(start, end)` reads in the order of the question; `onward(key, number)` by the primary key, after
    `key` or, where that is None, from the first.
    """

    ordered = True

    def __init__(
        self,
        count: Callable[[], int],
        part: Callable[[int, int], list[Any]],
        onward: Callable[[Any, int], list[Any]] | None = None,
    ) -> None:
        self._count = count
        self.part = part
        self.onward = onward

    def __len__(self) -> int:
        return self._count()

    def __getitem__(self, bounds: slice) -> list[Any]:
        return self.part(bounds.start, bounds.stop)


class Pages(BasePagination):
    """`?page=` and `?page_size=`; or `?cursor=`, empty at first, which neither counts nor loses its place."""

    last_page = LAST_PAGE

    def paginate_queryset(self, source: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.page: Any = None
        query = request.query_params
        self.size = _number(query, SIZE, PER_PAGE, MOST)
        if CURSOR in query:
            return self._onward(source, query[CURSOR], view)
        number = _number(query, PAGE, 1)
        try:
            self.page = Paginator(source, self.size).page(number)
        except InvalidPage:
            raise NotFound(_("There is no page with this number.")) from None
        return list(self.page)

    def _onward(self, source: Any, cursor: str, view: Any) -> list[Any]:
        """Return the next rows by primary key: none is lost or repeated while others are added or removed."""
        query = self.request.query_params
        for name in (PAGE, "sort"):
            # Clients made from an earlier schema always send the first page.
            if name in query and (name, query[name]) != (PAGE, "1"):
                raise ValidationError({name: [_("A cursor reads in the order of the numbers alone.")]})
        model = view.queryset.model if view.queryset is not None else source.model
        try:
            key = model._meta.pk.to_python(_decode_cursor(cursor)) if cursor else None
            rows = self._rows_after(source, key)
        except (NotBase64, UnicodeError, NotValid, ValueError):
            raise ValidationError(
                {CURSOR: [_("Take the cursor from “next” of the answer before.")]}
            ) from None
        self.next_key = str(rows[self.size - 1].pk) if len(rows) > self.size else None
        return rows[: self.size]

    def _rows_after(self, source: Any, key: Any) -> list[Any]:
        if isinstance(source, QuerySet):
            rows = source.order_by("pk")
            return list((rows if key is None else rows.filter(pk__gt=key))[: self.size + 1])
        if source.onward is None:
            raise ValidationError({CURSOR: [_("This list is read by page numbers alone.")]})
        onward: list[Any] = source.onward(key, self.size + 1)
        return onward

    def get_paginated_response(self, data: Any) -> Response:
        # Not by the host that was asked: visitors share an answer.
        here = f"{settings.SITE_URL}{self.request.get_full_path()}"
        if self.page is None:
            onward = (
                replace_query_param(here, CURSOR, encode_cursor(self.next_key)) if self.next_key else None
            )
            return Response({"next": onward, "results": data})
        page = self.page
        return Response(
            {
                "count": page.paginator.count,
                "next": replace_query_param(here, PAGE, page.next_page_number()) if page.has_next() else None,
                "previous": _before(here, page) if page.has_previous() else None,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "count": {"type": "integer", "description": "How many there are; not given with a cursor."},
                "next": {**address, "description": "The address of the next page; null on the last."},
                "previous": {**address, "description": "The page before; not given with a cursor."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter(
                PAGE,
                {"type": "integer", "minimum": 1, "maximum": self.last_page},
                "The number of the page; the first without it.",
            ),
            _parameter(
                SIZE,
                {"type": "integer", "minimum": 1, "maximum": MOST, "default": PER_PAGE},
                "How many to a page.",
            ),
            _parameter(
                CURSOR,
                {"type": "string"},
                "To read all: empty at first, then follow “next”. In the order of the numbers; neither "
                "`page` nor `sort` goes with it.",
            ),
        ]


class ChangePages(Pages):
    """Pages of a list that also tells what has changed since an instant, onward from a cursor."""

    changes: Any = None

    def paginate_queryset(self, source: Any, request: Request, view: Any = None) -> list[Any]:
        if CHANGED not in request.query_params:
            return super().paginate_queryset(source, request, view)
        self.request = request
        self.page = None
        self.size = _number(request.query_params, SIZE, PER_PAGE, MOST)
        self.changes = view.changes
        return self._onward(source, request.query_params.get(CURSOR, ""), view)

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        if self.changes and not self.request.query_params.get(CURSOR):
            response.data |= {"changed_until": self.changes.until, "gone": self.changes.gone}
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        answer = super().get_paginated_response_schema(schema)
        answer["properties"] |= {
            "changed_until": {
                "type": ["string", "null"],
                "format": "date-time",
                "description": "With `changed_since`, on the first page: the instant to ask with next time. "
                "Null where the list has never been compared: ask without an instant again.",
            },
            "gone": {
                "type": "array",
                "items": {"type": ["integer", "string"]},
                "description": "With `changed_since`, on the first page: the numbers or codes of what is "
                "no longer on the list, whatever the reason.",
            },
        }
        return answer

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        schema = {
            "anyOf": [
                {"type": "string", "format": "date-time"},
                {"type": "string", "format": "date"},
                {"type": "string", "maxLength": 0},
            ]
        }
        description = (
            "For mirrors: empty at first, which reads all; then the `changed_until` of the answer before. "
            "Gives what has changed for visitors since then, in the order of the numbers, page by page by "
            "“next”, and what is `gone`. No filter goes with it."
        )
        changed = _parameter(CHANGED, schema, description) | {"allowEmptyValue": True}
        return [*super().get_schema_operation_parameters(view), changed]


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def encode_cursor(key: str) -> str:
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _decode_cursor(cursor: str) -> str:
    key = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    if "\x00" in key:
        raise ValueError("No key holds a null character.")
    return key


def _before(here: str, page: Any) -> str:
    number = page.previous_page_number()
    return remove_query_param(here, PAGE) if number == 1 else replace_query_param(here, PAGE, number)


def _number(query: Any, name: str, otherwise: int, most: int = LAST_PAGE) -> int:
    text = query.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or len(text) > 7 or not 1 <= int(text) <= most:
        raise ValidationError({name: [_("Give a number from 1 to %(most)s.") % {"most": most}]})
    return int(text)
