"""The desk invites somebody to register: written, written again, withdrawn; and the person begins."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_line
from notifications.outbox.actions import notify
from stakeholders.applications.enums import ApplicationStatus, Purpose
from stakeholders.applications.models import Application
from stakeholders.applications.queries import draft_of
from stakeholders.entries.actions import refuse_state
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.invitations.actions_links import lock_open, send_link
from stakeholders.invitations.models import DeskInvitation
from stakeholders.invitations.queries import KIND, expiry, facts_of

A_DAY = 24 * 3600
TAKEN_OVER = ("name", "name_latin", "acronym", "country", "city", "website")


def invite_to_register(
    address: str,
    *,
    actor: User,
    language: str,
    kind: str,
    name: str = "",
    country: str = "",
    stakeholder: Stakeholder | None = None,
) -> DeskInvitation:
    """Write to `address`; whoever holds it begins a registration filled in with what the desk knows.

    `country` is an ISO alpha-3 code. With a listed `stakeholder` they claim that profile. Raises DomainError
    where such an invitation is open already.
    """
    if not actor.has_perm("stakeholders.invite_stakeholders"):
        raise PermissionDenied
    spend("stakeholders.invite_to_register", str(actor.pk), most=200, seconds=A_DAY)
    invitation = DeskInvitation(
        address=address.strip().lower(),
        language=language,
        kind=Kind(kind),
        name=clean_line(name),
        country_id=country or None,
        stakeholder=stakeholder,
        invited_by=actor,
    )
    with transaction.atomic():
        invitation.keep_keys()
        _end_what_ran_out(invitation)
        _write_or_refuse(
            invitation, _("An invitation to this address is open already. It can be written again below.")
        )
        record(invitation, "stakeholders.desk_invited", actor=actor)
    return invitation


def write_again(invitation: DeskInvitation, *, actor: User, address: str = "") -> DeskInvitation:
    """Write with a new link, to another address where one is given; the old link opens nothing any more."""
    if not actor.has_perm("stakeholders.invite_stakeholders"):
        raise PermissionDenied
    with transaction.atomic():
        invitation = lock_open(invitation)
        spend("stakeholders.write_again", str(invitation.pk), most=5, seconds=A_DAY)
        invitation.invited_by = actor
        invitation.address = address.strip().lower() or invitation.address
        _write_or_refuse(invitation, _("Another invitation to this address is open already."))
        record(invitation, "stakeholders.desk_invited_again", actor=actor)
    return invitation


def withdraw_desk_invitation(invitation: DeskInvitation, *, actor: User) -> None:
    """Take it back; its link opens nothing any more. An entry that waits for it stays the desk's alone."""
    if not actor.has_perm("stakeholders.invite_stakeholders"):
        raise PermissionDenied
    with transaction.atomic():
        invitation = lock_open(invitation)
        invitation.withdrawn_at = now()
        invitation.save(update_fields=["withdrawn_at"])
        record(invitation, "stakeholders.desk_invitation_withdrawn", actor=actor)


def decline_desk_invitation(invitation: DeskInvitation, *, actor: User | None, reason: str = "") -> None:
    """Answer that one does not want to register; whoever holds the link may, with or without an account.

    An entry that waited for it stays the desk's alone; whoever invited is told. Raises WrongState where the
    invitation has ended.
    """
    with transaction.atomic():
        locked = lock_open(invitation)
        if locked.token_hash != invitation.token_hash:
            raise WrongState(_("This invitation has expired. Please ask the WhatsOn team for a new one."))
        locked.withdrawn_at, locked.declined, locked.decline_reason = now(), True, clean_line(reason)
        locked.save(update_fields=["withdrawn_at", "declined", "decline_reason"])
        record(locked, "stakeholders.desk_invitation_declined", actor=actor)
        if locked.invited_by:
            notify(
                locked.invited_by,
                "stakeholders.desk_invitation_declined",
                key=f"desk-invitation:{locked.pk}:declined",
                url_name="vetting:desk_invitation",
                url_args=[locked.pk],
                facts={"name": str(locked), "address": locked.address, "reason": locked.decline_reason},
                subject=locked,
            )


