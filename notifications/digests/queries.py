"""Whose digest is due, by the clock of each, and what a digest still has to say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from notifications.happenings.queries import still_visible
from notifications.happenings.words import address_of, facts_of, headline, headline_plain
from notifications.hooks import kinds
from notifications.inbox.enums import Rhythm
from notifications.inbox.models import Digest, Notice
from notifications.outbox.models import DIGEST_HOUR, Message

MOST_ITEMS = 50  # of one digest; the others are in the inbox


class Due(NamedTuple):
    """One person's next window: after `since` (None: from the beginning) to `until`, both aware."""

    user_id: int
    since: datetime | None
    until: datetime


def hour_before(moment: datetime, *, zone: str, hour: int, weekday: int | None = None) -> datetime:
    """The last time at or before `moment` that it was `hour` o'clock in `zone`, on `weekday` (0 is Monday).

    An unknown zone counts as UTC. Where the clocks change, an hour that does not exist is read as the one
    that took its place, and one that exists twice as its first.
    """
    try:
        local_zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        local_zone = ZoneInfo("UTC")
    local = moment.astimezone(local_zone)
    back = 0 if weekday is None else (local.weekday() - weekday) % 7
    step = 1 if weekday is None else 7
    mark = datetime(local.year, local.month, local.day, hour, tzinfo=local_zone) - timedelta(days=back)
    if mark.timestamp() > moment.timestamp():
        mark -= timedelta(days=step)
    return mark.astimezone(ZoneInfo("UTC"))


def waiting_people(rhythm: Rhythm, *, after: int, most: int) -> list[Any]:
    """Up to `most` people with ids above `after` for whom something has gathered.

    Each with the oldest of it, their zone, hour and day, and where their last window ended.
    """
    last = (
        Digest.objects.filter(user=OuterRef("user_id"), rhythm=rhythm)
        .order_by()
        .values("user")
        .annotate(end=Max("until"))
        .values("end")
    )
    return list(
        Notice.objects.filter(digest=None, mail=rhythm, user_id__gt=after, user__is_active=True)
        .order_by("user_id")
        .values("user_id")
        .annotate(
            first=Min("created_at"),
            zone=F("user__time_zone"),
            hour=Coalesce("user__habits__digest_hour", DIGEST_HOUR),
            weekday=Coalesce("user__habits__weekly_day", 0),
            last=Subquery(last),
        )[:most]
    )


def due_among(people: Sequence[Mapping[str, Any]], rhythm: Rhythm, moment: datetime) -> list[Due]:
    """Return the windows of the people whose hour has come since something gathered."""
    due_windows = []
    for person in people:
        until = hour_before(
            moment,
            zone=person["zone"],
            hour=person["hour"],
            weekday=person["weekday"] if rhythm == Rhythm.WEEKLY else None,
        )
        if person["first"] <= until and (person["last"] is None or person["last"] < until):
            due_windows.append(Due(person["user_id"], person["last"], until))
    return due_windows


class Item(NamedTuple):
    """One line of a digest: as plain text, as HTML, and the full address of its page (may be empty)."""

    text: str
    html: SafeString
    url: str


class Group(NamedTuple):
    label: str | Promise
    items: list[Item]


def still_to_say(messages: Sequence[Message]) -> dict[int, dict[str, Any]]:
    """Return, by message, what of its digest its person may still see, newest first. One whose digest holds
    nothing any more is left out.
    """
    digests = {message.subject_id: message for message in messages}
    notices = list(
        Notice.objects.filter(digest__in=digests).select_related("user").order_by("-created_at", "-pk")
    )
    visible = still_visible(notices)
    notices_of: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.pk in visible:
            notices_of[digests[notice.digest_id].pk].append(notice)
    return {
        pk: {
            "groups": partial(group_items, visible_notices[:MOST_ITEMS]),
            "count": len(visible_notices),
            "more": max(0, len(visible_notices) - MOST_ITEMS),
        }
        for pk, visible_notices in notices_of.items()
    }


def group_items(notices: Sequence[Notice]) -> list[Group]:
    """The items in the active language under the labels of their groups; newest first, groups as well."""
    groups: dict[str, Group] = {}
    for notice in notices:
        label = kinds[notice.kind].group
        facts = facts_of(notice, notice.user)
        item = Item(headline_plain(notice, facts), headline(notice, facts), address_of(notice))
        groups.setdefault(str(label), Group(label, [])).items.append(item)
    return list(groups.values())
