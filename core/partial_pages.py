"""Pages of which htmx asks for a part by itself."""

from django.http import HttpRequest


def is_part(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for the part `target` of a page alone."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.target == target and not htmx.history_restore_request
