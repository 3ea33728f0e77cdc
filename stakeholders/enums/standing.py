"""How a stakeholder moves from one standing to another, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.enums.entries import Status
from workflow.moves.enums import Move


class StandingReason(models.TextChoices):
    """Why the desk suspends or withdraws an entry; its people read it."""

    UNTRUE = "untrue", _("What the entry says is not true")
    UNKNOWN_PEOPLE = "unknown_people", _("It is not clear who acts for the stakeholder")
    CONDUCT = "conduct", _("The terms of use were not kept")
    NO_LONGER_FITS = "no_longer_fits", _("The conditions for an entry are no longer met")
    OWN_REQUEST = "own_request", _("The stakeholder asked for it")
    OTHER = "other", _("Another reason, given in the note")


STAKEHOLDER_MOVES: dict[str, Move] = {
    "lapse": Move((Status.ACTIVE,), Status.LAPSED, _("Lapse: nobody confirmed the entry"), by="clock"),
    "return": Move(
        (Status.LAPSED,), Status.ACTIVE, _("Bring back by confirming"), by="its people", style="primary"
    ),
    "suspend": Move(
        Status.LOOKED_AFTER,
        Status.SUSPENDED,
        _("Suspend"),
        needs_reason=True,
        reasons=StandingReason,
        decides=True,
        by="vetting",
        order=2,
        style="danger",
    ),
    "lift": Move(
        (Status.SUSPENDED,),
        Status.ACTIVE,
        _("Lift the suspension"),
        decides=True,
        by="vetting",
        order=1,
        style="primary",
    ),
    "withdraw": Move(
        (Status.LISTED, Status.ACTIVE, Status.LAPSED, Status.SUSPENDED),
        Status.WITHDRAWN,
        _("Withdraw the entry"),
        reasons=StandingReason,
        by="its administrators, or vetting",
        order=3,
        style="danger",
    ),
    "merge": Move(
        (Status.LISTED, Status.ACTIVE, Status.LAPSED),
        Status.MERGED,
        _("Merge into another entry"),
        needs_reason=True,
        decides=True,
        by="vetting",
        order=4,
        style="danger",
    ),
}
