"""Constructive dialogues: how an application to one moves, and by which classes of reason."""

from enum import nonmember

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import CLOCK, Move

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class LineStatus(models.TextChoices):
    """One dialogue of one application. What comes after acceptance lives in the registration."""

    DRAFT = "draft", pgettext_lazy("status of a dialogue application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("status of a dialogue application", "Received")
    SHORTLISTED = "shortlisted", pgettext_lazy("status of a dialogue application", "Shortlisted")
    WITH_BUREAU = "with_bureau", pgettext_lazy("status of a dialogue application", "With the Extended Bureau")
    ACCEPTED = "accepted", pgettext_lazy("status of a dialogue application", "Accepted")
    WAITING = "waiting", pgettext_lazy("status of a dialogue application", "On the waiting list")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("status of a dialogue application", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a dialogue application", "Withdrawn")

    SENT = nonmember(
        ("submitted", "shortlisted", "with_bureau", "accepted", "waiting", "not_accepted", "withdrawn")
    )
    UNDECIDED = nonmember(("submitted", "shortlisted", "with_bureau"))
    DECIDED = nonmember(("accepted", "waiting", "not_accepted"))
    OVER = nonmember(("not_accepted", "withdrawn"))


LOOKS: dict[str, str] = {
    "submitted": "waiting",
    "shortlisted": "waiting",
    "with_bureau": "bureau",
    "accepted": "done",
    "waiting": "info",
    "not_accepted": "refused",
}


class DeskReason(models.TextChoices):
    """Why the desk itself does not pass an application on; open to reconsideration."""

    NO_EXPERTISE = "no_expertise", _("No expertise in the topics of this dialogue is shown")
    INCOMPLETE = "incomplete", _("What is needed to decide is missing")
    DOUBLE = "double", _("The stakeholder applied more often than places are given")
    SCOPE = "scope", _("It is outside the purpose of the dialogue")


class BureauReason(models.TextChoices):
    """The classes that the Extended Bureau's decisions are told by."""

    PLACES = "places", _("There were more applications than places")
    OBJECTION = "objection", _("There was an objection")
    PRIORITY = "priority", _("Others had shown more expertise in the topics")
    NOT_STATED = "not_stated", _("The Extended Bureau stated no reason")


class EndReason(models.TextChoices):
    """Why the waiting ended by itself."""

    OFFER_LAPSED = "offer_lapsed", _("The offer was not accepted in time")
    BEGUN = "begun", _("The dialogue began before a place became free")


REASONS: dict[str, str | Promise] = {
    code: label for reasons in (DeskReason, BureauReason, EndReason) for code, label in reasons.choices
}


class Gender(models.TextChoices):
    """Asked for the balance alone, and never needed."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", pgettext_lazy("gender", "Another")


class Outcome(models.TextChoices):
    """What the Extended Bureau may answer for one row of its list; the words of the file."""

    ACCEPT = "accept", _("Accepted")
    WAIT = "wait", _("Waiting list")
    REFUSE = "refuse", _("Not accepted")


S = LineStatus
LINE_MOVES: dict[str, Move] = {
    "submit": Move((S.DRAFT,), S.SUBMITTED, _("Send the application"), by="applicant", style="primary"),
    "shortlist": Move((S.SUBMITTED,), S.SHORTLISTED, _("Shortlist"), by="desk", decides=True),
    "unlist": Move(
        (S.SHORTLISTED,), S.SUBMITTED, _("Remove from the shortlist"), by="desk", decides=True, order=1
    ),
    "pass": Move(
        (S.SHORTLISTED,), S.WITH_BUREAU, _("Send to the Extended Bureau"), by="desk", decides=True, order=2
    ),
    "accept": Move((S.WITH_BUREAU,), S.ACCEPTED, _("Accept"), by="desk", decides=True, order=3),
    "wait": Move((S.WITH_BUREAU,), S.WAITING, _("Put on the waiting list"), by="desk", decides=True, order=4),
    "refuse": Move(
        (S.WITH_BUREAU,),
        S.NOT_ACCEPTED,
        _("Not accepted by the Extended Bureau"),
        needs_reason=True,
        reasons=BureauReason,
        by="desk",
        decides=True,
        order=5,
        style="danger",
    ),
    "decline": Move(
        (S.SUBMITTED, S.SHORTLISTED),
        S.NOT_ACCEPTED,
        _("Declined by the WhatsOn team"),
        needs_reason=True,
        reasons=DeskReason,
        by="desk",
        decides=True,
        order=6,
        style="danger",
    ),
    "reopen": Move((S.NOT_ACCEPTED,), S.SUBMITTED, _("Consider it again"), by="desk", decides=True, order=7),
    "take": Move((S.WAITING,), S.ACCEPTED, _("Take the place"), by="applicant", style="primary"),
    "expire": Move(
        (S.WAITING,), S.NOT_ACCEPTED, _("The waiting ended"), needs_reason=True, reasons=EndReason, by=CLOCK
    ),
    "withdraw": Move(
        (*S.UNDECIDED, S.ACCEPTED, S.WAITING), S.WITHDRAWN, _("Withdraw"), by="applicant", order=8
    ),
}
