"""Appointments of regional focal points in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import kind
from stakeholders.appointments.enums import EndReason
from stakeholders.appointments.models import Appointment

sentence("stakeholders.appointed", _("%(actor)s appointed a regional focal point (%(places)s)"))
sentence("stakeholders.appointment_changed", _("%(actor)s changed the appointment of a regional focal point"))
sentence(
    "stakeholders.appointment_ended",
    _("%(actor)s ended the appointment of a regional focal point: %(reason)s"),
    labels={"reason": dict(EndReason.choices)},
)
sentence("stakeholders.appointment_over", _("The term of a regional focal point was over"))


def _still_theirs(user: Any, pk: int | None) -> bool:
    return pk is not None and Appointment.objects.filter(user=user, pk=pk).exists()


for _name, _label in (
    ("stakeholders.appointed", _("You were appointed a regional focal point")),
    ("stakeholders.appointment_changed", _("Your appointment was changed")),
    ("stakeholders.appointment_ended", _("Your appointment has ended")),
):
    kind(_name, label=_label, group=_("Your region"), essential=True, still_visible=_still_theirs)

desk_card(
    "vetting:appointments",
    group="people",
    position=30,
    title=_("Regional focal points"),
    text=_("Who covers which regions and countries, and which are not covered."),
    permission="stakeholders.read_appointments",
)

help_at("people#focal-points", "stakeholders.appointments")
