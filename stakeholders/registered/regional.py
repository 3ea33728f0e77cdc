"""Regional focal points in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from notifications.hooks import kind
from stakeholders.enums import ApplicationStatus
from stakeholders.models import Application, Appointment
from stakeholders.registered.applications import APPLICATION, still_visible
from stakeholders.registered.concerns import covers_places, vets
from workflow.hooks import desk_roles


def _still_asked(user: Any, pk: int | None) -> bool:
    """Still theirs to see, and not decided meanwhile."""
    shared = Application.objects.shared_with(user).filter(status__in=ApplicationStatus.OPEN)
    return pk is not None and shared.filter(pk=pk).exists()


def _still_theirs(user: Any, pk: int | None) -> bool:
    return pk is not None and Appointment.objects.filter(user=user, pk=pk).exists()


desk_roles.register(APPLICATION, (Role.VETTING,))
kind(
    "stakeholders.recommendation_asked",
    label=_("You are asked for your view of an application"),
    group=_("Your region"),
    still_visible=_still_asked,
    concerns=covers_places,
)
kind(
    "stakeholders.recommendation_received",
    label=_("A regional focal point has given a view"),
    group=_("Work of the desk"),
    still_visible=still_visible,
    concerns=vets,
)
for _name, _label in (
    ("appointed", _("You were appointed a regional focal point")),
    ("appointment_changed", _("Your appointment was changed")),
    ("appointment_ended", _("Your appointment has ended")),
):
    kind(
        f"stakeholders.{_name}",
        label=_label,
        group=_("Your region"),
        essential=True,
        still_visible=_still_theirs,
    )
