"""The script's saving between two breaths: what it hears.

{"said", "version"} · 401 {"problem"} signed out · 409 {"problem"} another window was first, or sent.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.resumed_posts import forget_unsaved
from core.time_display import saved_message


def signed_out() -> JsonResponse:
    return JsonResponse({"problem": ""}, status=401)


def refusal_answer(why: str) -> JsonResponse:
    return JsonResponse({"problem": why}, status=409)


def autosave(request: HttpRequest, name: str, form: Any, save: Callable[[], Any]) -> JsonResponse:
    """Keep of the form what can be read. `save` gives the row, with its new version.

    `name`: under which the fields wait where the session ended meanwhile.
    """
    is_whole = form.is_valid()
    if "version" not in form.cleaned_data:
        return refusal_answer(_("Please reload the page."))
    try:
        row = save()
    except DomainError as refusal:
        return refusal_answer(str(refusal))
    forget_unsaved(request, name)
    message = saved_message(getattr(request.user, "time_zone", ""))
    if not is_whole:
        message = _("%(saved)s, except what is not complete yet") % {"saved": message}
    return JsonResponse({"said": message, "version": row.version})
