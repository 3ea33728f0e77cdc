"""Who may do what with calls, contributions, signatures and observations."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.rules import acts_for, belongs_to

runs_calls = has_role(Role.REVIEWS, Role.HEAD)
is_regional = has_role(Role.REGIONAL)


@rules.predicate
def drafts_it(user: Any, call: Any = None) -> bool:
    """Whoever began the draft, while it is one and as long as they coordinate a region."""
    return bool(
        call is not None
        and call.is_draft
        and user.is_authenticated
        and call.drafted_by_id == user.pk
        and user.has_role(Role.REGIONAL)
    )


@rules.predicate
def writes_it(user: Any, contribution: Any = None) -> bool:
    """An administrator or editor of the lead stakeholder, while that takes part."""
    return contribution is not None and acts_for(user, contribution.stakeholder_id)


@rules.predicate
def takes_it_back(user: Any, contribution: Any = None) -> bool:
    """An administrator or editor of the lead stakeholder, however that stands: one may always withdraw."""
    return contribution is not None and belongs_to(user, contribution.stakeholder_id)


@rules.predicate
def signs_it(user: Any, signature: Any = None) -> bool:
    """An administrator of the stakeholder that is asked to sign."""
    return signature is not None and acts_for(user, signature.stakeholder_id, MemberRole.ADMIN)


rules.add_perm("reviews.view_call", is_visible)
rules.add_perm("reviews.draft_call", runs_calls | is_regional)
rules.add_perm("reviews.change_call", runs_calls | drafts_it)
rules.add_perm("reviews.keep_call", runs_calls)
for _verb in ("publish", "cancel", "extend"):
    rules.add_perm(f"reviews.{_verb}_call", runs_calls)

rules.add_perm("reviews.view_contribution", is_visible)
for _verb in ("change", "submit", "revise", "answer"):
    rules.add_perm(f"reviews.{_verb}_contribution", writes_it)
for _verb in ("withdraw", "hide"):
    rules.add_perm(f"reviews.{_verb}_contribution", takes_it_back)
for _verb in ("start", "return", "publish", "keep", "decline", "suspend", "restore", "remove"):
    rules.add_perm(f"reviews.{_verb}_contribution", runs_calls)
rules.add_perm("reviews.screen_contributions", runs_calls)
rules.add_perm("reviews.sign_cosignature", signs_it)
rules.add_perm("reviews.view_evidence", is_visible)
rules.add_perm("reviews.view_observation", is_visible)
rules.add_perm("reviews.keep_observations", runs_calls)
