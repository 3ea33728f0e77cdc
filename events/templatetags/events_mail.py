"""Codes in the facts of a mail, as words in its reader's language."""

from django import template

from events.enums import DeclineReason, SpeakerRole

register = template.Library()


@register.filter
def decline_reason(code: str) -> str:
    return str(dict(DeclineReason.choices).get(code, ""))


@register.filter
def speaker_role(code: str) -> str:
    return str(dict(SpeakerRole.choices).get(code, ""))
