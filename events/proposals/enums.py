"""Proposals for meetings at an event: how they move, who stands behind them, who speaks."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.moderation import enums as moderation_enums
from workflow.moves.enums import Move


class ProposalStatus(models.TextChoices):
    """Authorized, numbered, scheduled, locked and held follow from fields and the clock; see the model."""

    DRAFT = "draft", pgettext_lazy("status of a proposal", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("status of a proposal", "Submitted")
    REVIEW = "review", pgettext_lazy("status of a proposal", "Under review")
    INCOMPLETE = "incomplete", pgettext_lazy("status of a proposal", "To be completed")
    ACCEPTED = "accepted", pgettext_lazy("status of a proposal", "Accepted")
    DECLINED = "declined", pgettext_lazy("status of a proposal", "Declined")
    MERGED = "merged", pgettext_lazy("status of a proposal", "Merged into another")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a proposal", "Withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("status of a proposal", "Cancelled")
    HIDDEN = "hidden", moderation_enums.HIDDEN
    REMOVED = "removed", moderation_enums.REMOVED

    WITH_DESK = nonmember(("submitted", "review"))
    UNDER_WAY = nonmember(("submitted", "review", "incomplete"))
    WRITTEN = nonmember(("draft", "incomplete"))  # its lead may write everything
    NUMBERED = nonmember(("accepted", "cancelled"))  # stays in the list of meetings, with its number
    OVER = nonmember(("declined", "merged", "withdrawn"))  # another one may be begun
    OUT_OF_VIEW = nonmember(("hidden", "removed"))  # keeps its number; its people and the desk see it
    NOT_HELD = nonmember(("declined", "merged", "withdrawn", "cancelled", "removed"))


LOOKS: dict[str, str] = {
    "accepted": "done",
    "declined": "refused",
    "cancelled": "refused",
    "hidden": "refused",
    "removed": "refused",
    "draft": "quiet",
    "withdrawn": "quiet",
    "merged": "quiet",
}


class DeclineReason(models.TextChoices):
    FULL = "full", _("More proposals than places")
    SCOPE = "scope", _("The theme is not one of the event's")
    ELIGIBILITY = "eligibility", _("The organizer may not propose at this event")
    CONTENT = "content", _("The content does not fit the purposes and principles of the United Nations")
    COUNTRY = "country", _("It is about one State, which does not take part in it")
    INCOMPLETE = "incomplete", _("It was not completed in time")


S = ProposalStatus
PROPOSAL_MOVES: dict[str, Move] = {
    "submit": Move((S.DRAFT,), S.SUBMITTED, _("Send the proposal"), by="lead", style="primary"),
    "revise": Move((S.SUBMITTED,), S.DRAFT, _("Take it back and correct it"), by="lead", order=1),
    "start": Move((S.SUBMITTED,), S.REVIEW, _("Start the review"), by="events"),
    "ask": Move(S.WITH_DESK, S.INCOMPLETE, _("Ask for completion"), by="events", decides=True, order=1),
    "complete": Move((S.INCOMPLETE,), S.REVIEW, _("Send what was asked for"), by="lead", style="primary"),
    "accept": Move(S.WITH_DESK, S.ACCEPTED, _("Accept"), by="events", decides=True, style="primary"),
    "decline": Move(
        S.UNDER_WAY,
        S.DECLINED,
        _("Decline"),
        needs_reason=True,
        reasons=DeclineReason,
        by="events",
        decides=True,
        order=2,
        style="danger",
    ),
    "merge": Move(
        (*S.UNDER_WAY, S.ACCEPTED),
        S.MERGED,
        _("Merge into another"),
        by="events, once both leads agree",
        decides=True,
        order=3,
    ),
    "withdraw": Move((*S.UNDER_WAY,), S.WITHDRAWN, _("Withdraw the proposal"), by="lead", order=4),
    "cancel": Move(
        (S.ACCEPTED,),
        S.CANCELLED,
        _("Cancel the meeting"),
        needs_reason=True,
        by="lead or events",
        order=5,
        style="danger",
    ),
    **moderation_enums.desk_moves(
        (S.ACCEPTED,), S.HIDDEN, S.REMOVED, back=S.ACCEPTED, by="events", also=(S.CANCELLED,)
    ),
}

# What the audit entry of a move reads as.
PROPOSAL_SENTENCES = {
    "submit": _("%(actor)s sent the proposal"),
    "revise": _("%(actor)s withdrew the proposal to correct it"),
    "start": _("%(actor)s started the review"),
    "ask": _("%(actor)s asked for completion"),
    "complete": _("%(actor)s sent what was asked for"),
    "accept": _("%(actor)s accepted the proposal"),
    "decline": _("%(actor)s declined the proposal"),
    "merge": _("%(actor)s merged the proposal into another"),
    "withdraw": _("%(actor)s withdrew the proposal"),
    "cancel": _("%(actor)s cancelled the meeting"),
}


class Partnering(models.TextChoices):
    """What another stakeholder answered when asked to organize together."""

    INVITED = "invited", pgettext_lazy("co-organizer", "Asked")
    CONFIRMED = "confirmed", pgettext_lazy("co-organizer", "Confirmed")
    DECLINED = "declined", pgettext_lazy("co-organizer", "Declined")


class SpeakerRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    MODERATOR = "moderator", _("Moderator")
    PRESENTER = "presenter", _("Presenter")
    DISCUSSANT = "discussant", _("Discussant")


class SpeakerStatus(models.TextChoices):
    """Whether the speaker has said, in person, that they will speak."""

    NAMED = "named", pgettext_lazy("speaker", "Named by the organizer")
    CONFIRMED = "confirmed", pgettext_lazy("speaker", "Confirmed")
    DECLINED = "declined", pgettext_lazy("speaker", "Will not speak")


class SpeakerGender(models.TextChoices):
    """Only what a speaker or their organizer chose to give; nobody has to."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    ANOTHER = "another", pgettext_lazy("gender", "Another")


class Held(models.TextChoices):
    """What the desk found when it held a proposal against a question of eligibility."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNCLEAR = "unclear", pgettext_lazy("answer to a question", "Not clear")
