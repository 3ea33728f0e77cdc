"""Introductions to organizations that take no messages of the reader: their states, moves and reasons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import CLOCK, Move

WORK = "introduction"  # what an introduction that waits is called among the work items
# The days within which an answer is promised.
LEAST_DAYS, MOST_DAYS = 1, 30
# How long after an answer the same person may ask for the same introduction again.
ASK_AGAIN_DAYS = 30
# Of one person a day, and to one organization a day.
MOST_OF_ONE, MOST_TO_ONE_ENTRY = 3, 5


class IntroductionStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("an introduction", "Waiting for an answer")
    PASSED_ON = "passed_on", pgettext_lazy("an introduction", "Passed on to the organization")
    INVITED = "invited", pgettext_lazy("an introduction", "Organization invited to claim its profile")
    DECLINED = "declined", pgettext_lazy("an introduction", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("an introduction", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("an introduction", "Closed without an answer")


class Way(models.TextChoices):
    """How an introduction reached the organization; addresses are not recorded."""

    PORTAL = "portal", _("Through WhatsOn, by e-mail to its administrators and editors")
    EMAIL = "email", _("By e-mail to a public address of the organization")
    FORM = "form", _("By the contact form on its website")
    TELEPHONE = "telephone", _("By telephone")
    PERSON = "person", _("In person")


class DeclineReason(models.TextChoices):
    """Why an introduction is declined; who asked reads it."""

    NO_ADDRESS = "no_address", _("No public address of the organization is known")
    OTHER_WORK = "other_work", _("The organization does other work")
    UNCLEAR = "unclear", _("It is not clear who asks, or why")
    ADVERTISING = "advertising", _("It is advertising, or a mass message")
    UNWANTED = "unwanted", _("The organization does not wish to be contacted")
    OTHER = "other", _("Another reason, given in the note")


_S = IntroductionStatus
_TEAM = "vetting or the regional focal point"
INTRODUCTION_MOVES = {
    "pass_on": Move(
        (_S.OPEN,),
        _S.PASSED_ON,
        _("Record that you passed it on"),
        decides=True,
        by=_TEAM,
        order=1,
        style="primary",
    ),
    "invite": Move(
        (_S.OPEN,),
        _S.INVITED,
        _("Invite the organization to claim its profile"),
        decides=True,
        by="vetting",
        order=2,
    ),
    "decline": Move(
        (_S.OPEN,),
        _S.DECLINED,
        _("Decline the introduction"),
        needs_reason=True,
        reasons=DeclineReason,
        decides=True,
        by=_TEAM,
        order=3,
        style="danger",
    ),
    "withdraw": Move((_S.OPEN,), _S.WITHDRAWN, _("Withdraw the request"), by="who asked", order=4),
    "expire": Move((_S.OPEN,), _S.EXPIRED, _("Close without an answer"), by=CLOCK),
}
