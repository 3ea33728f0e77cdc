"""Which addresses are held back, and for which kinds."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from accounts.people.models import User
from notifications.bounces.enums import Why
from notifications.bounces.models import Suppression
from notifications.hooks import kinds
from notifications.outbox.models import Message

# The one kind that leaves although mail came back: it asks whether the address works again.
ASKS_THE_ADDRESS = "notifications.address_check"
MAILBOX = "mailbox"  # the provider of what returned by mail: anybody may write there
SECURITY = "accounts."  # kinds about signing in and about the security of an account
MAIL_CAME_BACK = "mail_came_back"  # in the session of somebody who signed in with a held address
REASONS = {
    Why.HARD: "The address is suppressed: mail to it came back.",
    Why.SOFT: "The address is suppressed: mail to it came back again and again.",
    Why.COMPLAINT: "The address is suppressed for this kind: its reader marked mail as unwanted.",
    Why.BY_HAND: "The address is suppressed: the desk noted that it does not work.",
}


def held_back(messages: Iterable[Message]) -> dict[int, str]:
    """Return, by the id of each message that must not leave to its address, the reason.

    A complaint stops what is not essential; security and decisions still leave. After a bounce nothing does;
    where only a mail in the mailbox says so, which may be forged, mail about signing in still leaves.
    """
    messages = list(messages)
    held = {
        address.lower(): (Why(why), provider)
        for address, why, provider in Suppression.objects.in_force()
        .alias(lowered=Lower("address"))
        .filter(lowered__in={message.address.lower() for message in messages})
        .values_list("address", "why", "event__provider")
    }
    reasons = {}
    for message in messages:
        why, provider = held.get(message.address.lower(), (None, None))
        if why and not _leaves_all_the_same(message.kind, why, provider):
            reasons[message.pk] = REASONS[why]
    return reasons


def _leaves_all_the_same(kind: str, why: Why, provider: str | None) -> bool:
    """Return whether mail of a kind leaves although its address is held back.

    Without a report, which is removed before its suppression is, its provider is not known any more.
    """
    if kind == ASKS_THE_ADDRESS:
        return True
    if why in (Why.HARD, Why.SOFT) and provider in (MAILBOX, None):
        return kind.startswith(SECURITY)
    return why == Why.COMPLAINT and kind in kinds and kinds[kind].essential


def held_address_of(user: User) -> Suppression | None:
    """Why mail to the person's address is held back now; None where it is not."""
    return Suppression.objects.in_force().of(user.email).first()
