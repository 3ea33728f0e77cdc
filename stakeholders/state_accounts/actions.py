"""State accounts: a person named by note verbale is invited, accepts, and is taken out again."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.actions import end_grant, grant_role
from accounts.people.enums import Role, Scope
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block, clean_line
from notifications.outbox.actions import notify
from stakeholders.invitations.actions_links import send_link
from stakeholders.invitations.queries import expiry
from stakeholders.state_accounts.enums import StateEnd
from stakeholders.state_accounts.models import StateAccount
from taxonomy.places.models import Country

A_DAY = 24 * 3600
PERMISSION = "stakeholders.keep_state_accounts"


def invite_state(
    address: str,
    *,
    actor: User,
    country: str,
    note_reference: str,
    note_date: date,
    language: str,
    person: str = "",
    scan: UploadedFile | None = None,
) -> StateAccount:
    """Invite somebody whom a State (ISO alpha-3) has named in a note verbale of this reference and date.

    Raises DomainError where the address is invited or in use already.
    """
    if not actor.has_perm(PERMISSION):
        raise PermissionDenied
    # People of the demonstration invite for its own country, which is no State in any list.
    known = Country.objects.all() if actor.is_demo else Country.objects.states()
    if not known.filter(pk=country).exists():
        message = _("Choose a State from the list.")
        raise DomainError(message, fields={"country": message})
    spend("stakeholders.invite_state", str(actor.pk), most=50, seconds=A_DAY)
    account = StateAccount(
        address=address.strip().lower(),
        person=clean_line(person),
        country_id=country,
        language=language,
        note_reference=clean_line(note_reference),
        note_date=note_date,
        invited_by=actor,
    )
    if scan is not None:
        account.take(scan)
    try:
        with transaction.atomic():
            _write(account)
            record(account, "stakeholders.state_invited", actor=actor, country=country)
    except IntegrityError:
        text = _("There is a State account, or an open invitation, of this address already.")
        raise DomainError(text, fields={"address": text}) from None
    return account


def invite_state_again(account: StateAccount, *, actor: User) -> StateAccount:
    """Send a new link; the old one opens nothing any more."""
    if not actor.has_perm(PERMISSION):
        raise PermissionDenied
    with transaction.atomic():
        account = _lock(account)
        if not account.is_open:
            raise WrongState(_("This invitation has been accepted, or has ended."))
        spend("stakeholders.invite_state_again", str(account.pk), most=5, seconds=A_DAY)
        account.invited_by = actor
        _write(account)
        record(account, "stakeholders.state_invited_again", actor=actor)
    return account


def accept_state(account: StateAccount, *, actor: User) -> StateAccount:
    """Make the actor a State user. The role is given by the inviting person, who must still be allowed to.

    Raises PermissionDenied where the address is not proved to be the person's, WrongState where the
    invitation has ended, DomainError for whoever has another part in the portal.
    """
    with transaction.atomic():
        locked = _lock(account)
        if not actor.has_perm("stakeholders.accept_state_account", locked):
            raise PermissionDenied
        if locked.accepted_at and locked.user_id == actor.pk and not locked.ended_at:
            return locked
        if locked.token_hash != account.token_hash or not locked.is_good:
            raise WrongState(_("This invitation has ended. Please ask the WhatsOn team for a new one."))
        # The person's row, so that they do not become a member at the same moment.
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        _refuse_other_part(actor)
        if locked.invited_by is None:
            raise DomainError(
                _("The person who invited you has left. Please ask the WhatsOn team for a new invitation.")
            )
        try:
            locked.grant = grant_role(
                actor,
                Role.STATE,
                actor=locked.invited_by,
                scope_kind=Scope.COUNTRY,
                scope_code=locked.country_id,
            )
        except PermissionDenied:
            raise DomainError(
                _(
                    "The person who invited you may no longer do so. Please ask the WhatsOn "
                    "team for a new invitation."
                )
            ) from None
        locked.user, locked.accepted_at = actor, now()
        locked.save(update_fields=["grant", "user", "accepted_at"])
        record(locked, "stakeholders.state_accepted", actor=actor, country=locked.country_id)
    return locked


def decline_state(account: StateAccount, *, actor: User | None, reason: str = "") -> None:
    """Answer that one does not want the account; whoever holds the link may. Whoever invited is told."""
    with transaction.atomic():
        locked = _lock(account)
        if locked.token_hash != account.token_hash or not locked.is_good:
            raise WrongState(_("This invitation has ended. Please ask the WhatsOn team for a new one."))
        locked.ended_at, locked.end_reason, locked.end_note = now(), StateEnd.DECLINED, clean_line(reason)
        locked.save(update_fields=["ended_at", "end_reason", "end_note"])
        record(locked, "stakeholders.desk_invitation_declined", actor=actor)
        if locked.invited_by:
            notify(
                locked.invited_by,
                "stakeholders.state_declined",
                key=f"state:{locked.pk}:declined",
                url_name="vetting:state",
                url_args=[locked.pk],
                facts={
                    "name": _state_name(locked, locked.invited_by.language),
                    "address": locked.address,
                    "reason": locked.end_note,
                },
                subject=locked,
            )


def end_state(account: StateAccount, *, actor: User, reason: str, note: str = "") -> StateAccount:
    """End an account or take an invitation back; the role is gone in the same moment.

    `reason` is of StateEnd.BY_DESK; "other" needs a note. The note is the desk's alone.
    """
    if not actor.has_perm(PERMISSION):
        raise PermissionDenied
    note = clean_block(note)
    if reason not in StateEnd.BY_DESK:
        raise DomainError(_("Choose the reason."), fields={"reason": _("Choose the reason.")})
    if reason == StateEnd.OTHER and not note:
        raise DomainError(_("Give the reason."), fields={"note": _("Give the reason.")})
    with transaction.atomic():
        account = _lock(account)
        if account.ended_at:
            raise WrongState(_("This account has been ended already."))
        account.ended_at, account.ended_by, account.end_reason, account.end_note = now(), actor, reason, note
        account.save(update_fields=["ended_at", "ended_by", "end_reason", "end_note"])
        # The administration may have ended the role before.
        if account.grant and (account.grant.ends_at is None or account.grant.ends_at > now()):
            end_grant(account.grant, actor=actor)
        record(account, "stakeholders.state_ended", actor=actor, reason=reason)
        if account.user:
            notify(
                account.user,
                "stakeholders.state_ended",
                key=f"state:{account.pk}:ended",
                url_name="portal:me",
                facts={"state": _state_name(account, account.user.language), "reason": reason},
                subject=account,
            )
    return account


def _refuse_other_part(actor: User) -> None:
    """Refuse members and whoever works for the portal: neither may act for a State."""
    if actor.memberships.exists():
        raise DomainError(
            _(
                "You act for an organization in this portal. A State account needs an "
                "address of its own; please ask the WhatsOn team to invite that one."
            )
        )
    if actor.is_guarded:
        raise DomainError(_("People who work for the portal cannot have a State account."))


def _lock(account: StateAccount) -> StateAccount:
    locked = StateAccount.objects.select_for_update(no_key=True).filter(pk=account.pk).first()
    if locked is None:
        raise WrongState(_("This invitation is no longer there."))
    return locked


def _write(account: StateAccount) -> None:
    send_link(
        account,
        "stakeholders.state_invited",
        until=expiry(),
        key="state",
        url_name="stakeholders:for_states",
        facts={"state": _state_name(account, account.language), "reference": account.note_reference},
    )


def _state_name(account: StateAccount, language: str) -> str:
    """Return the name of the State in the language of a mail."""
    with override(language):
        return str(account.country.name)
