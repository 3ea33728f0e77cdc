"""Digests: what has gathered for a person leaves in one mail when their hour comes."""

from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models import Count
from django.utils.timezone import now

from accounts.people.models import User
from core.later import nudge
from notifications.digests.queries import Due, due_among, waiting_people
from notifications.inbox.enums import Rhythm
from notifications.inbox.models import Digest, Notice
from notifications.outbox.actions import message_to, write_messages

log = structlog.get_logger(__name__)

PEOPLE = 500  # at a time
KIND = "notifications.digest"

GATHER = """
UPDATE notifications_notice notice SET digest_id = digest.id
FROM notifications_digest digest
WHERE digest.id = ANY(%s) AND notice.user_id = digest.user_id AND notice.mail = digest.rhythm
  AND notice.digest_id IS NULL AND notice.created_at <= digest.until
"""


def make_digests(moment: datetime | None = None) -> int:
    """Make every digest whose hour has come; returns how many. Late, early or twice makes the same ones."""
    moment = moment or now()
    count = sum(_of_rhythm(rhythm, moment) for rhythm in Rhythm)
    if count:
        nudge("notifications.sweep")
        log.info("digests_made", count=count)
    return count


def _of_rhythm(rhythm: Rhythm, moment: datetime) -> int:
    count, after = 0, 0
    while people := waiting_people(rhythm, after=after, most=PEOPLE):
        after = people[-1]["user_id"]
        if due := due_among(people, rhythm, moment):
            count += _make(rhythm, due)
    return count


@transaction.atomic
def _make(rhythm: Rhythm, due: list[Due]) -> int:
    """One digest each, with its notices and its message; statements do not grow with the people."""
    people = User.objects.filter(is_active=True).in_bulk([person.user_id for person in due])
    windows = {person.user_id: person for person in due}
    rows = [
        Digest(user=people[pk], rhythm=rhythm, since=window.since, until=window.until)
        for pk, window in windows.items()
        if pk in people
    ]
    # Whoever comes second waits here for the first, and then finds nothing left to gather.
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    digests = {
        digest.pk: digest
        for digest in Digest.objects.filter(user__in=windows, rhythm=rhythm, items=0)
        if digest.until == windows[digest.user_id].until
    }
    with connection.cursor() as cursor:
        cursor.execute(GATHER, [list(digests)])
    counts = dict(
        Notice.objects.filter(digest__in=digests).order_by().values_list("digest").annotate(Count("pk"))
    )
    for pk, digest in digests.items():
        digest.items = counts.get(pk, 0)
    full = [digest for digest in digests.values() if digest.items]
    Digest.objects.bulk_update(full, ["items"])
    Digest.objects.filter(pk__in=digests, items=0).delete()
    write_messages(
        message_to(
            people[digest.user_id],
            KIND,
            key=f"digest:{rhythm}:{digest.until.isoformat()}",
            url_name="notifications:inbox",
            facts={"rhythm": rhythm.value, "until": digest.until.isoformat()},
            subject=digest,
        )
        for digest in full
    )
    return len(full)
