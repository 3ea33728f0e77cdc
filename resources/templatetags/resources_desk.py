"""How records are told at the desk and to suggesters. None of these asks the database."""

from collections.abc import Mapping
from typing import Any

from django import template

from resources.curation.queries import Difference, readable_differences
from resources.records.enums import RefusalReason, WithdrawalReason
from resources.records.models import Resource
from resources.records.queries import EDITION, OF_DESK

register = template.Library()

LOOKS = {
    "draft": "quiet",
    "pending": "waiting",
    "hold": "waiting",
    "published": "done",
    "archived": "quiet",
    "refused": "refused",
    "withdrawn": "refused",
    "merged": "quiet",
}


@register.filter
def resource_look(resource: Resource) -> str:
    return LOOKS[resource.status]


@register.filter
def refusal_reason(code: str) -> str:
    """Return the reason of a refusal or a withdrawal, in the reader's language."""
    return str({**dict(RefusalReason.choices), **dict(WithdrawalReason.choices)}.get(code, code))


@register.filter
def as_rows(facts: Mapping[str, Any]) -> list[Difference]:
    """Return what a record says, field by field, with labels, without empty fields."""
    changes: dict[str, list[Any]] = {}
    for name, value in facts.items():
        if name in OF_DESK or not value:
            continue
        if name.startswith(EDITION):
            changes |= {f"{name}.{part}": ["", text] for part, text in value.items()}
        else:
            changes[name] = [[] if isinstance(value, list) else "", value]
    return readable_differences(changes)


@register.filter
def of_field(guidance: Mapping[str, Any], name: str) -> Any:
    return guidance.get(name)
