from typing import Any

from django import template
from django.template import Context

from notifications.bounces.models import Suppression
from notifications.bounces.queries import MAIL_CAME_BACK, held_address_of
from notifications.hooks import kinds
from notifications.inbox.queries import MOST, unread_of

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_count(context: Context) -> int | str:
    """How many unread notices the reader may still see, "99+" where there are more.

    A visitor costs no query; a reader one per request, and what the kinds of the unread need.
    """
    request: Any = context.get("request")
    user = getattr(request, "user", None)  # a request that was refused early on has none
    if user is None or not user.is_authenticated:
        return 0
    if not hasattr(request, "unread_notices"):
        count = unread_of(user)
        request.unread_notices = f"{MOST}+" if count > MOST else count
    return request.unread_notices


@register.simple_tag(takes_context=True)
def mail_came_back(context: Context) -> Suppression | None:
    """Why mail to the reader is held back, if it was when they signed in and still is.

    Costs a query only for them.
    """
    request: Any = context.get("request")
    session = getattr(request, "session", None)
    if session is None or not session.get(MAIL_CAME_BACK) or not request.user.is_authenticated:
        return None
    held = held_address_of(request.user)
    if held is None:
        del session[MAIL_CAME_BACK]
    return held


@register.filter
def kind_label(name: str) -> str:
    """What a kind of message is called, in the active language; its name where it is declared no more."""
    return str(kinds[name].label) if name in kinds else name
