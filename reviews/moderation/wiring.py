"""Contributions among what may be reported and taken down."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.help_places import help_at
from reviews.contributions.models import Contribution
from reviews.moderation.actions import moderate_contribution
from stakeholders.hooks import Reportable, by_desk_moves, reportable


def _find(user: Any, pk: int) -> Contribution | None:
    return Contribution.objects.visible_to(user).select_related("call", "stakeholder").filter(pk=pk).first()


reportable.register(
    "reviews.contribution",
    Reportable(
        label=_("Contribution to a country review"),
        find=_find,
        stakeholder_of=lambda contribution: contribution.stakeholder,
        roles=(Role.REVIEWS,),
        **by_desk_moves(moderate_contribution),
    ),
)

help_at("calls#screen", "reviews.moderation")
help_at("taking-part#screened", "calls:rules")
