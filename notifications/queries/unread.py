"""How much in the inbox is unread, of what its reader may still see."""

from collections.abc import Sequence

from django.core.cache import cache

from accounts.people.models import User
from notifications.models import Notice
from notifications.queries.visible import still_visible
from notifications.registry import kinds

MOST = 99  # counted one by one; beyond it the pages say "99+"
REMEMBERED = 60  # seconds


def unread_of(user: User) -> int:
    """How many unread notices the person may still see, of the newest; `MOST` + 1 stands for more.

    One query for the notices. Kinds that answer for a whole batch are asked each time; each of the others
    needs a question per subject, so its answer is remembered for a minute.
    """
    fields = ("kind", "subject_id", "user_id")
    newest = Notice.objects.visible_to(user).in_inbox().unread().only(*fields)[: MOST + 1]
    known = [notice for notice in newest if notice.kind in kinds]
    asked = [notice for notice in known if notice.declared.still_visible]
    if not asked:
        return len(known)
    # A role that sleeps in this session shows nothing; a batch is asked for the person as such.
    asleep = len(user.live_grants) != len(user.granted)
    batch: list[Notice] = []
    singly: list[Notice] = []
    for notice in asked:
        notice.user = user
        (singly if asleep or notice.declared.seen is None else batch).append(notice)
    return len(known) - len(asked) + len(still_visible(batch)) + _count_remembered(singly, user)


def _count_remembered(notices: Sequence[Notice], user: User) -> int:
    if not notices:
        return 0
    awake = len(user.live_grants)
    keys = {notice.pk: f"unread:{user.pk}:{awake}:{notice.kind}:{notice.subject_id}" for notice in notices}
    known: dict[str, bool] = cache.get_many(set(keys.values()))
    fresh: dict[str, bool] = {}
    for notice in notices:
        key = keys[notice.pk]
        if key not in known:
            known[key] = fresh[key] = notice.still_visible(user)
    if fresh:
        cache.set_many(fresh, REMEMBERED)
    return sum(known[key] for key in keys.values())
