"""Parents and branches in the registries of the apps below, and in our own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.hooks import kind
from stakeholders.actions.family import follow_standing, parent_guard, settle_for_merge
from stakeholders.actions.guards import guards
from stakeholders.registered.concerns import acts_for_somebody
from stakeholders.registry import after_standing, before_merge


def _still_belongs(user: Any, pk: int | None) -> bool:
    return bool(user) and user.memberships.filter(stakeholder_id=pk).exists()


guards.register("parent", parent_guard)
after_standing.register("family", follow_standing)
before_merge.register("stakeholders.family", settle_for_merge)
for _name, _label in (
    ("asked", _("An organization asks to be linked as branch or parent")),
    ("confirmed", _("A link with a branch or parent was confirmed")),
    ("ended", _("A link with a branch or parent was ended")),
):
    kind(
        f"stakeholders.family_{_name}",
        label=_label,
        group=_("Your organizations"),
        still_visible=_still_belongs,
        concerns=acts_for_somebody,
    )
