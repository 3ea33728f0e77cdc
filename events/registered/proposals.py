"""Proposals for meetings in the registries of the apps below."""

from typing import Any

from accounts.enums import Role
from events.models import Partner, Proposal
from stakeholders.registry import before_merge
from workflow.actions import close_items, open_item, pause, resume
from workflow.registry import after_move, desk_pages, desk_roles, parties_on

PROPOSAL = "events.proposal"
REVIEW = "review"


def _moved(proposal: Proposal, name: str, _decision: Any, _actor: Any) -> None:
    """What waits follows the proposal."""
    match name:
        case "submit":
            open_item(proposal, REVIEW, waits_for=Role.EVENTS)
        case "ask":
            pause(proposal)
        case "complete":
            resume(proposal)
        case "accept" | "decline" | "merge" | "withdraw" | "revise" | "cancel":
            close_items(proposal)


def _parties_on(proposal: Proposal) -> set[str]:
    """Its author, the lead, and everybody who was asked to organize with it (E-05)."""
    partners = proposal.partners.values_list("stakeholder_id", flat=True)
    author = {f"person:{proposal.author_id}"} if proposal.author_id else set()
    return {proposal.party, *author, *(f"stakeholder:{pk}" for pk in partners)}


def _settle(kept: Any, gone: Any) -> None:
    """Before two stakeholders become one: nobody organizes with itself, and nobody twice."""
    both = Partner.objects.filter(stakeholder=gone)
    both.filter(proposal__partners__stakeholder=kept).delete()
    Partner.objects.filter(stakeholder=gone, proposal__lead=kept).delete()
    Partner.objects.filter(stakeholder=kept, proposal__lead=gone).delete()


after_move.register(PROPOSAL, _moved)
parties_on.register(PROPOSAL, _parties_on)
desk_pages.register(PROPOSAL, "eventdesk:proposal")
desk_roles.register(PROPOSAL, (Role.EVENTS,))
before_merge.register("events.partners", _settle)
