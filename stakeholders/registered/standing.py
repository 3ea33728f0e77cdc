"""The standing of a stakeholder in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.hooks import kind
from stakeholders.actions import standing
from stakeholders.models import Membership
from stakeholders.registered.concerns import acts_for_somebody
from stakeholders.registered.members import STAKEHOLDER
from workflow.hooks import after_batch, after_move, desk_pages


def _still_theirs(user: Any, pk: int | None) -> bool:
    """Whoever has left a stakeholder hears no more of it."""
    return pk is not None and Membership.objects.filter(user=user, stakeholder=pk).exists()


def _still_asked(user: Any, pk: int | None) -> bool:
    """A reminder that waits while somebody confirms is not sent any more."""
    found = Membership.objects.filter(user=user, stakeholder=pk).select_related("stakeholder").first()
    return found is not None and found.is_asked_to_confirm


after_move.register(STAKEHOLDER, standing.moved)
after_batch.register(STAKEHOLDER, standing.moved_many)
desk_pages.register(STAKEHOLDER, "vetting:stakeholder")
kind(
    "stakeholders.confirmation_due",
    label=_("Your entry is to be confirmed"),
    group=_("Your entries"),
    essential=True,
    still_visible=_still_asked,
)
for _name, _label, _essential in (
    ("lapse", _("Your entry has lapsed"), True),
    ("return", _("Your entry is back in the directory"), False),
    ("suspend", _("Your entry was suspended"), True),
    ("lift", _("The suspension of your entry was lifted"), True),
    ("withdraw", _("Your entry was withdrawn"), True),
):
    kind(
        f"stakeholders.entry_{_name}",
        label=_label,
        group=_("Your entries"),
        essential=_essential,
        still_visible=_still_theirs,
        concerns=acts_for_somebody,
    )
