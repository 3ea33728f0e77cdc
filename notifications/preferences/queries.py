"""What a person may choose, and has chosen, for each kind."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.people.models import User
from notifications.hooks import Channel, Kind, kinds
from notifications.outbox.models import Message, Preference, Stop


class Choice(NamedTuple):
    """How one kind comes: by mail (a Channel), and whether it stands in the inbox."""

    mail: str
    in_app: bool


def offered_to(user: User | None, *, everything: bool = False) -> list[Kind]:
    """The kinds that this person may turn off; without a person, those that everybody may.

    `everything` adds those that do not concern them, or not any more.
    """
    optional = [kind for kind in kinds.values() if kind.is_optional]
    return [
        kind
        for kind in optional
        if everything or kind.concerns is None or (user is not None and kind.concerns(user))
    ]


def choices_of(user: User, *, everything: bool = False) -> dict[str, Choice]:
    """Return, by name of kind, what this person has chosen, or the default."""
    chosen = {
        kind: Choice(mail, in_app)
        for kind, mail, in_app in Preference.objects.filter(user=user).values_list("kind", "mail", "in_app")
    }
    return {
        kind.name: chosen.get(kind.name, Choice(kind.mail, in_app=True))
        for kind in offered_to(user, everything=everything)
    }


def not_wanted(messages: Iterable[Message]) -> set[int]:
    """Return the ids of the messages whose people have turned their kind off since they were written."""
    optional = [message for message in messages if message.kind in kinds and message.declared.is_optional]
    people = {(message.user_id, message.kind): message.pk for message in optional if message.user_id}
    addresses = [message for message in optional if not message.user_id]
    off: set[Any] = set()
    if people:
        turned_off = Preference.objects.filter(
            user__in={user for user, _kind in people}, mail=Channel.OFF
        ).values_list("user", "kind")
        off = {message.pk for message in optional if (message.user_id, message.kind) in set(turned_off)}
    if addresses:
        stops = Stop.objects.alias(lowered=Lower("address")).filter(
            Q(lowered__in={message.address.lower() for message in addresses})
        )
        stopped = {(address.lower(), kind) for address, kind in stops.values_list("address", "kind")}
        off |= {message.pk for message in addresses if (message.address.lower(), message.kind) in stopped}
    return off
