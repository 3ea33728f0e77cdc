"""Proposals for meetings in the registries of the apps below."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, kept_lists, sections
from accounts.people.enums import Role
from events.actions.handing import hand_out
from events.actions.telling_of_change import follow
from events.actions.telling_speakers import tell_speakers
from events.demo_proposals import load_demo_proposals
from events.models import Merger, Partner, Proposal, TrustedProposer
from events.queries import work
from events.queries.own_proposals import rows_of
from events.queries.parts import desk_part, event_part
from events.queries.reviewing import parties_on_many
from events.registered.registrations import calendar_file, event_shown
from events.registry import Part, after_change, desk_parts, event_parts
from notifications.hooks import kind
from search.actions import index
from stakeholders.entries.rules import acts_for_somebody, holds
from stakeholders.hooks import before_merge, demo_parts
from workflow.drafts.models import DraftDecision
from workflow.hooks import after_batch, after_move, desk_pages, desk_roles, my_work, parties_on
from workflow.items.actions import close_items, close_items_of, open_item, pause, resume

PROPOSAL = "events.proposal"
REVIEW = "review"


def _moved(proposal: Proposal, name: str, decision: Any, _actor: Any) -> None:
    """What waits follows the proposal."""
    match name:
        case "submit":
            open_item(
                proposal,
                REVIEW,
                waits_for=Role.EVENTS,
                region=(proposal.lead.country.region_id or "") if proposal.lead.country else "",
            )
            hand_out(proposal)
        case "ask":
            pause(proposal)
        case "complete":
            resume(proposal)
        case "accept" | "decline" | "merge" | "withdraw" | "revise" | "cancel":
            close_items(proposal)
    if name == "cancel" or (name == "remove" and decision.from_status != "cancelled"):
        # Why something was taken down is told to those whose it is.
        told = {"kind": "cancelled", "note": decision.note if name == "cancel" else ""}
        tell_speakers(f"cancelled:{decision.pk}", {proposal.pk: told})
    if proposal.public_at is not None:
        index(proposal)
    if name in _UNDRAFTS:
        DraftDecision.objects.about(proposal).filter(decision=None).delete()
    if name in _UNMERGES:
        either = Q(proposal=proposal) | Q(into=proposal)
        Merger.objects.filter(either, closed_at=None).update(closed_at=now())


# What was drafted, or suggested, no longer fits.
_UNDRAFTS = frozenset(("revise", "ask", "merge", "withdraw", "cancel"))
_UNMERGES = frozenset(("revise", "decline", "merge", "withdraw", "cancel"))


def _event_known(user: Any, pk: int | None) -> bool:
    """Shown to them, or they organize at it: they hear of its end also where the desk took it down."""
    theirs = Proposal.objects.of_people(user).filter(event=pk)
    return pk is not None and (event_shown(user, pk) or theirs.exists())


def _moved_together(proposals: list[Proposal], name: str) -> None:
    """After a batch of decisions: nothing waits any more."""
    pks = [one.pk for one in proposals]
    close_items_of(Proposal, pks)
    if name in _UNMERGES:
        either = Q(proposal__in=pks) | Q(into__in=pks)
        Merger.objects.filter(either, closed_at=None).update(closed_at=now())


def _parties_on(proposal: Proposal) -> set[str]:
    """Its author, the lead, and everybody who was asked to organize with it (E-05)."""
    return parties_on_many([proposal])[proposal.pk]


def _settle(kept: Any, gone: Any) -> None:
    """Before two stakeholders become one: nobody organizes with itself, and nobody twice."""
    both = Partner.objects.filter(stakeholder=gone)
    both.filter(proposal__partners__stakeholder=kept).delete()
    Partner.objects.filter(stakeholder=gone, proposal__lead=kept).delete()
    Partner.objects.filter(stakeholder=kept, proposal__lead=gone).delete()
    if TrustedProposer.objects.filter(stakeholder=kept, ended_at=None).exists():
        TrustedProposer.objects.filter(stakeholder=gone, ended_at=None).update(ended_at=now())


after_move.register(PROPOSAL, _moved)
after_batch.register(PROPOSAL, _moved_together)
parties_on.register(PROPOSAL, _parties_on)
desk_pages.register(PROPOSAL, "eventdesk:proposal")
desk_roles.register(PROPOSAL, (Role.EVENTS,))
before_merge.register("events.partners", _settle)
demo_parts.register("events.proposals", load_demo_proposals)
kept_lists.register("events.eligibilityquestion", (Role.EVENTS, Role.ADMINISTRATOR))
event_parts.register("proposals", Part(30, event_part, "events/proposals/_part.html"))
desk_parts.register("proposals", Part(30, desk_part, "events/proposals/_desk.html"))
sections.register(
    "proposals",
    Section(
        _("Proposals for meetings"),
        _("What you wrote, or authorized for your organization. It stays the organization's."),
        rows_of,
    ),
)


# --- What is told -----------------------------------------------------------------------------------------
def _seen(user: Any, pk: int | None) -> bool:
    return pk is not None and Proposal.objects.visible_to(user).filter(pk=pk).exists()


def _seen_by(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """The same for a batch: whoever belongs to the lead or to a co-organizer that has not declined."""
    pks = {pk for _person, pk in pairs}
    leading = Proposal.objects.filter(pk__in=pks).values_list("lead__memberships__user_id", "pk")
    joining = Partner.objects.filter(proposal__in=pks).exclude(status="declined")
    asked = joining.values_list("stakeholder__memberships__user_id", "proposal_id")
    return set(pairs) & {*leading, *asked}


def runs_events(user: Any) -> bool:
    return holds(user, Role.EVENTS)


YOURS = _("Your proposals for meetings")
_TOLD: Iterable[tuple[str, Any, bool]] = (
    ("proposal_received", _("Your proposal was received"), True),
    ("proposal_to_authorize", _("A proposal of your organization needs you"), True),
    ("proposal_authorized", _("A proposal was authorized"), False),
    ("proposal_incomplete", _("The desk asks you to complete a proposal"), True),
    ("proposal_accepted", _("Your proposal was accepted"), True),
    ("proposal_declined", _("Your proposal was declined"), True),
    ("proposal_withdrawn", _("A proposal was withdrawn"), False),
    ("proposal_cancelled", _("A meeting was cancelled"), True),
    ("proposal_link_due", _("The link of your online meeting is due"), True),
    ("proposal_merged", _("Two proposals became one"), True),
    ("proposal_merge_off", _("Two proposals are not merged"), False),
    ("proposal_joined", _("A co-organizer confirmed"), False),
    ("proposal_not_joined", _("A co-organizer declined"), False),
    ("proposal_left", _("A co-organizer left"), False),
    ("partner_asked", _("You are asked to organize a meeting together"), False),
    ("merge_asked", _("The desk suggests to merge two proposals"), False),
    ("second_allowed", _("You may lead a second proposal"), False),
)
for _name, _label, _essential in _TOLD:
    kind(
        f"events.{_name}",
        label=_label,
        group=YOURS,
        essential=_essential,
        still_visible=_seen,
        seen=_seen_by,
        concerns=acts_for_somebody,
    )
kind(
    "events.proposal_time_given",
    label=_("You have more time for a proposal"),
    group=YOURS,
    essential=True,
    concerns=acts_for_somebody,
)
# To addresses that need no account; its link lets the holder in.
kind(
    "events.speaker_asked",
    label=_("You are named as a speaker"),
    group=YOURS,
    secret=True,
    concerns=lambda _user: False,
)
kind(
    "events.speaker_told",
    label=_("A meeting at which you speak is moved or cancelled"),
    group=YOURS,
    secret=True,
    concerns=lambda _user: False,
)
kind(
    "events.speaker_event",
    label=_("An event at which you speak is moved or cancelled"),
    group=YOURS,
    secret=True,
    concerns=lambda _user: False,
)
for _name, _label in (
    ("moved", _("An event at which you organize a meeting is moved")),
    ("cancelled", _("An event at which you organize a meeting is cancelled")),
):
    kind(
        f"events.organizer_event_{_name}",
        label=_label,
        group=YOURS,
        essential=True,
        still_visible=_event_known,
        concerns=acts_for_somebody,
        attach=calendar_file,
    )
after_change.register("events.proposals", follow)
for _name, _label in (
    ("proposal_arrived", _("A proposal waits for review")),
    ("proposal_completed", _("An organizer has completed a proposal")),
    ("proposal_called_off", _("A meeting was cancelled by its organizer")),
):
    kind(
        f"events.{_name}",
        label=_label,
        group=_("Work of the desk"),
        still_visible=_seen,
        concerns=runs_events,
    )
my_work.register("events", work.my_work)
