"""Calls for contributions: how they move, and who may answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class CallStatus(models.TextChoices):
    """Upcoming, open and closed follow from the clock and are never stored."""

    DRAFT = "draft", pgettext_lazy("status of a call", "Draft")
    PUBLISHED = "published", pgettext_lazy("status of a call", "Published")
    CANCELLED = "cancelled", pgettext_lazy("status of a call", "Cancelled")


class Answerers(models.TextChoices):
    """Whose stakeholders may contribute."""

    ALL = "all", _("Every stakeholder of the directory")
    COUNTRIES = "countries", _("Stakeholders in, or working in, the countries of the call")


S = CallStatus
CALL_MOVES: dict[str, Move] = {
    "publish": Move((S.DRAFT,), S.PUBLISHED, _("Publish the call"), by="reviews", style="primary"),
    "cancel": Move(
        (S.PUBLISHED,), S.CANCELLED, _("Cancel the call"), needs_reason=True, by="reviews", style="danger"
    ),
}
