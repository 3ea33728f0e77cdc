"""Letters: messages from a regional focal point, or from the desk, to many stakeholders at once."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Hat(models.TextChoices):
    """As what somebody writes: to their own region, or as the desk to whom they choose."""

    REGIONAL = "regional", pgettext_lazy("who writes", "Regional focal point")
    DESK = "desk", pgettext_lazy("who writes", "The WhatsOn team")


class LetterState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a message to many", "Draft")
    WAITING = "waiting", pgettext_lazy("state of a message to many", "Pending release by the WhatsOn team")
    SENDING = "sending", pgettext_lazy("state of a message to many", "Sending")
    SENT = "sent", pgettext_lazy("state of a message to many", "Sent")
    STOPPED = "stopped", pgettext_lazy("state of a message to many", "Stopped")

    OUT = nonmember(("sending", "sent", "stopped"))


# What a text may hold, to be filled in for each reader.
PLACEHOLDERS = ("organization", "person")
# What stands for them where nobody in particular reads it.
STAND_INS = {"organization": _("[name of the organization]"), "person": _("[name of the person]")}
