"""Who claims an entry, asks to join an organization, and answers that."""

from typing import Any

import rules

from accounts.people.rules import is_signed_in, is_visible
from stakeholders.entries.rules import belongs, is_state, leads, may_vet


# --- Claims of listed entries, requests to join ----------------------------------------------------------
@rules.predicate
def leads_asked(user: Any, request: Any = None) -> bool:
    """Return whether the user administers the organization that the request is to join."""
    return request is not None and leads.test(user, request.stakeholder)


@rules.predicate
def waits_for_desk(user: Any, request: Any = None) -> bool:
    """Return whether the request is with the desk, and the user has no part in it."""
    return bool(
        request is not None
        and request.with_desk_since
        and request.user_id != user.pk
        and not belongs.test(user, request.stakeholder)
    )


@rules.predicate
def asks_for_oneself(user: Any, request: Any = None) -> bool:
    return request is not None and user.is_authenticated and request.user_id == user.pk


rules.add_perm("stakeholders.claim_stakeholder", is_signed_in & is_visible & ~is_state)
rules.add_perm("stakeholders.ask_to_join", is_signed_in & is_visible & ~is_state)
rules.add_perm("stakeholders.view_joinrequest", is_visible)
rules.add_perm(
    "stakeholders.answer_joinrequest", (leads_asked | (may_vet & waits_for_desk)) & ~asks_for_oneself
)
rules.add_perm("stakeholders.make_administrator", may_vet)
