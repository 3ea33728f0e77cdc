"""The way from a profile on which a reader cannot write to the form for an introduction, and its words."""

from typing import Any

from django import template
from django.urls import reverse

from stakeholders.entries.models import Stakeholder
from stakeholders.introductions.enums import DeclineReason
from stakeholders.introductions.queries import held_task, is_offered, open_introduction

register = template.Library()


@register.inclusion_tag("stakeholders/introductions/_offer.html", takes_context=True)
def introduction_offer(context: dict[str, Any], stakeholder: Stakeholder, obstacle: Any) -> dict[str, Any]:
    """The offer with its days, or the introduction that the reader waits for; nothing while nobody holds it.

    `obstacle` keeps the reader from writing to the organization.
    """
    if not is_offered(stakeholder, obstacle):
        return {}
    if waiting := open_introduction(context["user"], stakeholder):
        return {"introduction": waiting}
    task = held_task()
    if task is None:
        return {}
    return {"days": task.days, "url": reverse("stakeholders:ask_introduction", args=[stakeholder.pk])}


@register.filter
def introduction_reason(code: str) -> Any:
    """Return why an introduction was declined, in the language in use; an unknown code as it is."""
    return dict(DeclineReason.choices).get(code, code)
