"""How people want to hear of one kind, and when their quiet hours end."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.timezone import now

from notifications.hooks import Channel, Kind
from notifications.outbox.models import Habits, Preference


class Wish(NamedTuple):
    """How one person hears of one kind. Quiet hours are local; None where there are none."""

    mail: str
    in_app: bool
    quiet_from: time | None = None
    quiet_to: time | None = None


def wishes_of(kind: Kind, people: Collection[int]) -> dict[int, Wish]:
    """The wish of each of these people (ids); two queries, none for kinds that nobody can turn off."""
    if not kind.is_optional:
        return dict.fromkeys(people, Wish(Channel.AT_ONCE, in_app=True))
    chosen = {
        user: (mail, in_app)
        for user, mail, in_app in Preference.objects.filter(kind=kind.name, user__in=people).values_list(
            "user", "mail", "in_app"
        )
    }
    quiet = {
        user: (start, end)
        for user, start, end in Habits.objects.filter(user__in=people, quiet_from__isnull=False).values_list(
            "user", "quiet_from", "quiet_to"
        )
    }
    default = (kind.mail, True)
    return {pk: Wish(*chosen.get(pk, default), *quiet.get(pk, (None, None))) for pk in people}


def quiet_until(wish: Wish, zone: str, moment: datetime | None = None) -> datetime | None:
    """When the quiet hours of this moment (default: now) end, aware; None outside of them.

    An unknown zone counts as UTC. Of a local time that does not exist, or exists twice, because the clocks
    change, the first reading is taken.
    """
    if wish.quiet_from is None or wish.quiet_to is None:
        return None
    try:
        local_zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        local_zone = ZoneInfo("UTC")
    local = (moment or now()).astimezone(local_zone)
    start, end, clock = wish.quiet_from, wish.quiet_to, local.time().replace(tzinfo=None)
    spans_midnight = start > end
    if not (clock >= start or clock < end if spans_midnight else start <= clock < end):
        return None
    day = local.date() + timedelta(days=1 if spans_midnight and clock >= start else 0)
    return datetime.combine(day, end, local_zone)
