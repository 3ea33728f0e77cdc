"""The clock of the yearly confirmation: it reminds, and takes out of the directory what nobody confirmed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from notifications.outbox.actions import Telling, notify_each
from stakeholders.enums import MemberRole
from stakeholders.models import DirectoryVersion, Stakeholder
from stakeholders.queries.standing import people_of
from workflow.moves.actions import move_batch

BATCH = 500


@dataclass(frozen=True)
class Care:
    """What one run did: mails written, entries whose grace began, entries that lapsed."""

    reminders: int = 0
    graces: int = 0
    lapsed: int = 0


def care_for_confirmations(at: datetime | None = None) -> Care:
    """Remind whoever is due, and let lapse what stayed unconfirmed through its grace.

    Twice is once, also at the same moment. Each batch of 500 is one transaction of a fixed number of
    statements. Grace begins when people are told that the time is over: a clock that stood still for
    weeks, or a suspension that was lifted, lets nobody lapse unannounced.
    """
    at = at or now()
    reminders, graces = _remind(at)
    return Care(reminders, graces, _lapse(at))


def step_of(due: datetime, at: datetime) -> int | None:
    """The reminder that is due now, in days before `due`; of several that were missed only the latest."""
    reached = [days for days in settings.STAKEHOLDERS_REMINDER_DAYS if due - timedelta(days=days) <= at]
    return min(reached, default=None)


def _year() -> timedelta:
    return timedelta(days=settings.STAKEHOLDERS_CONFIRM_DAYS)


def _grace() -> timedelta:
    return timedelta(days=settings.STAKEHOLDERS_GRACE_DAYS)


def _remind(at: datetime) -> tuple[int, int]:
    soon = at - _year() + timedelta(days=max(settings.STAKEHOLDERS_REMINDER_DAYS))
    asked = Stakeholder.objects.unconfirmed_since(soon).order_by("pk")
    reminders = graces = last = 0
    while True:
        with transaction.atomic():
            some = list(asked.filter(pk__gt=last)[:BATCH])
            if not some:
                return reminders, graces
            graces += _begin_grace([one.pk for one in some], at)
            reminders += _tell(some, at)
            last = some[-1].pk


def _begin_grace(ids: list[int], at: datetime) -> int:
    """Whoever confirmed in the meantime is passed over: the statement asks again."""
    over = Stakeholder.objects.unconfirmed_since(at - _year()).filter(pk__in=ids, lapses_at=None)
    begun = over.update(lapses_at=at + _grace())
    if begun:
        DirectoryVersion.objects.bump()  # regional focal points are shown who lapses
    return begun


def _tell(stakeholders: list[Stakeholder], at: datetime) -> int:
    people = people_of([one.pk for one in stakeholders], roles=MemberRole.WRITERS)
    tellings = []
    for one in stakeholders:
        due = one.confirm_by
        step = step_of(due, at) if due else None
        if due is None or step is None:
            continue
        leaves = one.leaves_at if step or one.lapses_at else at + _grace()
        facts = {
            "name": one.name,
            "days": step,
            "due": due.isoformat(),
            "leaves": leaves.isoformat() if leaves else "",
        }
        tellings += [
            Telling(
                user=membership.user,
                key=f"stakeholder:{one.pk}:confirm:{due:%Y-%m-%d}:{step}",
                url_name="stakeholders:confirm",
                url_args=[one.pk],
                facts=facts,
                subject=one,
            )
            for membership in people[one.pk]
        ]
    return len(notify_each("stakeholders.confirmation_due", tellings))


def _lapse(at: datetime) -> int:
    over = Stakeholder.objects.unconfirmed_since(at - _year()).filter(lapses_at__lte=at)
    lapsed = 0
    while moved := move_batch(over, "lapse", most=BATCH, lapses_at=None):
        lapsed += moved
    return lapsed
