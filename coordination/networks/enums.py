"""Networks: their kinds, who reads what of them, and how membership and steps of a plan move."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.moderation.enums import Standing, desk_moves
from workflow.moves.enums import Move


class NetworkKind(models.TextChoices):
    NET4U = "net4u", _("Regional network (NET4U)")
    NACSA4U = "nacsa4u", _("National alliance (NACSA4U)")
    THEMATIC = "thematic", _("Thematic network")
    VPI = "vpi", _("Voluntary Pilot Initiative")

    # Of one country or area each.
    NATIONAL = nonmember(("nacsa4u", "vpi"))


class Shown(models.TextChoices):
    """Who reads a part of a network."""

    PUBLIC = "public", pgettext_lazy("who reads it", "Everybody")
    PORTAL = "portal", pgettext_lazy("who reads it", "Members of the portal")
    PARTNERS = "partners", pgettext_lazy("who reads it", "The network, and the State it works with")
    NETWORK = "network", pgettext_lazy("who reads it", "The network alone")


STANDING_MOVES: dict[str, Move] = desk_moves(
    (Standing.SHOWN,), Standing.HIDDEN, Standing.REMOVED, back=Standing.SHOWN, by="curation"
)
# A network is hidden or ended; what its members made of it is not the desk's to take from them.
NETWORK_MOVES = {name: STANDING_MOVES[name] for name in ("suspend", "restore")}


class NetworkRole(models.TextChoices):
    COORDINATOR = "coordinator", pgettext_lazy("role in a network", "Coordinator")
    MEMBER = "member", pgettext_lazy("role in a network", "Member")
    OBSERVER = "observer", pgettext_lazy("role in a network", "Observer")


class MemberStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("membership of a network", "Asked to join")
    INVITED = "invited", pgettext_lazy("membership of a network", "Invited")
    IN = "in", pgettext_lazy("membership of a network", "Member")
    DECLINED = "declined", pgettext_lazy("membership of a network", "Declined")
    REFUSED = "refused", pgettext_lazy("membership of a network", "Invitation declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("membership of a network", "Taken back")
    LEFT = "left", pgettext_lazy("membership of a network", "Left")
    ENDED = "ended", pgettext_lazy("membership of a network", "Ended by the network")

    OPEN = nonmember(("asked", "invited", "in"))
    WAITING = nonmember(("asked", "invited"))


M = MemberStatus
# "network": its coordinators, and the desk; "stakeholder": administrators of the stakeholder.
MEMBER_MOVES: dict[str, Move] = {
    "accept": Move(
        (M.ASKED,),
        M.IN,
        pgettext_lazy("button of a network", "Accept the stakeholder"),
        by="network",
        decides=True,
        style="primary",
    ),
    "decline": Move(
        (M.ASKED,),
        M.DECLINED,
        pgettext_lazy("button of a network", "Decline the request"),
        by="network",
        decides=True,
        needs_reason=True,
        order=1,
    ),
    "withdraw": Move(
        (M.ASKED,),
        M.WITHDRAWN,
        pgettext_lazy("button of a network", "Take the request back"),
        by="stakeholder",
        order=2,
    ),
    "agree": Move(
        (M.INVITED,),
        M.IN,
        pgettext_lazy("button of a network", "Join the network"),
        by="stakeholder",
        style="primary",
    ),
    "refuse": Move(
        (M.INVITED,),
        M.REFUSED,
        pgettext_lazy("button of a network", "Decline the invitation"),
        by="stakeholder",
        order=1,
    ),
    "recall": Move(
        (M.INVITED,),
        M.WITHDRAWN,
        pgettext_lazy("button of a network", "Take the invitation back"),
        by="network",
        order=2,
    ),
    "leave": Move(
        (M.IN,),
        M.LEFT,
        pgettext_lazy("button of a network", "Leave the network"),
        by="stakeholder",
        style="danger",
        order=3,
    ),
    "end": Move(
        (M.IN,),
        M.ENDED,
        pgettext_lazy("button of a network", "End the membership"),
        by="network",
        needs_reason=True,
        style="danger",
        order=4,
    ),
}

# What the audit entry of a move reads as.
MEMBER_SENTENCES = {
    "accept": _("%(actor)s accepted the stakeholder"),
    "decline": _("%(actor)s declined the stakeholder"),
    "withdraw": _("%(actor)s withdrew the request"),
    "agree": _("%(actor)s accepted the invitation"),
    "refuse": _("%(actor)s declined the invitation"),
    "recall": _("%(actor)s withdrew the invitation"),
    "leave": _("%(actor)s left the network"),
    "end": _("%(actor)s ended the membership"),
}


class PlanKind(models.TextChoices):
    WORK = "work", _("Work plan")
    ROADMAP = "roadmap", _("Roadmap")


class StepStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("step of a plan", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("step of a plan", "Under way")
    DONE = "done", pgettext_lazy("step of a plan", "Done")
    DROPPED = "dropped", pgettext_lazy("step of a plan", "Given up")

    OPEN = nonmember(("planned", "under_way"))


S = StepStatus
STEP_MOVES: dict[str, Move] = {
    "start": Move(
        (S.PLANNED,),
        S.UNDER_WAY,
        pgettext_lazy("button of a step", "It has begun"),
        by="network or responsible",
        style="primary",
    ),
    "finish": Move(
        S.OPEN, S.DONE, pgettext_lazy("button of a step", "It is done"), by="network or responsible", order=1
    ),
    "drop": Move(
        S.OPEN,
        S.DROPPED,
        pgettext_lazy("button of a step", "Give it up"),
        by="network or responsible",
        needs_reason=True,
        order=2,
    ),
    "resume": Move(
        (S.DONE, S.DROPPED),
        S.UNDER_WAY,
        pgettext_lazy("button of a step", "Resume the step"),
        by="network or responsible",
        needs_reason=True,
        order=3,
    ),
}

# What the audit entry of a move reads as.
STEP_SENTENCES = {
    "start": _("%(actor)s recorded that it has begun"),
    "finish": _("%(actor)s recorded that it is done"),
    "drop": _("%(actor)s gave it up"),
    "resume": _("%(actor)s resumed it"),
}


class WithWhom(models.TextChoices):
    """Who sat together where a Voluntary Pilot Initiative was prepared."""

    STAKEHOLDERS = "stakeholders", pgettext_lazy("meeting of a network", "Stakeholders")
    STATE = "state", pgettext_lazy("meeting of a network", "The State")
    BOTH = "both", pgettext_lazy("meeting of a network", "Stakeholders and the State")
