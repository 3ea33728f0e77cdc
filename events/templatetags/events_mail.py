"""Codes in the facts of a mail, as words in its reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template

from events.proposals.enums import DeclineReason, SpeakerRole
from taxonomy.names.sorting import content_language

register = template.Library()


@register.filter
def decline_reason(code: str) -> str:
    return str(dict(DeclineReason.choices).get(code, ""))


@register.filter
def speaker_role(code: str) -> str:
    return str(dict(SpeakerRole.choices).get(code, ""))


@register.filter
def room(facts: Mapping[str, Any], side: str) -> str:
    """Return the room before or after (`side`) a change, in the mail's language where it is translated."""
    return str(facts.get(f"{side}_rooms", {}).get(content_language(), facts.get(f"{side}_room", "")))
