"""What of an entry its own people change at once, and what the desk judges."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.applications.enums import FIELDS, STEPS, label_of, unasked_fields
from stakeholders.entries.enums import Kind

# The pages of what is changed at once, beside the first one.
PART_LABELS: dict[str, str | Promise] = {
    "missions": _("Mission in other languages"),
    "names": _("Names in other languages, former names"),
    "how": STEPS["how"],
    "reach": STEPS["reach"],
    "standing": _("Standing, identifiers and references"),
    "publications": _("Publications on other websites"),
    "led": _("Officers"),
}


def _fields_changed(how: str) -> tuple[str, ...]:
    return tuple(name for name, question in FIELDS.items() if question.changes == how)


# What an entry's own people change at once, and what the desk has judged and judges again.
DIRECT = _fields_changed("at_once")
PARTS = {part: _fields_changed(part) for part in PART_LABELS}
VETTED = list(_fields_changed("vetted"))
VETTED.insert(VETTED.index("country"), "kind")  # chosen before the first question


def direct_of(kind: str) -> list[str]:
    """What the people of an entry of this kind change at once, on the first page."""
    return [name for name in DIRECT if name not in unasked_fields(kind)]


def part_of(kind: str, part: str) -> list[str]:
    """What the page `part` of an entry of this kind asks; nothing where there is no such page."""
    return [name for name in PARTS.get(part, ()) if name not in unasked_fields(kind)]


def parts_of(kind: str) -> list[tuple[str, str | Promise]]:
    """(page, what it is called) of what else is changed at once."""
    return [(part, PART_LABELS[part]) for part in PARTS if part_of(kind, part)]


def fields_changed_at_once(kind: str) -> list[str]:
    """Return the fields that the people of an entry of this kind change without vetting."""
    return direct_of(kind) + [name for part in PARTS for name in part_of(kind, part)]


def vetted_of(kind: str) -> list[str]:
    """What of an entry of this kind changes only with the desk. A person does not become an organization."""
    return [name for name in VETTED if kind != Kind.EXPERT or name != "kind"]


def entry_label(field: str, kind: str) -> str | Promise:
    """What a field of an entry is called."""
    return pgettext_lazy("of stakeholder", "Kind") if field == "kind" else label_of(field, kind)
