"""Where somebody was going: the address that a request brings along, where it is a page of ours."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_own_path(target: str) -> bool:
    """A path from the root, without a host. `redirect` takes anything shorter for the name of a view."""
    return target.startswith("/") and url_has_allowed_host_and_scheme(target, None)


def next_of(request: HttpRequest, otherwise: str) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if is_own_path(target) else otherwise
