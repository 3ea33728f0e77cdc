"""Who may do what with proposals for meetings, their co-organizers and speakers."""

from typing import Any

import rules

from accounts.people.rules import is_visible
from events.events.rules import runs_events
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


rules.add_perm("events.view_proposal", is_visible)
rules.add_perm("events.change_proposal", leads_it)
rules.add_perm("events.submit_proposal", leads_it)
rules.add_perm("events.revise_proposal", leads_it)
rules.add_perm("events.complete_proposal", leads_it)
rules.add_perm("events.withdraw_proposal", takes_it_back)
rules.add_perm("events.cancel_proposal", takes_it_back | runs_events)
rules.add_perm("events.authorize_proposal", speaks_for_the_lead)
rules.add_perm("events.agree_to_merge_proposal", speaks_for_the_lead)
rules.add_perm("events.start_proposal", runs_events)
rules.add_perm("events.ask_proposal", runs_events)
rules.add_perm("events.accept_proposal", runs_events)
rules.add_perm("events.decline_proposal", runs_events)
rules.add_perm("events.merge_proposal", runs_events)
rules.add_perm("events.suspend_proposal", runs_events)
rules.add_perm("events.restore_proposal", runs_events)
rules.add_perm("events.remove_proposal", runs_events)
rules.add_perm("events.review_proposals", runs_events)
rules.add_perm("events.answer_partner", answers_it)
rules.add_perm("events.extend_proposalround", runs_events)
rules.add_perm("events.trust_proposers", runs_events)
