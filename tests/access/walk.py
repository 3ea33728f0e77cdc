"""Every address of the portal, the table that says who gets what there, and asking as somebody."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache as cache_once
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

TABLE = Path(__file__).with_name("table.txt")
# What a cell of the table says, by what the answer is.
OK, ELSEWHERE, SIGN_IN, SECOND_FACTOR, MISSING, REFUSED, METHOD, GONE = (
    "ok",
    "to",
    "in",
    "2f",
    ".",
    "no",
    "m",
    "x",
)
BY_STATUS = {200: OK, 204: OK, 403: REFUSED, 404: MISSING, 405: METHOD, 410: GONE}


@dataclass(frozen=True)
class AddressRow:
    """One line: an address (a name of Django's, "*" for any part of it), what about, how, role → cell."""

    name: str
    about: str
    method: str
    cells: dict[str, str]


@cache_once
def rows() -> list[AddressRow]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    roles = lines[0][3:]
    return [AddressRow(*line[:3], dict(zip(roles, line[3:], strict=True))) for line in lines[1:]]


def roles() -> list[str]:
    return list(rows()[0].cells)


@cache_once
def patterns() -> dict[str, URLPattern]:
    """Every address by its full name. What has no name stands under how it is written."""
    return {name: pattern for name, _route, pattern in _walk(get_resolver(), "", "")}


@cache_once
def routes() -> dict[str, str]:
    """How every address is written, from its language on, by its full name."""
    return {name: route for name, route, _pattern in _walk(get_resolver(), "", "")}


def _walk(resolver: URLResolver, space: str, path: str) -> Iterator[tuple[str, str, URLPattern]]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else f"{space}{here}"), here, entry
        else:
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space, here)


def names_of(row: AddressRow) -> list[str]:
    return [name for name in patterns() if fnmatch(name, row.name)]


VERBS = ("GET", "POST", "PATCH", "DELETE")
# Addresses of programs: these send JSON, and the tag of what they read.
PROGRAMS = "api:"
# Django's admin, which has no lines in the table.
ADMIN = "admin:"

# What the rightful would send where an empty form means nothing at all.
SENT_FIELDS = {
    "stakeholders:change_invitation": {"withdraw": "1"},
    "stakeholders:join_request": {"decline": "1"},
    "stakeholders:claim_proof": {"send": "1"},
}


def ask(
    client: Any, method: str, name: str, about: dict[str, Any], question: dict[str, str] | None = None
) -> HttpResponseBase:
    """The answer to somebody; whatever it changed is taken back, so that rows do not know each other.

    `question`: the query of the address, where a page takes one.
    """
    if "slug" not in patterns()[name].pattern.converters:
        about = {key: value for key, value in about.items() if key != "slug"}
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method.lower())(
            reverse(name, kwargs=about), **_request_data(method, name, question)
        )
        if response.streaming:
            response.getvalue()  # read to its end, as a browser would
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def _request_data(method: str, name: str, question: dict[str, str] | None) -> dict[str, Any]:
    if method == "GET":
        return {"data": question}
    if name.startswith(PROGRAMS):
        return {"data": {}, "content_type": "application/json", "headers": {"If-Match": "*"}}
    return {"data": SENT_FIELDS.get(name)}


def cell_of(response: HttpResponseBase) -> str:
    to = response.headers.get("Location", "")
    if "/accounts/login/" in to:
        return SIGN_IN
    if "/accounts/2fa/" in to:
        return SECOND_FACTOR
    return ELSEWHERE if to else BY_STATUS.get(response.status_code, str(response.status_code))
