"""What a view says of itself in one line: who may open it, and by which verbs.

Everybody has to be signed in, which LoginRequiredMiddleware sees to, except where a view is `public`. Where a
`permission` is lacking the page is not there (404). `fresh` keeps browsers from showing a copy of their own.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

type View = Callable[..., HttpResponseBase]


class Access(NamedTuple):
    """What a view declares, as its attribute `access`. Of a public one `login_required` is False besides."""

    verbs: tuple[str, ...]
    permission: str


def page_view[V: View](
    *, permission: str = "", public: bool = False, fresh: bool = False
) -> Callable[[V], V]:
    """A page that is only read: GET and HEAD."""
    return _decorator(("GET", "HEAD"), permission, public=public, fresh=fresh)


def form_view[V: View](
    *, permission: str = "", public: bool = False, fresh: bool = False
) -> Callable[[V], V]:
    """A page with a form that is sent to its own address: GET, HEAD and POST."""
    return _decorator(("GET", "HEAD", "POST"), permission, public=public, fresh=fresh)


def act_view[V: View](*, permission: str = "", public: bool = False, fresh: bool = False) -> Callable[[V], V]:
    """An act without a page of its own: POST alone."""
    return _decorator(("POST",), permission, public=public, fresh=fresh)


def _decorator(verbs: tuple[str, ...], permission: str, *, public: bool, fresh: bool) -> Callable[[Any], Any]:
    def decorate(view: View) -> View:
        decorated = require_http_methods(verbs)(_require_permission(view, permission) if permission else view)
        if fresh:
            decorated = never_cache(decorated)
        cast(Any, decorated).access = Access(verbs, permission)
        return login_not_required(decorated) if public else decorated

    return decorate


def _require_permission(view: View, permission: str) -> View:
    @wraps(view)
    def permitted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(permission):
            raise Http404
        return view(request, *args, **kwargs)

    return permitted
