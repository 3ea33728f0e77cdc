"""How a person wants to hear: chosen on their page, or stopped by a link in a mail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from accounts.people.models import User
from core.errors import DomainError
from notifications.hooks import Channel, kinds
from notifications.inbox.models import Notice
from notifications.outbox.actions import notify
from notifications.outbox.models import Habits, Preference, Stop
from notifications.preferences.queries import Choice, choices_of
from notifications.preferences.signed_links import Key


@transaction.atomic
def choose(user: User, chosen: Mapping[str, Choice], *, by_link: bool = False) -> list[str]:
    """Set how `user` hears of each kind (by its name); returns the kinds that are different now.

    What waits for a digest follows. A choice made by a link in a mail is confirmed to the owner, since the
    mail may have been forwarded. A kind that cannot be turned off raises DomainError.
    """
    before = choices_of(user, everything=True)
    changed = [name for name, choice in chosen.items() if before.get(name) != choice]
    for name in changed:
        if name not in before:
            raise DomainError("Security and decisions cannot be turned off.")
    Preference.objects.bulk_create(
        [
            Preference(user=user, kind=name, mail=chosen[name].mail, in_app=chosen[name].in_app)
            for name in changed
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["mail", "in_app"],
    )
    names_by_mail: dict[str, list[str]] = {}
    for name in changed:
        # Once a mail at once was missed it is not sent late: what has gathered stays in the inbox.
        mail = chosen[name].mail if chosen[name].mail in Channel.GATHERED else Channel.OFF
        names_by_mail.setdefault(mail, []).append(name)
    waiting = Notice.objects.filter(user=user, digest=None, mail__in=Channel.GATHERED)
    for mail, names in names_by_mail.items():
        waiting.filter(kind__in=names).update(mail=mail)
    if changed and by_link:
        _confirm_to_owner(user, changed)
    return changed


@transaction.atomic
def set_habits(user: User, fields: Mapping[str, Any]) -> None:
    """Set the hour and day of digests and the quiet hours; `fields` are those of Habits."""
    Habits.objects.update_or_create(user=user, defaults=dict(fields))


@transaction.atomic
def stop_by_link(key: Key) -> bool:
    """Stop the one kind that `key` names, for the one person or address; whether that changed anything.

    Twice is once. Kinds that cannot be turned off are left as they are.
    """
    if key.kind not in kinds or not kinds[key.kind].is_optional:
        return False
    if key.user_id is None:
        stops = Stop.objects.bulk_create([Stop(address=key.address, kind=key.kind)], ignore_conflicts=True)
        return bool(stops)
    user = User.objects.select_for_update().filter(pk=key.user_id, is_active=True).first()
    if user is None:
        return False
    current = choices_of(user, everything=True)[key.kind]
    return bool(choose(user, {key.kind: Choice(Channel.OFF, current.in_app)}, by_link=True))


def _confirm_to_owner(user: User, changed: list[str]) -> None:
    notify(
        user,
        "notifications.preferences_changed",
        key=f"preferences:{now().isoformat()}",
        url_name="notifications:preferences",
        facts={"kinds": changed},
    )
