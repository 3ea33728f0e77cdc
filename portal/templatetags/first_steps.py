"""A list of first steps on the page where it belongs."""

from typing import Any

from django import template

from portal.first_steps.enums import Steps
from portal.first_steps.queries import ShownSteps, steps_for

register = template.Library()


@register.simple_tag(takes_context=True)
def first_steps(context: dict[str, Any], code: str) -> ShownSteps | None:
    """The list of this name, for the reader of the page; None where there is none."""
    return steps_for(context["user"], Steps(code))
