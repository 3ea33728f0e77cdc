"""What of an entry its own people change at once, and what the desk judges."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from stakeholders.enums.applications import NOT_ASKED, label_of
from stakeholders.enums.entries import Kind

# What an entry's own people change at once, and what the desk has judged and judges again.
DIRECT = ("acronym", "city", "mission", "mission_language", "topics", "listing")
VETTED = ("name", "name_latin", "kind", "country", "website")


def direct_of(kind: str) -> list[str]:
    """What the people of an entry of this kind change at once."""
    left_out = NOT_ASKED.get(Kind(kind), frozenset())
    return [name for name in DIRECT if name not in left_out]


def vetted_of(kind: str) -> list[str]:
    """What of an entry of this kind changes only with the desk. A person does not become an organization."""
    return [name for name in VETTED if kind != Kind.EXPERT or name != "kind"]


def entry_label(field: str, kind: str) -> str | Promise:
    """What a field of an entry is called."""
    return pgettext_lazy("of stakeholder", "Kind") if field == "kind" else label_of(field, kind)
