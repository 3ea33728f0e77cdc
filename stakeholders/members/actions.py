"""Who acts for a stakeholder: roles given and changed, people removed, people who leave.

Each act holds the stakeholder's row first, so that of two administrators who leave at once one stays.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_line
from notifications.outbox.actions import notify
from stakeholders.entries.actions import hold, tell_admins
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.entries.queries import admins_of
from stakeholders.invitations.models import Invitation


def change_role(membership: Membership, role: str, *, actor: User) -> Membership:
    """Give a member another role; making another person administrator is how a stakeholder is handed over.

    Raises DomainError where nobody would be left to administer it.
    """
    with transaction.atomic():
        stakeholder = hold(membership.stakeholder_id)
        _refuse_unless_leading(stakeholder, actor)
        stored_membership = _reread_membership(membership)
        if role not in MemberRole.values:
            raise DomainError(_("Choose a role from the list."), fields={"role": _("Choose a role.")})
        if stored_membership.role == role:
            return stored_membership
        was = stored_membership.role
        if was == MemberRole.ADMIN:
            _refuse_last_admin(stored_membership)
            _take_back_invitations(stored_membership, actor)
        stored_membership.role = role
        stored_membership.save(update_fields=["role"])
        entry = record(
            stakeholder,
            "stakeholders.role_changed",
            actor=actor,
            person=stored_membership.user_id,
            before_role=was,
            role=role,
        )
        _tell_person(
            stakeholder, stored_membership.user, actor, "stakeholders.role_changed", entry.pk, role=role
        )
    return stored_membership


def remove_member(membership: Membership, *, actor: User) -> None:
    """End another's membership. Raises DomainError for the last administrator and for oneself."""
    with transaction.atomic():
        stakeholder = hold(membership.stakeholder_id)
        _refuse_unless_leading(stakeholder, actor)
        stored_membership = _reread_membership(membership)
        if stored_membership.user_id == actor.pk:
            raise DomainError(_("To end your own membership, use “Leave”."))
        if stored_membership.role == MemberRole.ADMIN:
            _refuse_last_admin(stored_membership)
            _take_back_invitations(stored_membership, actor)
        entry = record(
            stakeholder, "stakeholders.member_removed", actor=actor, person=stored_membership.user_id
        )
        person = stored_membership.user
        stored_membership.delete()
        _tell_person(stakeholder, person, actor, "stakeholders.member_removed", entry.pk)


def leave(stakeholder: Stakeholder, *, actor: User) -> None:
    """End one's own membership. Raises DomainError for the last administrator, who hands over first."""
    with transaction.atomic():
        locked_entry = hold(stakeholder.pk)
        mine = Membership.objects.filter(stakeholder=locked_entry, user=actor).first()
        if mine is None:
            raise WrongState(_("You are no longer a member."))
        if not actor.has_perm("stakeholders.leave_stakeholder", locked_entry):
            raise PermissionDenied
        if mine.role == MemberRole.ADMIN:
            _refuse_last_admin(mine)
        mine.delete()
        entry = record(locked_entry, "stakeholders.member_left", actor=actor, person=actor.pk)
        tell_admins(locked_entry, "stakeholders.member_left", entry.pk, person=str(actor))


def show_on_profile(stakeholder: Stakeholder, *, actor: User, is_shown: bool, position: str) -> Membership:
    """Show or hide the actor's own name on the profile."""
    with transaction.atomic():
        locked_entry = hold(stakeholder.pk)
        mine = Membership.objects.filter(stakeholder=locked_entry, user=actor).first()
        if mine is None:
            raise WrongState(_("You are no longer a member."))
        if is_shown and not actor.name:
            message = _("Your account has no name yet. Enter it in your settings first.")
            raise DomainError(message, fields={"is_shown": message})
        was = mine.is_shown
        mine.is_shown, mine.position = is_shown, clean_line(position)
        mine.save(update_fields=["is_shown", "position"])
        if is_shown != was:
            sentence = "stakeholders.member_shown" if is_shown else "stakeholders.member_hidden"
            record(locked_entry, sentence, actor=actor, person=actor.pk)
        DirectoryVersion.objects.bump()
    return mine


def _tell_person(
    stakeholder: Stakeholder, person: User, actor: User, kind: str, act: int, **facts: str
) -> None:
    if person.pk == actor.pk:
        return
    removed = kind == "stakeholders.member_removed"
    notify(
        person,
        kind,
        key=f"stakeholder:{stakeholder.pk}:{kind.removeprefix('stakeholders.')}:{act}",
        url_name="portal:me" if removed else "stakeholders:manage",
        url_args=[] if removed else [stakeholder.pk],
        facts={"name": stakeholder.name, "by": str(actor), **facts},
        subject=stakeholder,
    )


def _refuse_unless_leading(stakeholder: Stakeholder, actor: User) -> None:
    if not actor.has_perm("stakeholders.manage_members", stakeholder):
        raise PermissionDenied


def _reread_membership(membership: Membership) -> Membership:
    stored_membership = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if stored_membership is None:
        raise WrongState(_("This person is no longer a member."))
    return stored_membership


def _refuse_last_admin(membership: Membership) -> None:
    """Raise DomainError for the last administrator; one whose account is closed does not count."""
    others = admins_of(membership.stakeholder_id).exclude(pk=membership.user_id)
    if not others.exists():
        raise DomainError(
            _("This is the last administrator. Make another member administrator first; then hand over.")
        )


def _take_back_invitations(membership: Membership, actor: User) -> None:
    """Withdraw the invitations of a former administrator, who could come back through one of them."""
    if membership.user_id != actor.pk:
        Invitation.objects.open().filter(
            stakeholder_id=membership.stakeholder_id, invited_by=membership.user_id
        ).update(withdrawn_at=now())
