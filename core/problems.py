"""Refusals and failures for programs, as RFC 9457 has them: application/problem+json instead of a page."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

MEDIA_TYPE = "application/problem+json"
FOR_PROGRAMS, FOR_PEOPLE = "/api/", "/api/docs/"


def problem(code: int, detail: str, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`more`: further members, as `errors` by field."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(code).phrase,
        "status": int(code),
        "detail": detail,
        **(more or {}),
    }


def is_for_program(request: HttpRequest) -> bool:
    """Whether a program asks, which can do nothing with a page."""
    path = request.path_info
    return path.startswith(FOR_PROGRAMS) and not path.startswith(FOR_PEOPLE)


def problem_response(code: int, detail: Any, **headers: str) -> JsonResponse:
    """Asks nothing of the database; pages of others may read it, as all that programs are given."""
    response = JsonResponse(problem(code, str(detail)), status=code, content_type=MEDIA_TYPE, headers=headers)
    response["Cache-Control"] = "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    return response
