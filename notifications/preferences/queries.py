"""What a person may choose, and has chosen, for each kind."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from notifications.hooks import Channel, Kind, asking_kinds, kinds
from notifications.outbox.models import Message, Preference, Stop


class Choice(NamedTuple):
    """How one kind comes: by mail (a Channel), and whether it stands in the inbox."""

    mail: str
    in_app: bool


class Preset(models.TextChoices):
    """One choice for all kinds. It is not stored: it is what the stored choices add up to."""

    EVERYTHING = "everything", _("Everything as it happens")
    DAILY = "daily", _("A daily overview")
    NEEDED = "needed", _("Only what needs me")
    OWN = "own", _("My own choice")

    @property
    def explanation(self) -> str:
        return str(
            {
                Preset.EVERYTHING: _("Every notification comes by e-mail, at once."),
                Preset.DAILY: _(
                    "News comes once a day. What concerns you, reviews and changed events come at once."
                ),
                Preset.NEEDED: _(
                    "You get e-mail when you are asked to answer or decide. Your inbox shows everything else."
                ),
                Preset.OWN: _("Each type reaches you as you choose for it below."),
            }[self]
        )

    def choice_for(self, kind: Kind) -> Choice:
        """Return the choice for `kind`; the daily overview is the default, which each kind declares."""
        mail = {
            Preset.EVERYTHING: Channel.AT_ONCE,
            Preset.DAILY: kind.mail,
            Preset.NEEDED: Channel.AT_ONCE if kind.name in asking_kinds else Channel.OFF,
        }[self]
        return Choice(mail, in_app=True)


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


def preset_of(choices: Mapping[str, Choice]) -> Preset:
    """Return the preset that gives exactly these choices, or a person's own choice."""
    presets = [preset for preset in Preset if preset != Preset.OWN]
    return next(
        (
            preset
            for preset in presets
            if all(choice == preset.choice_for(kinds[name]) for name, choice in choices.items())
        ),
        Preset.OWN,
    )


def choices_in(preset: Preset) -> dict[str, Choice]:
    """Return the choices of a preset for every kind that can be turned off.

    Those that do not concern the person yet are included, so that the choice holds when they take a role.
    Kinds that are left by pages of their own, as the newsletter, are not.
    """
    return {
        kind.name: preset.choice_for(kind)
        for kind in offered_to(None, everything=True)
        if kind.ways_out is None
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
