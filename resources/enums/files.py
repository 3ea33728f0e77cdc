"""How far a file has been looked at."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scan(models.TextChoices):
    """What the virus scanner said."""

    NOT_SCANNED = "not_scanned", _("Not scanned for viruses")
    CLEAN = "clean", _("Scanned, nothing found")
    INFECTED = "infected", _("A virus was found")
    FAILED = "failed", _("The scanner could not read it")


class TextState(models.TextChoices):
    """Where the reading of its text stands, by which search finds it."""

    WAITING = "waiting", pgettext_lazy("text of a file", "Waiting to be read")
    READING = "reading", pgettext_lazy("text of a file", "Being read")
    READ = "read", pgettext_lazy("text of a file", "Read")
    NONE = "none", pgettext_lazy("text of a file", "It holds no text")
    FAILED = "failed", pgettext_lazy("text of a file", "Could not be read")

    UNDER_WAY = nonmember(("waiting", "reading"))
