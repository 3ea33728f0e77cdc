"""Who may do what with calls."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible

runs_calls = has_role(Role.REVIEWS, Role.HEAD)
is_regional = has_role(Role.REGIONAL)


@rules.predicate
def drafts_it(user: Any, call: Any = None) -> bool:
    """Return whether the user began the draft, and still coordinates a region."""
    return bool(
        call is not None
        and call.is_draft
        and user.is_authenticated
        and call.drafted_by_id == user.pk
        and user.has_role(Role.REGIONAL)
    )


rules.add_perm("reviews.view_call", is_visible)
rules.add_perm("reviews.draft_call", runs_calls | is_regional)
rules.add_perm("reviews.change_call", runs_calls | drafts_it)
rules.add_perm("reviews.keep_call", runs_calls)
rules.add_perm("reviews.publish_call", runs_calls)
rules.add_perm("reviews.cancel_call", runs_calls)
rules.add_perm("reviews.extend_call", runs_calls)
