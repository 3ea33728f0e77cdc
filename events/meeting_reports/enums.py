"""Reports of meetings and events: how they move, and what comes with them."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class ReportStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of a report", "Draft")
    SENT = "sent", pgettext_lazy("status of a report", "Submitted")
    RETURNED = "returned", pgettext_lazy("status of a report", "Returned for changes")
    PUBLISHED = "published", pgettext_lazy("status of a report", "Published")

    WRITTEN = nonmember(("draft", "returned"))


S = ReportStatus
REPORT_MOVES: dict[str, Move] = {
    "submit": Move(
        S.WRITTEN,
        S.SENT,
        pgettext_lazy("button of a report", "Submit the report"),
        by="rapporteur",
        style="primary",
    ),
    "publish": Move((S.SENT,), S.PUBLISHED, _("Publish"), by="events", decides=True, style="primary"),
    "return": Move(
        (S.SENT, S.PUBLISHED),
        S.RETURNED,
        pgettext_lazy("button of a report", "Send it back"),
        needs_reason=True,
        by="events",
        decides=True,
        order=1,
    ),
}

# What the audit entry of a move reads as.
REPORT_SENTENCES = {
    "submit": _("%(actor)s submitted the report"),
    "publish": _("%(actor)s published the report"),
    "return": _("%(actor)s sent the report back"),
}


class LinkKind(models.TextChoices):
    DOCUMENT = "document", _("Document")
    SLIDES = "slides", _("Slides")
    RECORDING = "recording", _("Recording")
    REPORT = "report", _("Report")
