"""What happens when a mail comes back or its reader complains, and how an address is mended."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from notifications.bounces.enums import Why
from notifications.bounces.models import MailEvent, Suppression
from notifications.bounces.queries import ASKS_THE_ADDRESS
from notifications.bounces.signed_links import address_key
from notifications.outbox.actions import mail_address
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message

SERVER = "smtp"  # the teller of what our own mail server answered
AN_HOUR = 60 * 60
CHECKS_AN_HOUR = 3


class Report(NamedTuple):
    """What somebody said of one mail. `reference` is our Message-ID without angles, or the teller's name of
    the mail; `outcome` is empty for what changes nothing.
    """

    provider: str
    event_id: str
    outcome: Outcome | None
    reference: str
    address: str
    note: str
    happened_at: datetime


def take_in(report: Report) -> bool:
    """Keep a report and draw its consequences, all at once; false if it had been told before.

    Of a mail that we do not know it is kept without effect.
    """
    with transaction.atomic():
        known = Message.objects.filter(message_id=f"<{report.reference}>") if report.reference else None
        # The lock puts reports of one mail in a row, so that each sees what the others left.
        message = known.select_for_update(no_key=True).first() if known is not None else None
        event, is_new = MailEvent.objects.get_or_create(
            provider=report.provider,
            event_id=report.event_id[:200],
            defaults={
                "outcome": report.outcome or "",
                "message": message,
                "reference": report.reference[:250],
                "address": report.address[:254],
                "note": report.note[:500],
                "happened_at": report.happened_at,
            },
        )
        if is_new and message is not None and report.outcome is not None:
            _draw_consequences(message, event, report.outcome)
    return is_new


def refused_at_the_door(message: Message, outcome: Outcome, note: str) -> None:
    """Our mail server would not take a mail for its address: a report like those of a provider.

    The message itself is already where the answer put it.
    """
    with transaction.atomic():
        event, is_new = MailEvent.objects.get_or_create(
            provider=SERVER,
            event_id=f"{message.pk}:{message.attempts}",
            defaults={
                "outcome": outcome,
                "message": message,
                "reference": message.message_id.strip("<>"),
                "address": message.address,
                "note": note[:500],
                "happened_at": now(),
            },
        )
        if is_new:
            _hold_if_due(message.address, event, outcome)


def _draw_consequences(message: Message, event: MailEvent, outcome: Outcome) -> None:
    fields: dict[str, Any] = {}
    if not message.outcome or outcome.weight > Outcome(message.outcome).weight:
        fields |= {"outcome": outcome, "outcome_at": event.happened_at}
    doubtful = message.status in {Status.UNKNOWN, Status.HANDING_OVER} or (
        message.status in Status.DUE and message.doubtful_at is not None
    )
    if doubtful:
        # Whoever reports on it has got it: what is known corrects what was not, and nothing is sent twice.
        fields |= {"status": Status.SENT, "sent_at": now(), "error": ""}
        if message.declared.secret:
            fields |= {"facts": {}, "url": ""}
    _change(message, fields)
    if outcome == Outcome.SOFT and message.outcome == Outcome.SOFT:
        _try_again(message)
    _hold_if_due(message.address, event, outcome)


def _try_again(message: Message) -> None:
    """Back into the queue for later, as long as there are waits left; a secret is erased and cannot."""
    tries = MailEvent.objects.filter(message=message, outcome=Outcome.SOFT).exclude(provider=SERVER).count()
    if message.status != Status.SENT or message.declared.secret or tries > len(settings.MAIL_SOFT_WAITS):
        return
    wait = timedelta(hours=settings.MAIL_SOFT_WAITS[tries - 1])
    _change(
        message,
        {
            "status": Status.RETRY,
            "not_before": now() + wait,
            "sent_at": None,
            "claim": None,
            "claimed_at": None,
            "claimed_by": "",
            "handed_at": None,
            "outcome": "",
            "outcome_at": None,
            "error": "It came back for now and is sent again.",
        },
    )


def _change(message: Message, fields: dict[str, Any]) -> None:
    if fields:
        Message.objects.filter(pk=message.pk).update(**fields)
        for name, value in fields.items():
            setattr(message, name, value)


def _hold_if_due(address: str, event: MailEvent, outcome: Outcome) -> None:
    match outcome:
        case Outcome.HARD:
            _hold(address, event, Why.HARD)
        case Outcome.COMPLAINED:
            _hold(address, event, Why.COMPLAINT)
        case Outcome.SOFT if _came_back_often(address):
            _hold(address, event, Why.SOFT)


def _came_back_often(address: str) -> bool:
    """Whether so many mails to an address came back for now, since the last one that arrived or since it was
    mended, that it counts as one that does not work.
    """
    since = now() - timedelta(days=settings.MAIL_SOFT_DAYS)
    of_address = MailEvent.objects.filter(message__isnull=False, address__iexact=address)
    arrived = of_address.filter(outcome=Outcome.DELIVERED).order_by("-happened_at").first()
    mended = _last_lifted(address)
    since = max(since, arrived.happened_at if arrived else since, mended or since)
    soft = of_address.filter(outcome=Outcome.SOFT, happened_at__gt=since)
    return soft.values("message").distinct().count() >= settings.MAIL_SOFT_MOST


def _last_lifted(address: str) -> datetime | None:
    return (
        Suppression.objects.of(address)
        .filter(lifted_at__isnull=False)
        .order_by("-lifted_at")
        .values_list("lifted_at", flat=True)
        .first()
    )


def _hold(address: str, event: MailEvent, why: Why) -> None:
    """Hold an address back, unless it was mended after the event; a bounce outweighs a complaint."""
    mended = _last_lifted(address)
    if mended and event.happened_at <= mended:
        return
    held = Suppression.objects.in_force().of(address).select_for_update(no_key=True).first()
    reason = event.note or str(Outcome(event.outcome).label)
    if held is None:
        try:
            with transaction.atomic():
                held = Suppression.objects.create(
                    address=address.lower(), why=why, reason=reason, event=event, since=event.happened_at
                )
        except IntegrityError:
            return  # another report of the same instant was first
    elif held.why == Why.COMPLAINT and why != Why.COMPLAINT:
        held.why, held.reason, held.event, held.since = why, reason, event, event.happened_at
        held.save(update_fields=["why", "reason", "event", "since"])
    else:
        return
    record(held, "notifications.address_held", actor=None, why=why)


# --- By hand ------------------------------------------------------------------------------------------
def hold_by_hand(address: str, reason: str, *, actor: User) -> Suppression:
    """The desk knows that an address does not work. Raises WrongState where it is held back already."""
    if not actor.has_perm("notifications.hold_address"):
        raise DomainError(_("You do not have permission to do this."))
    try:
        with transaction.atomic():
            held = Suppression.objects.create(
                address=address.lower(), why=Why.BY_HAND, reason=reason, by=actor, since=now()
            )
            record(held, "notifications.address_noted", actor=actor)
    except IntegrityError:
        raise WrongState(_("E-mail to this address is held back already.")) from None
    return held


def lift(held: Suppression, *, actor: User | None, by_owner: bool = False) -> bool:
    """Let mail through again; false if somebody was first."""
    if not by_owner and (actor is None or not actor.has_perm("notifications.hold_address")):
        raise DomainError(_("You do not have permission to do this."))
    with transaction.atomic():
        if not Suppression.objects.in_force().filter(pk=held.pk).update(lifted_at=Now()):
            return False
        record(
            held, "notifications.address_works" if by_owner else "notifications.address_lifted", actor=actor
        )
    return True


def ask_the_address(user: User, held: Suppression) -> None:
    """Send one mail to a held address; its link, once its button is pressed, lets mail through again."""
    spend("address_check", str(user.pk), most=CHECKS_AN_HOUR, seconds=AN_HOUR)
    until = now() + timedelta(days=settings.NOTIFICATIONS_ADDRESS_DAYS)
    with override(user.language):
        url = reverse("mail:works", args=[address_key(user.pk, held.pk)])
    mail_address(
        user.email,
        ASKS_THE_ADDRESS,
        key=f"address:{uuid4()}",
        language=user.language,
        url=url,
        facts={"until": until.isoformat()},
        user=user,
    )


def remove_old_events() -> int:
    """Forget reports older than MAIL_EVENT_DAYS: they hold addresses."""
    old = now() - timedelta(days=settings.MAIL_EVENT_DAYS)
    removed, _by_kind = MailEvent.objects.filter(received_at__lt=old).delete()
    return removed
