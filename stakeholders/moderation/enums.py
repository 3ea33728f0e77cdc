"""What is reported of anything on the portal, and what those who moderate do about it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class ReportWhat(models.TextChoices):
    """What somebody finds wrong with an entry."""

    WRONG = "wrong", _("Something in it is not true, or no longer")
    NOT_REAL = "not_real", _("The organization or person does not exist")
    IMPOSTOR = "impostor", _("A person speaks for an organization without being entitled to")
    ABUSIVE = "abusive", _("It insults, threatens or incites hatred")
    PRIVATE = "private", _("It discloses private information, or endangers people")
    DUPLICATE = "duplicate", _("The same organization or person is listed twice")
    OTHER = "other", _("Something else")


class ReportOutcome(models.TextChoices):
    CORRECTED = "corrected", _("The profile was corrected")
    REMOVED = "removed", _("The profile was removed from the directory")
    UNDER_WATCH = "under_watch", _("The organization was asked to correct or explain it")
    UNFOUNDED = "unfounded", _("The profile is correct")
    NOT_CHECKED = "not_checked", _("It could not be verified with the information given")
    ABUSE = "abuse", _("The report itself is abusive or advertising")


class MessageWhat(models.TextChoices):
    """Why the people of an entry report a message."""

    ADVERTISING = "advertising", _("Advertising, or a mass message")
    FRAUD = "fraud", _("It asks for money, passwords or documents, or impersonates another person")
    THREAT = "threat", _("It threatens, blackmails or insults")
    PRYING = "prying", _("It seeks private information, or endangers people")
    UNFITTING = "unfitting", _("Something else in it should not be sent")


class MessageOutcome(models.TextChoices):
    """What came of such a report."""

    WARNED = "warned", _("The author was warned")
    KEPT_OUT = "kept_out", _("The account that wrote it was closed")
    HARMLESS = "harmless", _("The message respects the terms of use")


class ThingWhat(models.TextChoices):
    """What somebody finds wrong with a text, a record or an event; entries have words of their own."""

    WRONG = ReportWhat.WRONG.value, ReportWhat.WRONG.label
    IMPOSTOR = ReportWhat.IMPOSTOR.value, ReportWhat.IMPOSTOR.label
    ABUSIVE = ReportWhat.ABUSIVE.value, ReportWhat.ABUSIVE.label
    PRIVATE = ReportWhat.PRIVATE.value, ReportWhat.PRIVATE.label
    RIGHTS = "rights", _("It uses a text or a picture of others without permission")
    SPAM = "spam", _("It is advertising")
    OTHER = ReportWhat.OTHER.value, ReportWhat.OTHER.label


class ThingOutcome(models.TextChoices):
    """What came of such a report."""

    FIXED = "fixed", _("It was corrected")
    HIDDEN = "hidden", _("It was hidden")
    TAKEN_DOWN = "taken_down", _("It was taken down")
    FOUND_RIGHT = "found_right", _("It is correct")
    NOT_CHECKED = ReportOutcome.NOT_CHECKED.value, ReportOutcome.NOT_CHECKED.label
    ABUSE = ReportOutcome.ABUSE.value, ReportOutcome.ABUSE.label


class Deed(models.TextChoices):
    """What is done with what was reported; each kind of thing says by which of its own acts."""

    HIDE = "hide", _("Hide it; it can be brought back")
    REMOVE = "remove", _("Remove it for good")
    DISMISS = "dismiss", _("Leave it as it is")


class Why(models.TextChoices):
    """One reason for many things at once; each kind of thing has its own word for it."""

    UNTRUE = "untrue", _("It is not true")
    ABUSE = "abuse", _("It insults, threatens or incites hatred")
    PRIVACY = "privacy", _("It discloses private information, or endangers people")
    RIGHTS = "rights", _("It uses what belongs to others without permission")
    ADVERTISING = "advertising", _("It is advertising")
    TERMS = "terms", _("It breaches the terms of use")


# How anything reads that the desk took from the eyes of readers, whatever it is.
HIDDEN, REMOVED = _("Hidden by the WhatsOn team"), _("Removed by the WhatsOn team")


class Standing(models.TextChoices):
    """Whether a thing without other states stands where readers find it."""

    SHOWN = "shown", pgettext_lazy("status of something that is read", "Shown")
    HIDDEN = "hidden", HIDDEN
    REMOVED = "removed", REMOVED


def desk_moves(
    shown: tuple[str, ...], hidden: str, removed: str, *, back: str, by: str, also: tuple[str, ...] = ()
) -> dict[str, Move]:
    """What moderation does with a kind of thing: hide it, show it again, take it down for good.

    `shown`: the states in which it can be hidden; `also`: those from which it can only be taken down.
    """
    why: dict[str, Any] = {"needs_reason": True, "reasons": Why, "by": by, "decides": True}
    return {
        "suspend": Move(shown, hidden, Deed.HIDE.label, order=8, style="danger", **why),
        "restore": Move((hidden,), back, _("Show it again"), by=by, decides=True, order=8),
        "remove": Move((*shown, *also, hidden), removed, Deed.REMOVE.label, order=9, style="danger", **why),
    }
