"""Who holds the task of introductions, and who answers one. Reads attributes, imports no model."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import is_visible
from stakeholders.entries.rules import may_vet


@rules.predicate
def covers_its_place(user: Any, introduction: Any = None) -> bool:
    """Return whether the user is the regional focal point of the country of the organization."""
    if introduction is None or not user.is_authenticated or not user.has_role(Role.REGIONAL):
        return False
    places = user.places_of(Role.REGIONAL)
    return places is None or introduction.stakeholder.country_id in places


@rules.predicate
def is_asker(user: Any, introduction: Any = None) -> bool:
    return introduction is not None and user.is_authenticated and introduction.asker_id == user.pk


rules.add_perm("stakeholders.hold_introductions", may_vet)
rules.add_perm("stakeholders.view_introduction", is_visible)
rules.add_perm("stakeholders.pass_on_introduction", is_visible & (may_vet | covers_its_place))
rules.add_perm("stakeholders.decline_introduction", is_visible & (may_vet | covers_its_place))
rules.add_perm("stakeholders.invite_introduction", may_vet)
rules.add_perm("stakeholders.withdraw_introduction", is_asker)
