"""A second factor is lost: asked by the person, made sure by one administrator, carried out by a second."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts import hooks
from accounts.people.actions import revoke_tokens
from accounts.people.models import User
from accounts.second_factor import sessions
from accounts.second_factor.models import FactorReset
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block, clean_line

A_DAY = 24 * 60 * 60


def ask_reset(user: User, contact: str) -> FactorReset:
    """Ask the desk; again while a request is open, it only says anew how the person can be reached.

    The caller has seen the password, a code sent by mail, or a session. Raises WrongState without a factor.
    """
    if not sessions.is_enrolled(user):
        raise WrongState(_("There is no second factor to remove."))
    spend("accounts.ask_reset", str(user.pk), most=5, seconds=A_DAY)
    with transaction.atomic():
        # Two windows at once would each believe to be the first.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        reset = FactorReset.objects.open().filter(user=user).first()
        if reset is not None:
            reset.contact = clean_line(contact)
            reset.save(update_fields=["contact"])
            return reset
        reset = FactorReset.objects.create(user=user, contact=clean_line(contact))
        hooks.factor_reset.send(FactorReset, reset=reset, actor=user, step="asked")
    return reset


def check_reset(reset: FactorReset, *, actor: User, reason: str) -> None:
    """The first administrator has made sure that it is the person, and says how; nothing is removed yet."""
    if not actor.has_perm("accounts.check_reset", reset):
        raise PermissionDenied(_("Only an administrator who is not this person may do so."))
    reason = clean_block(reason)
    if not reason:
        text = _("Describe how you verified the person's identity.")
        raise DomainError(text, fields={"reason": text})
    with transaction.atomic():
        held_reset = _hold_open_reset(reset)
        held_reset.reason, held_reset.checked_by, held_reset.checked_at = reason, actor, now()
        held_reset.save(update_fields=["reason", "checked_by", "checked_at"])
        hooks.factor_reset.send(FactorReset, reset=held_reset, actor=actor, step="checked")


def confirm_reset(reset: FactorReset, *, actor: User) -> None:
    """The second person's yes: every factor goes, and so does the password, which somebody else may know.

    The person sets a new one by a link to their own address; their sessions end, their tokens are revoked.
    """
    with transaction.atomic():
        held_reset = _hold_open_reset(reset)
        if not actor.has_perm("accounts.confirm_reset", held_reset):
            raise PermissionDenied(
                _("It needs a second administrator, who did not verify the identity and is not this person.")
            )
        _carry_out(held_reset, actor)


def refuse_reset(reset: FactorReset, *, actor: User) -> None:
    """Answer the request with no; nothing is removed. Raises WrongState where it is answered already."""
    if not actor.has_perm("accounts.check_reset", reset):
        raise PermissionDenied(_("Only an administrator who is not this person may do so."))
    with transaction.atomic():
        held_reset = _hold_open_reset(reset)
        held_reset.refused_by, held_reset.refused_at = actor, now()
        held_reset.save(update_fields=["refused_by", "refused_at"])
        hooks.factor_reset.send(FactorReset, reset=held_reset, actor=actor, step="refused")


def reset_on_the_machine(user: User, reason: str) -> FactorReset:
    """For whoever runs the portal, where two administrators are not at hand; `reason` says who agreed."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        reset = FactorReset.objects.open().filter(user=user).first() or FactorReset(user=user)
        reset.reason, reset.checked_by, reset.checked_at = clean_block(reason), None, now()
        reset.save()
        _carry_out(reset, None)
    return reset


def end_resets(user: User) -> None:
    """The person has shown the factor: a request, whoever sent it, has nothing left to ask."""
    FactorReset.objects.open().filter(user=user).update(refused_at=now())


def _carry_out(reset: FactorReset, actor: User | None) -> None:
    reset.confirmed_by, reset.confirmed_at = actor, now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    Authenticator.objects.filter(user=reset.user).delete()
    reset.user.set_unusable_password()
    reset.user.save(update_fields=["password"])
    revoke_tokens(reset.user, actor=actor, why="factor_reset")
    hooks.factor_reset.send(FactorReset, reset=reset, actor=actor, step="confirmed")


def _hold_open_reset(reset: FactorReset) -> FactorReset:
    open_resets = (
        FactorReset.objects.open().select_for_update(no_key=True, of=("self",)).select_related("user")
    )
    held_reset = open_resets.filter(pk=reset.pk).first()
    if held_reset is None:
        raise WrongState(_("This request has been answered already. Please reload the page."))
    return held_reset
