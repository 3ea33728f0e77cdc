"""Registrations: who may register, who sees them, and how they move."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.events.enums import Mode
from workflow.moves.enums import CLOCK, Move

# A seat is in the room or at the screen; an event may have both.
SEATS = ((Mode.IN_PERSON.value, Mode.IN_PERSON.label), (Mode.ONLINE.value, Mode.ONLINE.label))


class Admission(models.TextChoices):
    OPEN = "open", pgettext_lazy("registration", "Open: first come, first served")
    APPROVAL = "approval", pgettext_lazy("registration", "By approval: each registration is decided")
    INVITATION = "invitation", pgettext_lazy("registration", "By invitation: only for those on the list")


class RegistrationStatus(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("status of a registration", "Received")
    PENDING = "pending", pgettext_lazy("status of a registration", "Waiting for approval")
    WAITING = "waiting", pgettext_lazy("status of a registration", "On the waiting list")
    OFFERED = "offered", pgettext_lazy("status of a registration", "A place is offered")
    CONFIRMED = "confirmed", pgettext_lazy("status of a registration", "Confirmed")
    DECLINED = "declined", pgettext_lazy("status of a registration", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("status of a registration", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("status of a registration", "Expired")

    # Who holds a seat: an offer keeps its seat free for whom it was made to.
    SEATED = nonmember(("offered", "confirmed"))
    LIVE = nonmember(("received", "pending", "waiting", "offered", "confirmed"))
    QUEUED = nonmember(("pending", "waiting", "offered"))
    OVER = nonmember(("declined", "cancelled", "expired"))


LOOKS: dict[str, str] = {
    "received": "waiting",
    "pending": "waiting",
    "waiting": "waiting",
    "offered": "info",
    "confirmed": "done",
    "declined": "refused",
}


class ShownTo(models.TextChoices):
    """Who may see that a person takes part (E-21)."""

    NOBODY = "nobody", pgettext_lazy("who sees that I take part", "Only the WhatsOn team")
    PARTICIPANTS = "participants", pgettext_lazy("who sees that I take part", "Confirmed participants")
    EVERYONE = "everyone", pgettext_lazy("who sees that I take part", "Everybody")


class RefusedFor(models.TextChoices):
    """Why the desk declines a registration, or takes a place back."""

    PLACES = "places", _("There are fewer places than registrations")
    AUDIENCE = "audience", _("The event is for other participants")
    INCOMPLETE = "incomplete", _("What was asked for was not answered")
    DOUBLE = "double", _("The person is registered already")
    OTHER = "other", pgettext_lazy("why a registration is declined", "Another reason")


class AnswerKind(models.TextChoices):
    LINE = "line", pgettext_lazy("kind of answer", "A line")
    TEXT = "text", pgettext_lazy("kind of answer", "A text")
    YES_NO = "yes_no", pgettext_lazy("kind of answer", "Yes or no")
    CHOICE = "choice", pgettext_lazy("kind of answer", "One of several")


class Stage(models.TextChoices):
    """When a question is asked (E-20)."""

    FIRST = "first", pgettext_lazy("when a question is asked", "On registering")
    SEATED = "seated", pgettext_lazy("when a question is asked", "Once the place is confirmed")


class QuotaPer(models.TextChoices):
    STAKEHOLDER = "stakeholder", pgettext_lazy("quota", "Stakeholder")
    KIND = "kind", pgettext_lazy("quota", "Kind of stakeholder")
    REGION = "region", pgettext_lazy("quota", "Region")


S = RegistrationStatus
# Which of "hold", "queue", "confirm" is made is chosen by a count, under the lock of the event's rules.
REGISTRATION_MOVES: dict[str, Move] = {
    "hold": Move((S.RECEIVED,), S.PENDING, _("Await approval"), by=CLOCK),
    "queue": Move((S.RECEIVED,), S.WAITING, _("Put on the waiting list"), by=CLOCK),
    "confirm": Move((S.RECEIVED,), S.CONFIRMED, _("Confirm"), by=CLOCK),
    "admit": Move((S.RECEIVED, *S.QUEUED), S.CONFIRMED, _("Give a place"), by=CLOCK),
    "offer": Move((S.WAITING,), S.OFFERED, _("Offer a place"), by=CLOCK),
    "lapse": Move((S.PENDING, S.WAITING, S.OFFERED), S.EXPIRED, _("End what ran out"), by=CLOCK),
    "remove": Move(
        (S.PENDING, S.WAITING, S.OFFERED, S.CONFIRMED),
        S.CANCELLED,
        _("End with the account or the profile"),
        by=CLOCK,
    ),
    "approve": Move((S.PENDING,), S.CONFIRMED, _("Approve"), by="events", decides=True, style="primary"),
    "approve_to_wait": Move(
        (S.PENDING,), S.WAITING, _("Approve for the waiting list"), by="events", decides=True, order=1
    ),
    "accept": Move((S.OFFERED,), S.CONFIRMED, _("Accept the place"), by="participant", style="primary"),
    "refuse": Move(
        (S.PENDING, S.WAITING, S.OFFERED, S.CONFIRMED),
        S.DECLINED,
        _("Decline"),
        needs_reason=True,
        reasons=RefusedFor,
        by="events",
        decides=True,
        order=2,
        style="danger",
    ),
    "cancel": Move(
        (S.PENDING, S.WAITING, S.OFFERED, S.CONFIRMED),
        S.CANCELLED,
        _("Cancel my registration"),
        by="participant or administrator",
        order=3,
        style="danger",
    ),
}

# What the audit entry of a move reads as.
REGISTRATION_SENTENCES = {
    "hold": _("The registration was received and is pending approval"),
    "queue": _("The registration was put on the waiting list"),
    "confirm": _("The registration was confirmed"),
    "admit": _("%(actor)s gave a place without the form"),
    "offer": _("A place that became free was offered"),
    "lapse": _("The registration ran out"),
    "approve": _("%(actor)s approved the registration"),
    "approve_to_wait": _("%(actor)s approved the registration for the waiting list"),
    "accept": _("%(actor)s accepted the place"),
    "refuse": _("%(actor)s declined the registration"),
    "cancel": _("%(actor)s gave up the place"),
}
