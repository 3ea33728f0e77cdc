"""The script's saving between two breaths: what it hears.

{"said", "version"} · 401 {"problem"} signed out · 409 {"problem"} another window was first, or sent.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from core.clocks import saved_now
from core.errors import DomainError
from core.unsaved import forget_unsaved


def signed_out() -> JsonResponse:
    return JsonResponse({"problem": ""}, status=401)


def refused(why: str) -> JsonResponse:
    return JsonResponse({"problem": why}, status=409)


def kept(request: HttpRequest, name: str, form: Any, save: Callable[[], Any]) -> JsonResponse:
    """Keep of the form what can be read. `save` gives the row, with its new version.

    `name`: under which the fields wait where the session ended meanwhile.
    """
    is_whole = form.is_valid()
    if "version" not in form.cleaned_data:
        return refused(_("Please reload the page."))
    try:
        row = save()
    except DomainError as refusal:
        return refused(str(refusal))
    forget_unsaved(request, name)
    said = saved_now(getattr(request.user, "time_zone", ""))
    if not is_whole:
        said = _("%(saved)s, except what is not complete yet") % {"saved": said}
    return JsonResponse({"said": said, "version": row.version})
