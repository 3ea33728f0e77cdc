"""Somebody comes to act for an entry; the row of an entry held."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError
from notifications.outbox.actions import notify_all
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.queries import admins_of
from stakeholders.hooks import after_naming


def add_member(stakeholder: Stakeholder, user: User, *, role: MemberRole, actor: User) -> Membership:
    """Let a person act for a stakeholder; whoever is one already stays as they are.

    Called by acts that have asked for their own permission, such as an approval. Raises DomainError for
    whoever is here for a State.
    """
    refuse_state(user)
    membership, new = Membership.objects.get_or_create(
        stakeholder=stakeholder, user=user, defaults={"role": role}
    )
    if new:
        record(stakeholder, "stakeholders.member_added", actor=actor, role=role.value, person=user.pk)
    return membership


def refuse_state(user: User) -> None:
    """Raise DomainError for a State user, and lock the person so that they do not become one meanwhile."""
    if User.objects.select_for_update(no_key=True).get(pk=user.pk).has_role(Role.STATE):
        raise DomainError(_("This account is here for a State. It cannot act for an organization."))


def hold(pk: int) -> Stakeholder:
    """Return the row, locked until the act ends, so that changes of its members are serialized."""
    return Stakeholder.objects.select_for_update(no_key=True).get(pk=pk)


def update_naming(ids: Collection[int], *, hides: bool = False) -> None:
    """Let what was written down with the names of these entries follow, in the caller's transaction.

    `hides`: some who read them no longer do.
    """
    for follow in after_naming.values():
        follow(ids, hides)


def tell_admins(stakeholder: Stakeholder, kind: str, act: int, **facts: str) -> None:
    """Tell every administrator; `act` is the number of the audit sentence, one message for each."""
    notify_all(
        admins_of(stakeholder.pk),
        kind,
        key=f"stakeholder:{stakeholder.pk}:{kind.removeprefix('stakeholders.')}:{act}",
        url_name="stakeholders:manage",
        url_args=[stakeholder.pk],
        facts={"name": stakeholder.name, **facts},
        subject=stakeholder,
    )
