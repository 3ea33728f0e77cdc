"""Grants and courses that others offer: their kinds, states and moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move

WORK = "offering"  # what a suggestion that waits is called among the work items
# What reading a suggestion and opening its link takes; the desk's page computes hours from it.
MINUTES_EACH = 3
TEAM = 3


class OfferingKind(models.TextChoices):
    GRANT = "grant", _("Grant")
    COURSE = "course", _("Course")


class Level(models.TextChoices):
    FIRST = "first", pgettext_lazy("level of a course", "Introductory")
    MIDDLE = "middle", pgettext_lazy("level of a course", "Intermediate")
    ADVANCED = "advanced", pgettext_lazy("level of a course", "Advanced")


class OfferingStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a suggestion", "Draft")
    SENT = "sent", pgettext_lazy("a suggestion", "With the WhatsOn team")
    PUBLISHED = "published", pgettext_lazy("a suggestion", "Published")
    DECLINED = "declined", pgettext_lazy("a suggestion", "Declined")
    REMOVED = "removed", pgettext_lazy("a suggestion", "Taken out")


class DeclineReason(models.TextChoices):
    """Why it is not published, or no longer; its suggester reads it."""

    OTHER_SUBJECT = "other_subject", _("It does not concern the Convention or its Protocols")
    KNOWN = "known", _("It is on the list or in the library already")
    FEE = "fee", _("It asks applicants for money")
    UNCLEAR = "unclear", _("It is not clear who offers it")
    OVER = "over", _("It is over, or its link leads nowhere")
    OTHER = "other", _("Another reason, given in the note")


_S = OfferingStatus
_TEAM = "the keepers of the library"
OFFERING_MOVES = {
    "submit": Move((_S.DRAFT,), _S.SENT, _("Send the suggestion"), by="who suggests it", order=1),
    "take_back": Move((_S.SENT,), _S.DRAFT, _("Take it back"), by="who suggests it", order=2),
    "publish": Move((_S.SENT,), _S.PUBLISHED, _("Publish"), decides=True, by=_TEAM, order=1, style="primary"),
    "return": Move(
        (_S.SENT,), _S.DRAFT, _("Return for changes"), needs_reason=True, decides=True, by=_TEAM, order=2
    ),
    "decline": Move(
        (_S.SENT,),
        _S.DECLINED,
        _("Decline"),
        needs_reason=True,
        reasons=DeclineReason,
        decides=True,
        by=_TEAM,
        order=3,
        style="danger",
    ),
    "remove": Move(
        (_S.PUBLISHED,),
        _S.REMOVED,
        _("Take it out"),
        needs_reason=True,
        reasons=DeclineReason,
        decides=True,
        by=_TEAM,
        order=4,
        style="danger",
    ),
}
OFFERING_SENTENCES = {
    "submit": _("%(actor)s sent the suggestion"),
    "take_back": _("%(actor)s withdrew the suggestion"),
    "publish": _("%(actor)s published it among the opportunities"),
    "return": _("%(actor)s returned the suggestion for changes"),
    "decline": _("%(actor)s declined the suggestion: %(reason)s"),
    "remove": _("%(actor)s removed it from the opportunities: %(reason)s"),
}
