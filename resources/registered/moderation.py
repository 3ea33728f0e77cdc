"""Records of the library in moderation, and their part of a stakeholder's dossier."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section
from accounts.people.enums import Role
from resources.actions.curating import withdraw
from resources.enums.records import WithdrawalReason
from resources.models import Resource
from resources.queries import dossier
from stakeholders.hooks import Act, Reportable, dossier_sections, reportable
from stakeholders.moderation.enums import Deed, ThingOutcome, ThingWhat, Why

_REASONS: dict[str, str] = {
    Why.UNTRUE: WithdrawalReason.ERROR,
    Why.ABUSE: WithdrawalReason.SAFETY,
    Why.PRIVACY: WithdrawalReason.SAFETY,
    Why.RIGHTS: WithdrawalReason.RIGHTS,
    Why.ADVERTISING: WithdrawalReason.MISTAKE,
    Why.TERMS: WithdrawalReason.MISTAKE,
}


def _find(user: Any, pk: int) -> Resource | None:
    rows = Resource.objects.visible_to(user).select_related("suggested_for__country")
    return rows.filter(pk=pk).first()


def _withdraw(resource: Resource, actor: Any, reason: str, note: str) -> None:
    withdraw(resource, actor=actor, reason=reason, note=note)


reportable.register(
    "resources.resource",
    Reportable(
        label=_("Record of the library"),
        find=_find,
        whose=lambda resource: resource.suggested_for,
        roles=(Role.CURATION,),
        what=ThingWhat.choices,
        outcomes=ThingOutcome.choices,
        dismissed=ThingOutcome.FOUND_RIGHT,
        acts={Deed.REMOVE: Act(ThingOutcome.TAKEN_DOWN, _withdraw, _REASONS)},
    ),
)
dossier_sections.register(
    "resources",
    Section(
        _("Records of the library"),
        _("What was suggested for the stakeholder, and what was decided."),
        dossier.resources,
    ),
)
