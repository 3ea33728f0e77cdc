"""What can be handed in, joined, applied for or learned while it is open."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpportunityKind(models.TextChoices):
    CALL = "call", _("Call for contributions")
    DIALOGUE = "dialogue", _("Applications to a constructive dialogue")
    PROPOSALS = "proposals", _("Proposals for meetings")
    REGISTRATION = "registration", _("Registration for an event")
    GRANT = "grant", _("Grant")
    COURSE = "course", _("Course")

    @property
    def icon(self) -> str:
        return ICONS[self]


K = OpportunityKind
ICONS = {
    K.CALL: "chat-square-text",
    K.DIALOGUE: "people",
    K.PROPOSALS: "easel",
    K.REGISTRATION: "calendar-check",
    K.GRANT: "cash-coin",
    K.COURSE: "mortarboard",
}
