"""Changes of entries in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from audit.enums import Audience
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import kind
from stakeholders.changes.actions import carry_out
from stakeholders.changes.api import OwnProfileResource
from stakeholders.entries.enums import STAKEHOLDER
from stakeholders.entries.rules import vets
from workflow.hooks import Applier, appliers, desk_pages

sentence(
    "stakeholders.officers_changed",
    _("%(actor)s changed the officers; they were compared with the list in use"),
    audience=Audience.DESK,
)

appliers.register(STAKEHOLDER, Applier(carry_out))
desk_pages.register("workflow.changerequest", "vetting:change")


def _may_vet(user: Any, _pk: int | None) -> bool:
    return bool(user) and user.has_perm("stakeholders.vet_application")


kind(
    "stakeholders.change_proposed",
    label=_("A change of a profile to review"),
    group=_("Work of the desk"),
    still_visible=_may_vet,
    concerns=vets,
)

desk_card(
    "vetting:changes",
    group="vetting",
    position=20,
    title=_("Changes to profiles"),
    text=_("New names, kinds, countries and websites that their people propose."),
    permission="stakeholders.vet_application",
    work=("change",),
    do=_("Review change"),
)

help_at("vetting#changes", "vetting:changes", "vetting:change", "vetting:change_move")

resources.register("me/stakeholders", OwnProfileResource)