def write_invitation(invitation: DeskInvitation, *, reminder: bool = False) -> None:
    """Give the invitation a fresh link and hand its mail to the outbox, in the caller's transaction."""
    if reminder:
        invitation.reminded_at = now()
    else:
        invitation.mailed_at = now()
    send_link(
        invitation,
        KIND,
        until=expiry(),
        key="desk-invitation",
        url_name="stakeholders:invited",
        facts={**facts_of(invitation), "reminder": reminder},
    )


def _write_or_refuse(invitation: DeskInvitation, refusal: str) -> None:
    try:
        with transaction.atomic():
            write_invitation(invitation)
    except IntegrityError:
        raise DomainError(refusal, fields={"address": refusal}) from None


def accept_desk_invitation(invitation: DeskInvitation, *, actor: User) -> Application:
    """Begin the registration that the desk has filled in; again it leads to the same one.

    Raises PermissionDenied where the address is not proved to be the person's, WrongState where the
    invitation has ended, DomainError where another draft of the person is open.
    """
    with transaction.atomic():
        locked = DeskInvitation.objects.select_for_update(no_key=True).filter(pk=invitation.pk).first()
        if locked is None or not actor.has_perm("stakeholders.accept_desk_invitation", locked):
            raise PermissionDenied
        if locked.withdrawn_at:
            raise WrongState(_("This invitation was withdrawn."))
        if locked.accepted_at:
            if locked.accepted_by_id != actor.pk:
                raise WrongState(_("This invitation has been accepted already."))
            if locked.application:
                return locked.application
        elif locked.token_hash != invitation.token_hash or not locked.is_good:
            raise WrongState(_("This invitation has expired. Please ask the WhatsOn team for a new one."))
        entry = _entry_for(locked)
        application = _create_draft(locked, entry, actor)
        locked.application, locked.accepted_by = application, actor
        locked.accepted_at = locked.accepted_at or now()
        locked.save(update_fields=["application", "accepted_by", "accepted_at"])
        record(locked, "stakeholders.desk_invitation_accepted", actor=actor)
    return application


def _entry_for(invitation: DeskInvitation) -> Stakeholder | None:
    if invitation.stakeholder_id is None:
        return None
    entry = Stakeholder.objects.select_for_update(no_key=True).get(pk=invitation.stakeholder_id)
    open_claims = entry.applications.filter(status__in=(ApplicationStatus.DRAFT, *ApplicationStatus.OPEN))
    if entry.status != Status.LISTED or open_claims.exists():
        raise DomainError(
            _(
                "Another person has become administrator of this profile meanwhile. Please "
                "contact the WhatsOn team."
            )
        )
    return entry


def _create_draft(invitation: DeskInvitation, entry: Stakeholder | None, actor: User) -> Application:
    """Create a draft with what is known. Who may find the entry is left to the person to choose."""
    refuse_state(actor)
    if not actor.has_perm("stakeholders.add_application"):
        raise PermissionDenied
    refusal = DomainError(
        _(
            "You have begun another registration. Please submit or delete it first; you can "
            "accept this invitation afterwards."
        )
    )
    if draft_of(actor) is not None:
        raise refusal
    known: Any = entry or invitation
    values = {field: getattr(known, field) for field in TAKEN_OVER if hasattr(known, field)}
    try:
        with transaction.atomic():
            return Application.objects.create(
                applicant=actor,
                kind=known.kind,
                stakeholder=entry,
                purpose=Purpose.CLAIM if entry else Purpose.NEW,
                **values,
            )
    except IntegrityError:  # another window was a moment earlier
        raise refusal from None


def _end_what_ran_out(invitation: DeskInvitation) -> None:
    same = DeskInvitation.objects.open().filter(address=invitation.address, name_key=invitation.name_key)
    same.filter(expires_at__lte=now()).update(withdrawn_at=now())
