"""Who may do what with proposals for meetings, their co-organizers and speakers."""

from typing import Any

import rules

from accounts.people.rules import is_visible
from events.events.rules import runs_events
from events.proposals.enums import PROPOSAL_MOVES
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.rules import acts_for, belongs_to


@rules.predicate
def leads_it(user: Any, proposal: Any = None) -> bool:
    """Return whether the user is an administrator or editor of the lead organizer while that takes part."""
    return proposal is not None and acts_for(user, proposal.lead_id)


@rules.predicate
def takes_it_back(user: Any, proposal: Any = None) -> bool:
    return proposal is not None and belongs_to(user, proposal.lead_id)


@rules.predicate
def speaks_for_the_lead(user: Any, proposal: Any = None) -> bool:
    """Return whether the user administers the lead organizer, and so authorizes and agrees to a merger."""
    return proposal is not None and acts_for(user, proposal.lead_id, MemberRole.ADMIN)


@rules.predicate
def answers_it(user: Any, partner: Any = None) -> bool:
    """Return whether the user administers the stakeholder that is invited to organize together."""
    return partner is not None and acts_for(user, partner.stakeholder_id, MemberRole.ADMIN)


# The `by` of a move says who may make it; of three moves it does not say all.
_BY = {"lead": leads_it, "events": runs_events}
_OTHERWISE = {"withdraw": takes_it_back, "cancel": takes_it_back | runs_events, "merge": runs_events}
for _name, _move in PROPOSAL_MOVES.items():
    rules.add_perm(f"events.{_name}_proposal", _OTHERWISE[_name] if _name in _OTHERWISE else _BY[_move.by])
rules.add_perm("events.view_proposal", is_visible)
rules.add_perm("events.change_proposal", leads_it)
rules.add_perm("events.authorize_proposal", speaks_for_the_lead)
rules.add_perm("events.agree_to_merge_proposal", speaks_for_the_lead)
rules.add_perm("events.review_proposals", runs_events)
rules.add_perm("events.answer_partner", answers_it)
rules.add_perm("events.extend_proposalround", runs_events)
rules.add_perm("events.trust_proposers", runs_events)
