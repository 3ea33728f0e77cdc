"""Members and changes of entries in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.hooks import kind
from stakeholders.actions.changes import carry_out
from stakeholders.models import Invitation, Stakeholder
from stakeholders.queries import work
from stakeholders.registered.concerns import acts_for_somebody, vets
from workflow.hooks import appliers, desk_pages, my_work, parties_on

STAKEHOLDER = "stakeholders.stakeholder"


def _good_invitation(_user: Any, pk: int | None) -> bool:
    return pk is not None and Invitation.objects.good().filter(pk=pk).exists()


def _still_belongs(user: Any, pk: int | None) -> bool:
    return bool(user) and user.memberships.filter(stakeholder_id=pk).exists()


def _may_vet(user: Any, _pk: int | None) -> bool:
    return bool(user) and user.has_perm("stakeholders.vet_application")


def _parties_on_stakeholder(stakeholder: Stakeholder) -> set[str]:
    return {f"stakeholder:{stakeholder.pk}"}


appliers.register(STAKEHOLDER, carry_out)
parties_on.register(STAKEHOLDER, _parties_on_stakeholder)
desk_pages.register("workflow.changerequest", "vetting:change")

kind(
    "stakeholders.invited",
    label=_("You are invited to act for an organization"),
    group=_("Your organizations"),
    secret=True,
    still_visible=_good_invitation,
)
for _name, _label, _essential, _asked in (
    ("member_joined", _("A colleague has joined"), False, _still_belongs),
    ("invitation_declined", _("An invited person declines"), False, _still_belongs),
    ("member_left", _("A member has left"), False, _still_belongs),
    ("role_changed", _("Your role was changed"), True, _still_belongs),
    ("member_removed", _("Your membership was ended"), True, None),
    ("change_approved", _("A change of your entry was approved"), True, _still_belongs),
    ("change_refused", _("A change of your entry was refused"), True, _still_belongs),
):
    kind(
        f"stakeholders.{_name}",
        label=_label,
        group=_("Your organizations"),
        essential=_essential,
        still_visible=_asked,
        concerns=acts_for_somebody,
    )
kind(
    "stakeholders.change_proposed",
    label=_("A change of an entry waits for vetting"),
    group=_("Work of the desk"),
    still_visible=_may_vet,
    concerns=vets,
)
my_work.register("stakeholders", work.my_work)
