"""Invitations by the desk and State accounts in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.uploads import files
from notifications.registry import kind
from stakeholders.models import DeskInvitation, StateAccount


def _good_invitation(_user: Any, pk: int | None) -> bool:
    return pk is not None and DeskInvitation.objects.good().filter(pk=pk).exists()


def _good_state(_user: Any, pk: int | None) -> bool:
    return pk is not None and StateAccount.objects.good().filter(pk=pk).exists()


def _note(user: Any, pk: int) -> StateAccount | None:
    """The scanned note verbale, for those of the desk who keep State accounts; not for the person."""
    if not user.has_perm("stakeholders.keep_state_accounts"):
        return None
    return StateAccount.objects.visible_to(user).exclude(file="").filter(pk=pk).first()


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
kind(
    "stakeholders.state_ended",
    label=_("Your State account was ended"),
    group=_("Your account"),
    essential=True,
)
