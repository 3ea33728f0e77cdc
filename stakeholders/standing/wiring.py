"""The standing of an entry in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from core.help_places import help_at
from notifications.hooks import asks_for_answer, kind
from stakeholders.entries.enums import STAKEHOLDER, StandingReason
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.rules import acts_for_somebody
from workflow.hooks import desk_pages

STANDING_REASONS = {"reason": dict(StandingReason.choices)}
for _name, _text in (("stakeholders.stakeholder.suspend", _("%(actor)s suspended the profile: %(reason)s")),):
    sentence(_name, _text, audience=Audience.SUBJECT, labels=STANDING_REASONS)
sentence("stakeholders.confirmed", _("%(actor)s confirmed the profile"), audience=Audience.SUBJECT)

# --- The standing of a stakeholder in the registries of the apps below -------------------------------


def _is_still_asked(user: Any, pk: int | None) -> bool:
    """Return whether a pending reminder is still due, since the entry was not confirmed meanwhile."""
    membership = Membership.objects.filter(user=user, stakeholder=pk).select_related("stakeholder").first()
    return membership is not None and membership.is_asked_to_confirm


desk_pages.register(STAKEHOLDER, "vetting:stakeholder")
kind(
    "stakeholders.confirmation_due",
    label=_("Your profile has to be confirmed"),
    group=_("Your profiles"),
    essential=True,
    still_visible=_is_still_asked,
)
asks_for_answer("stakeholders.confirmation_due")
for _name, _label, _essential in (
    ("stakeholders.entry_lapse", _("Your profile has lapsed"), True),
    ("stakeholders.entry_return", _("Your profile is back in the directory"), False),
    ("stakeholders.entry_suspend", _("Your profile was suspended"), True),
    ("stakeholders.entry_lift", _("The suspension of your profile was lifted"), True),
    ("stakeholders.entry_withdraw", _("Your profile was withdrawn"), True),
):
    kind(
        _name,
        label=_label,
        group=_("Your profiles"),
        essential=_essential,
        among=Stakeholder.objects.of_person,
        concerns=acts_for_somebody,
    )

help_at("profile#confirm", "stakeholders:confirm")
help_at("profile#leave", "stakeholders:withdraw_entry")
