"""Who somebody is, as predicates that every app may combine; and who may give roles."""

from typing import Any

import rules

from accounts.people.enums import Role


@rules.predicate
def is_signed_in(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def is_visible(user: Any, obj: Any = None) -> bool:
    """The one truth of who sees a row is its queryset's `visible_to`; this asks it."""
    return obj is not None and type(obj)._default_manager.visible_to(user).filter(pk=obj.pk).exists()


@rules.predicate
def is_desk(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_desk)


def has_role(*roles: str) -> rules.predicates.Predicate:
    """A predicate: the person holds at least one of the roles, in whatever scope."""
    names = " or ".join(roles)

    @rules.predicate(name=f"has_role:{names}")
    def holds(user: Any) -> bool:
        return bool(user.is_authenticated and user.has_role(*roles))

    return holds


def has_role_for(role: str) -> rules.predicates.Predicate:
    """A predicate: the person holds `role` for the country (ISO3) or the region (M49) of the object.

    The object says where it lies by `scope_country` and `scope_region` (either may be "").
    """

    @rules.predicate(name=f"scoped:{role}")
    def holds(user: Any, obj: Any = None) -> bool:
        if not user.is_authenticated or obj is None:
            return False
        places = {getattr(obj, "scope_country", ""), getattr(obj, "scope_region", "")} - {""}
        named = any(
            grant.role == role and (not grant.scope_code or grant.scope_code in places)
            for grant in user.live_grants
        )
        # A sub-region is not named by the object: its countries say whether it lies there.
        return named or not places.isdisjoint(user.places_of(role) or ())

    return holds


is_administrator = has_role(Role.ADMINISTRATOR)


@rules.predicate
def is_second_person(user: Any, grant: Any = None) -> bool:
    """Neither gave the grant nor receives it."""
    return grant is not None and user.pk not in (grant.granted_by_id, grant.user_id)


@rules.predicate
def is_appointment(user: Any, grant: Any = None) -> bool:
    """A role outside the desk, which the head of desk may give alone."""
    return grant is not None and grant.role not in Role.DESK


is_head = has_role(Role.HEAD)

rules.add_perm("accounts.give_grant", is_administrator | (is_head & is_appointment))
rules.add_perm("accounts.confirm_grant", is_administrator & is_second_person)
rules.add_perm("accounts.end_grant", is_administrator | (is_head & is_appointment))
