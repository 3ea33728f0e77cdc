"""Reports for a period: how they move."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class ReportStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of a report", "Draft")
    PUBLISHED = "published", pgettext_lazy("status of a report", "Published")


R = ReportStatus
REPORT_MOVES: dict[str, Move] = {
    "publish": Move((R.DRAFT,), R.PUBLISHED, _("Publish"), by="head", style="primary"),
    "withdraw": Move((R.PUBLISHED,), R.DRAFT, _("Unpublish it"), by="head", needs_reason=True, order=1),
}

# What the audit entry of a move reads as.
REPORT_SENTENCES = {
    "publish": _("%(actor)s published the report"),
    "withdraw": _("%(actor)s removed the report from public view"),
}
