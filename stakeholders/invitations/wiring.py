"""Invitations in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import kind
from stakeholders.entries.rules import holds
from stakeholders.invitations.models import DeskInvitation, Invitation
from stakeholders.invitations.queries import still_good

for _name, _text in (
    ("stakeholders.desk_invited", _("%(actor)s invited a person to register")),
    ("stakeholders.desk_invited_again", _("%(actor)s wrote to the invited person again")),
    ("stakeholders.desk_invitation_withdrawn", _("%(actor)s withdrew the invitation")),
    ("stakeholders.desk_invitation_declined", _("The invited person declined the invitation")),
    ("stakeholders.desk_invitation_accepted", _("%(actor)s accepted the invitation and began to register")),
    ("stakeholders.wave_made", _("%(actor)s imported a list: people to invite: %(count)s")),
    ("stakeholders.wave_added", _("%(actor)s added a person to the wave of invitations")),
    ("stakeholders.wave_started", _("%(actor)s had the wave of invitations sent")),
    (
        "stakeholders.wave_reminded",
        _("%(actor)s had reminders sent: invitations without an answer: %(count)s"),
    ),
    ("stakeholders.wave_paused", _("%(actor)s paused the wave of invitations")),
    ("stakeholders.wave_written", _("All invitations of the wave are written")),
):
    sentence(_name, _text)

kind(
    "stakeholders.invited",
    label=_("You are invited to act for an organization"),
    group=_("Your organizations"),
    secret=True,
    still_visible=still_good(Invitation),
)

# --- Invitations by the desk and State accounts in the registries of the apps below ------------------


def _may_invite(user: Any, _pk: int | None) -> bool:
    return bool(user) and user.has_perm("stakeholders.invite_stakeholders")


def _keeps_states(user: Any, _pk: int | None) -> bool:
    return bool(user) and user.has_perm("stakeholders.keep_state_accounts")


def _invites(user: Any) -> bool:
    return holds(user, Role.VETTING, Role.HEAD)


def _keeps(user: Any) -> bool:
    return holds(user, Role.HEAD, Role.ADMINISTRATOR)


kind(
    "stakeholders.invited_by_desk",
    label=_("Invitation to register"),
    group=_("Invitations by the WhatsOn team"),
    secret=True,
    still_visible=still_good(DeskInvitation),
)
for _name, _still_visible, _concerned in (
    ("stakeholders.desk_invitation_declined", _may_invite, _invites),
    ("stakeholders.state_declined", _keeps_states, _keeps),
):
    kind(
        _name,
        label=_("An invited person declines"),
        group=_("Work of the desk"),
        still_visible=_still_visible,
        concerns=_concerned,
    )

desk_card(
    "vetting:invitations",
    group="people",
    position=10,
    title=_("Invitations to register"),
    text=_("People invited by the WhatsOn team, one by one or in waves, and the former membership list."),
    permission="stakeholders.invite_stakeholders",
)

help_at("people#invite", "stakeholders.invitations")
help_at("registration#how", "stakeholders:invited", "stakeholders:own_invited")
help_at("profile#colleagues", "stakeholders:invitation", "stakeholders:own_invitation")
