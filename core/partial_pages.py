"""Pages of which htmx asks for a part by itself."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def is_part(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for the part `target` of a page alone."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.target == target and not htmx.history_restore_request


def render_state(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, target: str
) -> HttpResponse:
    """A page that shows how far something is; its part `state` alone where htmx asks for `target`."""
    name = f"{template}#state" if is_part(request, target) else template
    response = render(request, name, dict(context))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
