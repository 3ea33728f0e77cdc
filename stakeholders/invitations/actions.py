"""Inviting a colleague: sent, sent again, withdrawn, accepted."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_line
from stakeholders.entries.actions import hold, refuse_state, tell_admins
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.queries import holds_membership
from stakeholders.invitations.actions_links import lock_open, send_link
from stakeholders.invitations.models import Invitation

A_DAY = 24 * 3600
AN_HOUR = 3600


def invite(
    stakeholder: Stakeholder, address: str, role: str, *, actor: User, language: str = "en"
) -> Invitation:
    """Send a link to `address` by which its holder becomes a member; good for 14 days.

    `language` is that of the mail. Raises DomainError where the holder is a member already or an invitation
    is still open.
    """
    address = address.strip().lower()
    with transaction.atomic():
        stakeholder = hold(stakeholder.pk)
        _refuse_unless_leading(stakeholder, actor)
        if role not in MemberRole.values:
            raise DomainError(_("Choose a role from the list."), fields={"role": _("Choose a role.")})
        _refuse_known(stakeholder, address)
        spend("stakeholders.invite", str(stakeholder.pk), most=30, seconds=A_DAY)
        invitation = Invitation(
            stakeholder=stakeholder, address=address, role=role, language=language, invited_by=actor
        )
        _send(invitation)
        record(stakeholder, "stakeholders.invited", actor=actor, role=str(role), invitation=invitation.pk)
    return invitation


def invite_again(invitation: Invitation, *, actor: User) -> Invitation:
    """Send a new link, good for 14 more days; the old one opens nothing any more."""
    with transaction.atomic():
        stakeholder = hold(invitation.stakeholder_id)
        _refuse_unless_leading(stakeholder, actor)
        invitation = lock_open(invitation)
        spend("stakeholders.invite_again", str(invitation.pk), most=3, seconds=AN_HOUR)
        invitation.invited_by = actor
        _send(invitation)
        record(stakeholder, "stakeholders.invited_again", actor=actor, invitation=invitation.pk)
    return invitation


def withdraw_invitation(invitation: Invitation, *, actor: User) -> None:
    """Take an invitation back; its link opens nothing any more."""
    with transaction.atomic():
        stakeholder = hold(invitation.stakeholder_id)
        _refuse_unless_leading(stakeholder, actor)
        invitation = lock_open(invitation)
        invitation.withdrawn_at = now()
        invitation.save(update_fields=["withdrawn_at"])
        record(stakeholder, "stakeholders.invitation_withdrawn", actor=actor, invitation=invitation.pk)


def decline(invitation: Invitation, *, actor: User | None, reason: str = "") -> None:
    """Answer that one will not join; whoever holds the link may, with or without an account.

    Its administrators are told. Raises WrongState where the invitation has ended.
    """
    with transaction.atomic():
        stakeholder = hold(invitation.stakeholder_id)
        locked = lock_open(invitation)
        if locked.token_hash != invitation.token_hash:
            raise WrongState(_("This invitation has expired. Please ask for a new one."))
        locked.withdrawn_at, locked.declined, locked.decline_reason = now(), True, clean_line(reason)
        locked.save(update_fields=["withdrawn_at", "declined", "decline_reason"])
        entry = record(stakeholder, "stakeholders.invitation_declined", actor=actor, invitation=locked.pk)
        tell_admins(
            stakeholder,
            "stakeholders.invitation_declined",
            entry.pk,
            address=locked.address,
            reason=locked.decline_reason,
        )


def accept(invitation: Invitation, *, actor: User) -> Membership:
    """Become a member by an invitation to one's own address; whoever is one already keeps their role.

    Raises PermissionDenied where the address is not proved to be the person's, WrongState where the
    invitation has ended, DomainError where the stakeholder does not take part now.
    """
    with transaction.atomic():
        stakeholder = hold(invitation.stakeholder_id)
        locked = lock_open(invitation)
        if not actor.has_perm("stakeholders.accept_invitation", locked):
            raise PermissionDenied
        if locked.token_hash != invitation.token_hash or not locked.is_good:
            raise WrongState(_("This invitation has expired. Please ask for a new one."))
        if stakeholder.status not in Status.TAKING_PART or stakeholder.is_expert:
            raise DomainError(_("The organization cannot take new members now."))
        refuse_state(actor)
        locked.accepted_at = now()
        locked.save(update_fields=["accepted_at"])
        membership, new = Membership.objects.get_or_create(
            stakeholder=stakeholder, user=actor, defaults={"role": locked.role}
        )
        if new:
            entry = record(
                stakeholder, "stakeholders.member_joined", actor=actor, role=locked.role, person=actor.pk
            )
            tell_admins(
                stakeholder, "stakeholders.member_joined", entry.pk, person=str(actor), role=locked.role
            )
    return membership


def _refuse_unless_leading(stakeholder: Stakeholder, actor: User) -> None:
    if not actor.has_perm("stakeholders.manage_members", stakeholder):
        raise PermissionDenied


def _refuse_known(stakeholder: Stakeholder, address: str) -> None:
    if holds_membership(stakeholder, address):
        text = _("This person is a member already.")
        raise DomainError(text, fields={"address": text})
    same = Invitation.objects.open().filter(stakeholder=stakeholder, address=address)
    same.filter(expires_at__lte=now()).update(withdrawn_at=now())
    if same.exists():
        text = _("An invitation to this address is open already. It can be sent again below.")
        raise DomainError(text, fields={"address": text})


def _send(invitation: Invitation) -> None:
    send_link(
        invitation,
        "stakeholders.invited",
        until=now() + timedelta(days=settings.STAKEHOLDERS_INVITATION_DAYS),
        key="invitation",
        url_name="stakeholders:invitation",
        facts={
            "name": invitation.stakeholder.name,
            "by": str(invitation.invited_by),
            "role": invitation.role,
        },
    )
