"""Every refusal as one shape: application/problem+json (RFC 9457), with `errors` by field."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from core.errors import DomainError, TooMany, WrongState
from core.problems import MEDIA_TYPE, problem


class Refused(exceptions.APIException):
    """A refusal with a status of its own, and more members of the problem."""

    def __init__(self, code: HTTPStatus, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status_code = code
        self.more = more


class UnknownParameters(exceptions.APIException):
    """What was asked has no meaning here: nothing is left out silently."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, unknown: list[str], known: list[str]) -> None:
        super().__init__(_("There are parameters in the address that this resource does not have."))
        self.more = {
            "errors": {name: [_("There is no such parameter.")] for name in unknown},
            "parameters": known,
        }


def problem_of(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's handler of exceptions; None for what is our own mistake."""
    error = _as_refusal(error)
    if not isinstance(error, exceptions.APIException):
        return None
    more = dict(getattr(error, "more", {}))
    headers = more.pop("headers", {})
    if header := getattr(error, "auth_header", None):
        failed = isinstance(error, exceptions.AuthenticationFailed)
        headers["WWW-Authenticate"] = header + (', error="invalid_token"' if failed else "")
    if isinstance(error, exceptions.ValidationError):
        more["errors"] = _by_field(error.detail)
        detail = _("Some values cannot be understood.")
    else:
        detail = str(error.detail)
    return Response(
        problem(error.status_code, detail, more), error.status_code, headers=headers, content_type=MEDIA_TYPE
    )


def _as_refusal(error: Exception) -> Exception:
    match error:
        case TooMany():
            headers = {"Retry-After": str(error.retry_after)}
            error = Refused(HTTPStatus.TOO_MANY_REQUESTS, str(error), headers=headers)
        case WrongState():
            error = Refused(HTTPStatus.CONFLICT, str(error))
        case DomainError():
            messages = error.fields or {"": str(error)}
            by_field = {"" if name == "__all__" else name: [text] for name, text in messages.items()}
            error = exceptions.ValidationError(by_field)
        case Http404():
            error = exceptions.NotFound(_("There is nothing at this address."))
        case PermissionDenied():
            error = exceptions.PermissionDenied(str(error) or None)
    return error


def _by_field(detail: Any) -> Any:
    """Field → its messages; what is about no one field stands under "" """
    return detail if isinstance(detail, dict) else {"": detail if isinstance(detail, list) else [detail]}
