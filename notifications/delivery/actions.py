"""Acts of the desk on e-mail that is sent: pause, resume, set the rate, send once more."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.mail import make_msgid
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import nudge
from notifications.bounces.queries import held_back
from notifications.delivery.models import Outlet, Pause
from notifications.happenings.models import Happening
from notifications.hooks import kinds
from notifications.outbox.actions import host_of_mail, nudge_sending
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message


def pause(kind: str, *, actor: User, happening: Happening | None = None) -> Pause:
    """Pause the due messages of a kind, or of one happening of it. What a worker has claimed still leaves.

    Raises DomainError for security and decisions, which people must get, and WrongState where it is paused.
    """
    if not actor.has_perm("notifications.steer_sending"):
        raise PermissionDenied
    if kind not in kinds or not kinds[kind].is_optional:
        raise DomainError(_("Security and decisions are never held back."))
    return hold_back(kind, by=actor, happening=happening)


def hold_back(kind: str, *, by: User, happening: Happening | None = None) -> Pause:
    """Pause without asking for the permission of `by`. Raises WrongState where it is paused already."""
    try:
        with transaction.atomic():
            new_pause = Pause.objects.create(kind=kind, happening=happening, by=by)
            if happening is not None:
                due = Message.objects.filter(happening=happening, status__in=Status.DUE)
                due.update(status=Status.PAUSED)
    except IntegrityError:
        raise WrongState(_("This is paused already.")) from None
    return new_pause


def resume(paused: Pause, *, actor: User) -> None:
    """Resume the paused messages. Raises WrongState where another person has resumed them."""
    if not actor.has_perm("notifications.steer_sending"):
        raise PermissionDenied
    let_go(paused, by=actor)


def let_go(paused: Pause, *, by: User) -> None:
    """Resume without asking for the permission of `by`."""
    with transaction.atomic():
        if not Pause.objects.live().filter(pk=paused.pk).update(ended_at=now(), ended_by=by):
            raise WrongState(_("This is under way already."))
        if paused.happening_id:
            held = Message.objects.filter(happening=paused.happening_id, status=Status.PAUSED)
            held.update(status=Status.QUEUED)
        nudge("notifications.sweep")


def set_rate(outlet: Outlet, per_second: float | None, *, actor: User) -> None:
    """Set how many e-mails a second the provider allows; None for no limit."""
    if not actor.has_perm("notifications.steer_sending"):
        raise PermissionDenied
    Outlet.objects.filter(pk=outlet.pk).update(per_second=per_second, tokens=0, filled_at=Now())


# --- A message that did not arrive leaves once more --------------------------------------------------


def why_not_again(message: Message) -> str:
    """Return why this message cannot be sent again, as a sentence; an empty text where it can."""
    now_to = Message(pk=message.pk, address=_address_now(message), kind=message.kind)
    # Asked in this order: what is said is the first that stands in the way.
    obstacles: list[tuple[Callable[[], object], str]] = [
        (lambda: message.kind not in kinds, _("Messages of this kind are not sent any more.")),
        (
            lambda: message.declared.secret,
            _("It carried a secret, which was erased. The person can ask for a new one."),
        ),
        (lambda: message.status not in Status.OVER, _("It is still under way.")),
        (
            lambda: message.status == Status.SENT and message.outcome not in Outcome.BACK,
            _("Sent; no sign that it came back."),
        ),
        (lambda: hasattr(message, "again"), _("It was sent again already.")),
        (lambda: held_back([now_to]), _("E-mail to this address is held back. Let it through first.")),
    ]
    return next((reason for stands, reason in obstacles if stands()), "")


def resend(message: Message, *, actor: User) -> Message:
    """Queue the message once more, to the present address of its person; calling it twice sends one.

    Raises WrongState where it cannot be, with the reason. Whether the person still wants it and may still see
    it is asked when it leaves.
    """
    if not actor.has_perm("notifications.resend_message"):
        raise DomainError(_("You do not have permission to do this."))
    try:
        with transaction.atomic():
            old = Message.objects.select_for_update(no_key=True, of=("self",)).get(pk=message.pk)
            if reason := why_not_again(old):
                raise WrongState(reason)
            new = Message.objects.create(
                user=old.user,
                address=_address_now(old),
                language=old.user.language if old.user else old.language,
                kind=old.kind,
                key=f"again:{old.pk}",
                url=old.url,
                url_name=old.url_name,
                url_args=old.url_args,
                facts=old.facts,
                subject_kind=old.subject_kind,
                subject_id=old.subject_id,
                happening=old.happening,
                again_of=old,
                message_id=make_msgid(domain=host_of_mail()),
            )
            record(old, "notifications.message_resent", actor=actor, new=new.pk)
            nudge_sending([new])
    except IntegrityError:
        raise WrongState(_("It was sent again already.")) from None
    return new


def _address_now(message: Message) -> str:
    """Return the present address of its person; without an account the address it was sent to."""
    return message.user.email if message.user else message.address
