"""Records in the registries of the apps below."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import kept_lists
from accounts.people.enums import Role
from notifications.hooks import Channel, kind, target
from resources.actions.curating import LOOK
from resources.actions.suggestions import carry_out
from resources.demo import load_demo_library
from resources.models import Resource, ResourceStakeholder
from resources.queries import records, work
from resources.queries.facts import present_of
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.hooks import before_merge, demo_parts
from workflow.hooks import after_move, appliers, desk_pages, desk_roles, my_work, parties_on, present
from workflow.items.actions import close_items, open_item, resume

RESOURCE = "resources.resource"


def _moved(resource: Resource, name: str, _decision: Any, _actor: Any) -> None:
    """What waits follows the record."""
    match name:
        case "submit" | "resubmit":
            open_item(resource, LOOK, waits_for=Role.CURATION)
            resume(resource)
        case "resume":
            resume(resource)
        case "publish" | "refuse" | "take_back" | "withdraw" | "merge":
            close_items(resource)


def _parties_on(resource: Resource) -> set[str]:
    """Whose matter a suggestion is. A record of the desk is published by whoever wrote it."""
    if resource.suggested_for_id is None:
        return set()
    return {f"person:{resource.suggested_by_id}", resource.party} - {"", "person:None"}


def _settle(kept: Any, gone: Any) -> None:
    """Before two stakeholders become one: each has a role in a resource once."""
    for link in ResourceStakeholder.objects.filter(stakeholder=kept):
        ResourceStakeholder.objects.filter(
            stakeholder=gone, resource=link.resource_id, role=link.role
        ).delete()


kept_lists.register("resources.guidance", (Role.CURATION, Role.ADMINISTRATOR))
after_move.register(RESOURCE, _moved)
parties_on.register(RESOURCE, _parties_on)
appliers.register(RESOURCE, carry_out)
present.register(RESOURCE, present_of)
desk_pages.register(RESOURCE, "resourcedesk:record")
desk_roles.register(RESOURCE, (Role.CURATION,))
before_merge.register("resources.stakeholders", _settle)
register(RESOURCE, records.documents, label=_("Resource"))
demo_parts.register("resources.library", load_demo_library)


def _curates(user: Any) -> bool:
    return holds(user, Role.CURATION)


target(
    "resource",
    label=_("Resource"),
    labels=records.titles_seen,
    path=lambda code: reverse("resources:by_number", args=[code]),
    brings=_("That a new version of it is published."),
)
kind(
    "resources.resource_published",
    label=_("A resource is published in the library"),
    group=pgettext_lazy("group of messages", "Library"),
    mail=Channel.DAILY,
    still_visible=records.is_read_by,
    readers=records.readers,
    seen=records.seen,
)
for _name, _label in (
    ("published", _("Your suggestion is in the library")),
    ("returned", _("The desk asks you about your suggestion")),
    ("refused", _("The desk does not take your suggestion")),
    ("withdrawn", _("A resource that you suggested is withdrawn")),
    ("change_approved", _("Your change of a resource is made")),
    ("change_declined", _("Your change of a resource is not made")),
):
    kind(
        f"resources.yours_{_name}",
        label=_label,
        group=_("Your suggestions for the library"),
        essential=True,
        still_visible=records.is_seen_by,
        concerns=acts_for_somebody,
    )
for _name, _label in (
    ("arrived", _("A suggestion for the library waits for the desk")),
    ("answered", _("A suggester has answered the desk")),
    ("change_proposed", _("A change of a resource waits for the desk")),
):
    kind(
        f"resources.{_name}",
        label=_label,
        group=_("Work of the desk"),
        still_visible=records.is_seen_by,
        concerns=_curates,
    )
my_work.register("resources", work.my_work)
