"""Events: of what kind, how one takes part, how they move."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.moderation import enums as moderation_enums
from workflow.moves.enums import Move


class EventKind(models.TextChoices):
    CONGRESS = "congress", _("Crime Congress")
    CONFERENCE = "conference", _("Session of a Conference")
    COMMISSION = "commission", _("Session of a commission")
    WORKING_GROUP = "working_group", _("Working group")
    EXPERTS = "experts", _("Expert group")
    DIALOGUE = "dialogue", _("Constructive dialogue")
    PREPARATION = "preparation", _("Preparation day")
    TRAINING = "training", _("Training")
    WEBINAR = "webinar", _("Webinar")
    NETWORK = "network", _("Network meeting")
    SIDE_EVENT = "side_event", _("Side event")
    OTHER = "other", pgettext_lazy("kind of event", "Other")

    # What a stakeholder may put on the calendar itself.
    STAKEHOLDERS = nonmember(("training", "webinar", "network", "other"))


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid (in person and online)")

    ON_SITE = nonmember(("in_person", "hybrid"))
    REMOTE = nonmember(("online", "hybrid"))


class MeetingWord(models.TextChoices):
    """What an event calls the meetings that stakeholders hold at it."""

    ANCILLARY = "ancillary", _("Ancillary meeting")
    SIDE_EVENT = "side_event", _("Side event")
    SPECIAL_EVENT = "special_event", _("Special event")
    MEETING = "meeting", pgettext_lazy("part of a programme", "Meeting")


class Exactness(models.TextChoices):
    """How exactly a source gives a number; empty where it gives the number alone."""

    ABOUT = "about", pgettext_lazy("a number", "about %(number)s")
    MORE_THAN = "more_than", pgettext_lazy("a number", "more than %(number)s")
    NEARLY = "nearly", pgettext_lazy("a number", "nearly %(number)s")


class EventStatus(models.TextChoices):
    """Coming, under way and past follow from the clock and are never stored."""

    DRAFT = "draft", pgettext_lazy("status of an event", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("status of an event", "With the WhatsOn team")
    RETURNED = "returned", pgettext_lazy("status of an event", "Returned for changes")
    PUBLISHED = "published", pgettext_lazy("status of an event", "Published")
    REFUSED = "refused", pgettext_lazy("status of an event", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("status of an event", "Cancelled")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of an event", "Withdrawn")
    HIDDEN = "hidden", moderation_enums.HIDDEN
    REMOVED = "removed", moderation_enums.REMOVED

    SHOWN = nonmember(("published", "cancelled"))
    # What the desk took down for good does not take place for the portal either.
    OFF = nonmember(("cancelled", "removed"))
    WRITTEN = nonmember(("draft", "returned"))  # its organizer may write
    WITH_DESK = nonmember(("submitted",))


class EventReason(models.TextChoices):
    """Why the desk does not take a stakeholder's event."""

    SCOPE = "scope", _("It is not about what this portal is for")
    ADVERTISING = "advertising", _("It advertises goods or services")
    DOUBLE = "double", _("The event is on the calendar already")
    UNCLEAR = "unclear", _("Too little is known about it")


S = EventStatus
EVENT_MOVES: dict[str, Move] = {
    "submit": Move(S.WRITTEN, S.SUBMITTED, _("Submit to the WhatsOn team"), by="organizer", style="primary"),
    "publish": Move(
        (S.DRAFT, S.SUBMITTED), S.PUBLISHED, _("Publish"), by="events", decides=True, style="primary"
    ),
    "return": Move((S.SUBMITTED,), S.RETURNED, _("Return for changes"), by="events", decides=True, order=1),
    "refuse": Move(
        (S.SUBMITTED,),
        S.REFUSED,
        _("Decline"),
        needs_reason=True,
        reasons=EventReason,
        by="events",
        decides=True,
        order=2,
        style="danger",
    ),
    "withdraw": Move((*S.WITH_DESK, S.RETURNED), S.WITHDRAWN, _("Withdraw"), by="organizer", order=3),
    "cancel": Move(
        (S.PUBLISHED,),
        S.CANCELLED,
        _("Cancel the event"),
        needs_reason=True,
        by="organizer or events",
        order=4,
        style="danger",
    ),
    **moderation_enums.desk_moves(
        (S.PUBLISHED,), S.HIDDEN, S.REMOVED, back=S.PUBLISHED, by="events", also=(S.CANCELLED,)
    ),
}

# What the audit entry of a move reads as.
EVENT_SENTENCES = {
    "submit": _("%(actor)s submitted the event"),
    "return": _("%(actor)s returned the event with questions"),
    "refuse": _("%(actor)s declined the event"),
    "withdraw": _("%(actor)s withdrew the event"),
}
