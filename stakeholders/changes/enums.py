"""What of an entry its own people change at once, and what the desk judges."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.applications.enums import NOT_ASKED, STEPS, label_of
from stakeholders.entries.enums import Kind

# What an entry's own people change at once, and what the desk has judged and judges again.
DIRECT = ("acronym", "city", "mission", "mission_language", "topics", "listing")
# The rest of what is changed at once, a page for each.
PARTS: dict[str, tuple[str, ...]] = {
    "names": ("other_names", "former_names"),
    "how": ("engagement_areas", "works_in", "languages", "articles"),
    "reach": ("offices", "contacts"),
    "standing": ("descriptors", "ecosoc_status", "cop_observer", "references"),
    "led": ("officers",),
}
PART_LABELS: dict[str, str | Promise] = {
    "names": _("Names in other languages, former names"),
    "how": STEPS["how"],
    "reach": STEPS["reach"],
    "standing": STEPS["standing"],
    "led": _("Officers"),
}
VETTED = ("name", "name_latin", "kind", "country", "website")


def direct_of(kind: str) -> list[str]:
    """What the people of an entry of this kind change at once, on the first page."""
    left_out = NOT_ASKED.get(Kind(kind), frozenset())
    return [name for name in DIRECT if name not in left_out]


def part_of(kind: str, part: str) -> list[str]:
    """What the page `part` of an entry of this kind asks; nothing where there is no such page."""
    left_out = NOT_ASKED.get(Kind(kind), frozenset())
    return [name for name in PARTS.get(part, ()) if name not in left_out]


def parts_of(kind: str) -> list[tuple[str, str | Promise]]:
    """(page, what it is called) of what else is changed at once."""
    return [(part, PART_LABELS[part]) for part in PARTS if part_of(kind, part)]


def changed_at_once(kind: str) -> list[str]:
    """All that the people of an entry of this kind change at once."""
    return direct_of(kind) + [name for part in PARTS for name in part_of(kind, part)]


def vetted_of(kind: str) -> list[str]:
    """What of an entry of this kind changes only with the desk. A person does not become an organization."""
    return [name for name in VETTED if kind != Kind.EXPERT or name != "kind"]


def entry_label(field: str, kind: str) -> str | Promise:
    """What a field of an entry is called."""
    return pgettext_lazy("of stakeholder", "Kind") if field == "kind" else label_of(field, kind)
