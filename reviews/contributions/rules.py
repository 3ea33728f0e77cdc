"""Who may do what with contributions, their evidence and signatures."""

from typing import Any

import rules

from accounts.people.rules import is_visible
from reviews.calls.rules import runs_calls
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.rules import acts_for, belongs_to


@rules.predicate
def writes_it(user: Any, contribution: Any = None) -> bool:
    """Return whether the user is an administrator or editor of the lead stakeholder while that takes part."""
    return contribution is not None and acts_for(user, contribution.stakeholder_id)


@rules.predicate
def takes_it_back(user: Any, contribution: Any = None) -> bool:
    """Return whether the user administers or edits the lead stakeholder, whatever its status."""
    return contribution is not None and belongs_to(user, contribution.stakeholder_id)


@rules.predicate
def signs_it(user: Any, signature: Any = None) -> bool:
    """Return whether the user administers the stakeholder that is asked to sign."""
    return signature is not None and acts_for(user, signature.stakeholder_id, MemberRole.ADMIN)


rules.add_perm("reviews.view_contribution", is_visible)
rules.add_perm("reviews.change_contribution", writes_it)
rules.add_perm("reviews.submit_contribution", writes_it)
rules.add_perm("reviews.revise_contribution", writes_it)
rules.add_perm("reviews.answer_contribution", writes_it)
rules.add_perm("reviews.withdraw_contribution", takes_it_back)
rules.add_perm("reviews.hide_contribution", takes_it_back)
rules.add_perm("reviews.start_contribution", runs_calls)
rules.add_perm("reviews.return_contribution", runs_calls)
rules.add_perm("reviews.publish_contribution", runs_calls)
rules.add_perm("reviews.keep_contribution", runs_calls)
rules.add_perm("reviews.decline_contribution", runs_calls)
rules.add_perm("reviews.suspend_contribution", runs_calls)
rules.add_perm("reviews.restore_contribution", runs_calls)
rules.add_perm("reviews.remove_contribution", runs_calls)
rules.add_perm("reviews.screen_contributions", runs_calls)
rules.add_perm("reviews.sign_cosignature", signs_it)
rules.add_perm("reviews.view_evidence", is_visible)
