"""The desk's menu beside each of its pages."""

from typing import Any

from django import template

from portal.desk.queries import Desk

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_menu(context: dict[str, Any]) -> Desk | None:
    """The menu, where a person of the desk looks at one of its pages. The desk's own home has it already."""
    if isinstance(desk := context.get("desk"), Desk):
        return desk
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or not getattr(user, "is_desk", False):
        return None
    desk = Desk(user, request.get_full_path())
    return desk if desk.is_at() else None
