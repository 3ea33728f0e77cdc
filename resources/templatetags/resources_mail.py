"""Codes in the facts of a mail, as words in its reader's language."""

from django import template

from resources.records.enums import RefusalReason, WithdrawalReason

register = template.Library()


@register.filter
def resource_reason(code: str) -> str:
    return str({**dict(RefusalReason.choices), **dict(WithdrawalReason.choices)}.get(code, ""))
