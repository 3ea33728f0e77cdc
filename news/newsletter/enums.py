"""Where an issue of the newsletter stands."""

from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class IssueState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a newsletter", "Draft")
    SCHEDULED = "scheduled", pgettext_lazy("state of a newsletter", "Scheduled")
    SENDING = "sending", pgettext_lazy("state of a newsletter", "Being sent")
    SENT = "sent", pgettext_lazy("state of a newsletter", "Sent")

    # Out of the house: in the archive, and nothing of it changes any more.
    OUT = nonmember(("sending", "sent"))
