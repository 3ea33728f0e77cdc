"""Activities of regional focal points: kinds, who reads them, how they move."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class ActivityKind(models.TextChoices):
    MEETING = "meeting", pgettext_lazy("kind of activity", "Meeting")
    TRAINING = "training", pgettext_lazy("kind of activity", "Training")
    STATE_CALL = "state_call", pgettext_lazy("kind of activity", "Call with a State")
    VISIT = "visit", pgettext_lazy("kind of activity", "Visit")


class ActivityStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("status of an activity", "Planned")
    HELD = "held", pgettext_lazy("status of an activity", "Held")
    REPORTED = "reported", pgettext_lazy("status of an activity", "Reported")
    CANCELLED = "cancelled", pgettext_lazy("status of an activity", "Cancelled")

    # What took place.
    DONE = nonmember(("held", "reported"))
    # What its author may still write.
    WRITTEN = nonmember(("planned", "held"))


class Sharing(models.TextChoices):
    """Who reads an activity besides its author, their deputies and the desk."""

    OWN = "own", _("Only I, my deputies and the WhatsOn team")
    REGION = "region", _("The other regional focal points of its countries too")


S = ActivityStatus
ACTIVITY_MOVES: dict[str, Move] = {
    "hold": Move((S.PLANNED,), S.HELD, _("Mark as held"), by="author", style="primary"),
    "report": Move((S.HELD,), S.REPORTED, _("Report the outcome"), by="author", style="primary"),
    "cancel": Move(
        (S.PLANNED,),
        S.CANCELLED,
        pgettext_lazy("button of an activity", "Cancel the activity"),
        needs_reason=True,
        by="author",
        order=1,
    ),
    "resume": Move((S.CANCELLED, S.HELD), S.PLANNED, _("Back to the plan"), by="author", order=2),
    "correct": Move((S.REPORTED,), S.HELD, _("Correct the report"), by="author", order=3),
}

# What the audit entry of a move reads as.
ACTIVITY_SENTENCES = {
    "hold": _("%(actor)s recorded that the activity was held"),
    "report": _("%(actor)s reported what came of the activity"),
    "cancel": _("%(actor)s cancelled the activity"),
    "resume": _("%(actor)s put the activity back into the plan"),
    "correct": _("%(actor)s opened the report of the activity again"),
}
