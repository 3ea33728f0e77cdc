"""Who may do what with an entry, and whom a kind of message can reach. Imports no model."""

from collections.abc import Collection
from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_signed_in, is_visible
from stakeholders.entries.enums import MemberRole, Status

may_vet = has_role(Role.VETTING, Role.HEAD)
is_state = has_role(Role.STATE)


def acts_for(user: Any, stakeholder_id: int | None, *roles: str) -> bool:
    """Return whether the person has a role among these (by default: writers) while it takes part."""
    return belongs_to(user, stakeholder_id, *roles, standing=Status.TAKING_PART)


def belongs_to(
    user: Any, stakeholder_id: int | None, *roles: str, standing: Collection[str] = Status.values
) -> bool:
    """Return the same as `acts_for`, whatever the status: people may always withdraw what is their own."""
    return bool(
        stakeholder_id
        and is_signed_in(user)
        and any(
            pk == stakeholder_id and role in (roles or MemberRole.WRITERS) and status in standing
            for pk, role, status in memberships_of(user)
        )
    )


def memberships_of(user: Any) -> list[tuple[int, str, str]]:
    """Return (entry, role of the person, status of the entry) of each membership, read once for a request."""

    def read() -> list[tuple[int, str, str]]:
        rows = user.memberships.order_by()
        return list(rows.values_list("stakeholder_id", "role", "stakeholder__status"))

    memberships: list[tuple[int, str, str]] = user.ask_once("memberships", read)
    return memberships


@rules.predicate
def is_member(user: Any) -> bool:
    """Return whether the user is in an approved, unsuspended stakeholder, and is no State user."""
    return bool(
        user.is_authenticated
        and user.is_active
        and not user.has_role(Role.STATE)
        and any(status in Status.TAKING_PART for _pk, _role, status in memberships_of(user))
    )


@rules.predicate
def edits(user: Any, stakeholder: Any) -> bool:
    """Return whether the user administers or edits a stakeholder that takes part, or could by confirming."""
    return (
        stakeholder is not None
        and stakeholder.status in Status.LOOKED_AFTER
        and belongs_to(user, stakeholder.pk)
    )


rules.add_perm("stakeholders.take_part", is_member)
rules.add_perm("stakeholders.view_stakeholder", is_visible)
rules.add_perm("stakeholders.change_stakeholder", edits)


# --- Members and changes ------------------------------------------------------------------------------
@rules.predicate
def belongs(user: Any, stakeholder: Any) -> bool:
    """Return whether the user acts for this stakeholder in any role, whatever its status."""
    return bool(
        stakeholder is not None
        and user.is_authenticated
        and user.is_active
        and any(pk == stakeholder.pk for pk, _role, _status in memberships_of(user))
    )


@rules.predicate
def leads(user: Any, stakeholder: Any) -> bool:
    """Return whether the user administers this stakeholder while it is active or lapsed."""
    return (
        stakeholder is not None
        and stakeholder.status in Status.LOOKED_AFTER
        and belongs_to(user, stakeholder.pk, MemberRole.ADMIN)
    )


@rules.predicate
def has_members(user: Any, stakeholder: Any) -> bool:
    """Return whether the stakeholder is an organization, not an individual expert."""
    return stakeholder is not None and not stakeholder.is_expert


rules.add_perm("stakeholders.manage_stakeholder", belongs | may_vet)
rules.add_perm("stakeholders.judge_stakeholder", may_vet)


# --- The standing of a stakeholder ------------------------------------------------------------------
def acts_as(*roles: str) -> rules.predicates.Predicate:
    """Return a predicate: the person has a role among these in the stakeholder, of whatever status."""

    @rules.predicate(name=f"acts_as:{' or '.join(roles)}")
    def acts(user: Any, stakeholder: Any = None) -> bool:
        return stakeholder is not None and belongs_to(user, stakeholder.pk, *roles)

    return acts


looks_after = acts_as(*MemberRole.WRITERS)

# --- Whom a kind of message can reach at all: the preferences offer it to nobody else ----------------
# Roles are asked as they are held, asleep or not: mail does not ask for a second factor. An answer is kept
# with the person for the rest of the request, since several kinds ask the same.


def holds(user: Any, *roles: str) -> bool:
    return any(grant.role in roles for grant in user.granted)


def vets(user: Any) -> bool:
    """Return whether the user vets, and so is informed of applications and changes."""
    return holds(user, Role.VETTING)


def covers_places(user: Any) -> bool:
    return holds(user, Role.REGIONAL)


def acts_for_somebody(user: Any) -> bool:
    return ask_once(user, "acts", user.memberships.exists)


def ask_once(user: Any, name: str, ask: Any) -> bool:
    answers: dict[str, bool] = user.__dict__.setdefault("_concerns", {})
    if name not in answers:
        answers[name] = ask()
    return answers[name]
