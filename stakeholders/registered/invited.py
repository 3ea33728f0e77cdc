"""Invitations by the desk and State accounts in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.uploads import files
from notifications.hooks import kind
from stakeholders.models import DeskInvitation, StateAccount
from stakeholders.registered.concerns import holds


def _good_invitation(_user: Any, pk: int | None) -> bool:
    return pk is not None and DeskInvitation.objects.good().filter(pk=pk).exists()


def _good_state(_user: Any, pk: int | None) -> bool:
    return pk is not None and StateAccount.objects.good().filter(pk=pk).exists()


def _note(user: Any, pk: int) -> StateAccount | None:
    """The scanned note verbale, for those of the desk who keep State accounts; not for the person."""
    if not user.has_perm("stakeholders.keep_state_accounts"):
        return None
    return StateAccount.objects.visible_to(user).exclude(file="").filter(pk=pk).first()


def _may_invite(user: Any, _pk: int | None) -> bool:
    return bool(user) and user.has_perm("stakeholders.invite_stakeholders")


def _keeps_states(user: Any, _pk: int | None) -> bool:
    return bool(user) and user.has_perm("stakeholders.keep_state_accounts")


def _invites(user: Any) -> bool:
    return holds(user, Role.VETTING, Role.HEAD)


def _keeps(user: Any) -> bool:
    return holds(user, Role.HEAD, Role.ADMINISTRATOR)


files.register("note", _note)
kind(
    "stakeholders.invited_by_desk",
    label=_("The desk invites you to register"),
    group=_("Invitations by the desk"),
    secret=True,
    still_visible=_good_invitation,
)
kind(
    "stakeholders.state_invited",
    label=_("The desk invites you as a State user"),
    group=_("Invitations by the desk"),
    secret=True,
    still_visible=_good_state,
)
for _name, _asked, _concerned in (
    ("desk_invitation_declined", _may_invite, _invites),
    ("state_declined", _keeps_states, _keeps),
):
    kind(
        f"stakeholders.{_name}",
        label=_("An invited person declines"),
        group=_("Work of the desk"),
        still_visible=_asked,
        concerns=_concerned,
    )
kind(
    "stakeholders.state_ended",
    label=_("Your State account was ended"),
    group=_("Your account"),
    essential=True,
)
