"""What follows from each move of a proposal, and the questions of eligibility in the back office."""

from typing import Any

from django.db.models import Q
from django.utils.timezone import now

from accounts.hooks import kept_lists
from accounts.people.enums import Role
from events.proposals.models import Merger, Partner, Proposal
from events.proposals.wiring import PROPOSAL
from events.reviewing.models import EligibilityQuestion
from events.rounds.actions import hand_out
from events.rounds.models import TrustedProposer
from events.speakers.actions import tell_speakers
from search.actions import index
from stakeholders.hooks import before_merge
from taxonomy.curation.wiring import KINDS
from workflow.drafts.models import DraftDecision
from workflow.hooks import after_batch, after_move
from workflow.items.actions import close_items, close_items_of, open_item, pause, resume


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


def _moved_together(proposals: list[Proposal], name: str) -> None:
    """After a batch of decisions: nothing waits any more."""
    pks = [one.pk for one in proposals]
    close_items_of(Proposal, pks)
    if name in _UNMERGES:
        either = Q(proposal__in=pks) | Q(into__in=pks)
        Merger.objects.filter(either, closed_at=None).update(closed_at=now())


def _settle(kept: Any, gone: Any) -> None:
    """Before two stakeholders become one: nobody organizes with itself, and nobody twice."""
    both = Partner.objects.filter(stakeholder=gone)
    both.filter(proposal__partners__stakeholder=kept).delete()
    Partner.objects.filter(stakeholder=gone, proposal__lead=kept).delete()
    Partner.objects.filter(stakeholder=kept, proposal__lead=gone).delete()
    if TrustedProposer.objects.filter(stakeholder=kept, ended_at=None).exists():
        TrustedProposer.objects.filter(stakeholder=gone, ended_at=None).update(ended_at=now())


REVIEW = "review"

after_move.register(PROPOSAL, _moved)
after_batch.register(PROPOSAL, _moved_together)
before_merge.register("events.partners", _settle)
kept_lists.register("events.eligibilityquestion", (Role.EVENTS, Role.ADMINISTRATOR))

# The list is edited by the same act as those of taxonomy.
KINDS[EligibilityQuestion._meta.label_lower] = EligibilityQuestion._meta.verbose_name
