"""Recommendations of regional focal points in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.hooks import sentence
from core.help_places import help_at
from notifications.hooks import asks_for_answer, kind
from stakeholders.applications.enums import APPLICATION, ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.rules import covers_places, vets
from stakeholders.recommendations.enums import View
from workflow.hooks import desk_roles

sentence(
    "stakeholders.recommended",
    _("%(actor)s, regional focal point, gave an opinion: %(view)s"),
    labels={"view": dict(View.choices)},
)


def _is_still_asked(user: Any, pk: int | None) -> bool:
    """Return whether the person may still see the application and it is undecided."""
    shared = Application.objects.shared_with(user).filter(status__in=ApplicationStatus.OPEN)
    return pk is not None and shared.filter(pk=pk).exists()


desk_roles.register(APPLICATION, (Role.VETTING,))
kind(
    "stakeholders.recommendation_asked",
    label=_("You are asked for your view of an application"),
    group=_("Your region"),
    still_visible=_is_still_asked,
    concerns=covers_places,
)
asks_for_answer("stakeholders.recommendation_asked")
kind(
    "stakeholders.recommendation_received",
    label=_("A regional focal point has given a view"),
    group=_("Work of the desk"),
    among=Application.objects.visible_to,
    concerns=vets,
)

help_at("focal-points#view", "stakeholders.recommendations")
