"""What somebody sent after their session had ended: kept beside the sign-in, and given back after it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from core.limits import spend, visitor_of

MOST_SIGNS = 400_000
NOT_KEPT = ("csrfmiddlewaretoken", "more", "less", "check")
MOST, SECONDS = 20, 3600  # from one address of the network


def _key(name: str) -> str:
    return f"unsaved:{name}"


def keep_unsaved(request: HttpRequest, name: str) -> bool:
    """Keep the fields of this POST (no files) in the session of a visitor; False where they are too long."""
    fields = {key: values for key, values in request.POST.lists() if key not in NOT_KEPT}
    if sum(len(value) for values in fields.values() for value in values) > MOST_SIGNS:
        return False
    spend("core.unsaved", visitor_of(request), most=MOST, seconds=SECONDS)
    request.session[_key(name)] = fields
    return True


def resumed_post(request: HttpRequest, name: str) -> QueryDict | None:
    """What was kept, as if it had been posted; it stays until it is saved or thrown away."""
    fields: dict[str, list[Any]] | None = request.session.get(_key(name))
    if fields is None:
        return None
    data = QueryDict(mutable=True)
    for key, values in fields.items():
        data.setlist(key, values)
    return data


def typed_before(request: HttpRequest, name: str) -> QueryDict | None:
    """As `unsaved`, and the person is told what it is."""
    typed = resumed_post(request, name)
    if typed is not None:
        messages.warning(
            request, _("This is what you wrote before you were signed out. It is not saved yet.")
        )
    return typed


def forget_unsaved(request: HttpRequest, name: str) -> None:
    request.session.pop(_key(name), None)


def to_sign_in(request: HttpRequest, name: str) -> HttpResponse:
    """Whoever was signed out while writing: what was sent meanwhile waits behind the sign-in."""
    if request.method == "POST":
        messages.warning(
            request,
            _("You were signed out. What you wrote has been saved: sign in to continue.")
            if keep_unsaved(request, name)
            else _(
                "You were signed out, and what you wrote is too long to be saved here. "
                "Sign in in another window, then return to this one and save again."
            ),
        )
    return redirect_to_login(request.get_full_path())
