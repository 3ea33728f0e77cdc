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
    NONE = "none", pgettext_lazy("text of a file", "It contains no text")
    FAILED = "failed", pgettext_lazy("text of a file", "Could not be read")

    UNDER_WAY = nonmember(("waiting", "reading"))


class TextFault(models.TextChoices):
    """Why no text, or not all of it, could be read: for those who look after the file."""

    ENCRYPTED = "encrypted", _("It is locked with a password. Please send a copy that opens without one.")
    BROKEN = (
        "broken",
        _("It is damaged, or not of the type it claims. Please save it again and upload it once more."),
    )
    HOSTILE = "hostile", _("It has an unusual structure, so it could not be read.")
    TOO_LARGE = "too_large", _("Reading it takes more memory than we allow. A simpler copy may work.")
    TOO_SLOW = "too_slow", _("Reading it takes longer than we allow. A simpler copy may work.")
    TOO_LONG = "too_long", _("It is so long that only its first pages can be searched.")
    GIVEN_UP = (
        "given_up",
        _("Reading the file stopped several times for an unknown reason. You may try again."),
    )
