"""Appointments of regional focal points and what they recommend, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from stakeholders.enums.regional import EndReason, View

sentence("stakeholders.appointed", _("%(actor)s appointed a regional focal point (%(places)s)"))
sentence("stakeholders.appointment_changed", _("%(actor)s changed the appointment of a regional focal point"))
sentence(
    "stakeholders.appointment_ended",
    _("%(actor)s ended the appointment of a regional focal point: %(reason)s"),
    labels={"reason": dict(EndReason.choices)},
)
sentence("stakeholders.appointment_over", _("The term of a regional focal point was over"))
sentence(
    "stakeholders.recommended",
    _("%(actor)s, regional focal point, said: %(view)s"),
    labels={"view": dict(View.choices)},
)
