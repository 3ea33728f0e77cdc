"""A message that did not arrive leaves once more."""

from collections.abc import Callable

from django.core.mail import make_msgid
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from notifications.actions.telling import host_of_mail
from notifications.enums import Outcome, Status
from notifications.models import Message
from notifications.queries.held import held_back
from notifications.registry import kinds


def why_not_again(message: Message) -> str:
    """Why this message cannot be sent again, as a sentence; empty where it can. At most two queries."""
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
            _("It has left, and nobody said that it came back."),
        ),
        (lambda: hasattr(message, "again"), _("It was sent again already.")),
        (lambda: held_back([now_to]), _("Mail to this address is held back. Let it through first.")),
    ]
    return next((reason for stands, reason in obstacles if stands()), "")


def resend(message: Message, *, actor: User) -> Message:
    """Write the message anew for the worker, to where its person reads mail now; twice is once.

    Raises WrongState where it cannot be, with the reason. Whether the person still wants it and may still see
    it is asked when it leaves.
    """
    if not actor.has_perm("notifications.resend_message"):
        raise DomainError(_("You may not do this."))
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
            later("notifications.deliver", ids=[new.pk])
    except IntegrityError:
        raise WrongState(_("It was sent again already.")) from None
    return new


def _address_now(message: Message) -> str:
    """Where its person reads mail now; an address without an account stays what it was."""
    return message.user.email if message.user else message.address
