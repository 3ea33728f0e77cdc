"""Where an issue of the newsletter stands."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What the audit log calls beginning an issue and changing what it says.
WRITTEN = ("news.issue.made", "news.issue.changed")


class IssueState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a newsletter", "Draft")
    SCHEDULED = "scheduled", pgettext_lazy("state of a newsletter", "Scheduled")
    SENDING = "sending", pgettext_lazy("state of a newsletter", "Being sent")
    SENT = "sent", pgettext_lazy("state of a newsletter", "Sent")

    # Out of the house: in the archive, and nothing of it changes any more.
    OUT = nonmember(("sending", "sent"))


class Way(models.TextChoices):
    """How the desk looks for what goes into an issue."""

    NEW = "new", _("New since the last issue")
    ALL = "all", _("All public content")
    CLOSING = "closing", _("Closing soon")
