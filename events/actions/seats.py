"""The seats of an event: who has one, who is next. Everything here runs under the lock of its rules."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.timezone import now

from events.enums import QuotaPer, RegistrationStatus
from events.models import Event, Registration, RegistrationRules
from notifications.actions import notify
from workflow.actions import move

S = RegistrationStatus


@contextmanager
def hold_seats(rules_id: int) -> Iterator[RegistrationRules]:
    """A transaction that holds the rules' row: of two who want the last seat, the second sees it taken.

    The event is read after the lock, so that one that was moved or cancelled meanwhile shows as it is.
    """
    with transaction.atomic():
        rules = RegistrationRules.objects.select_for_update(no_key=True).get(pk=rules_id)
        rules.event = Event.objects.get(pk=rules.event_id)
        yield rules


class Tally:
    """How many hold a seat or wait, by mode, and what the quotas leave. Two or three statements."""

    def __init__(self, rules: RegistrationRules) -> None:
        self.rules = rules
        found = rules.registrations.filter(status__in=(*S.SEATED, S.WAITING)).values_list("mode", "status")
        self.by_state = Counter({(mode, status): n for mode, status, n in found.annotate(n=Count("pk"))})
        self.quotas = list(rules.quotas.all())
        self.groups: Counter[tuple[str, str]] = Counter()
        if self.quotas:
            seated = rules.registrations.filter(status__in=S.SEATED)
            for stakeholder, kind, region, n in seated.values_list(
                "stakeholder_id", "kind", "region"
            ).annotate(n=Count("pk")):
                self._add(stakeholder, kind, region, n)

    def _add(self, stakeholder: int | None, kind: str, region: str, n: int) -> None:
        for group in _groups(stakeholder, kind, region):
            self.groups[group] += n

    def free(self, mode: str) -> int | None:
        """Seats of this mode that nobody holds and nobody was offered; None: no limit."""
        seats = self.rules.seats(mode)
        if seats is None:
            return None
        return max(0, seats - sum(self.by_state[mode, status] for status in S.SEATED))

    def waiting(self, mode: str) -> int:
        return self.by_state[mode, S.WAITING]

    def quota_leaves_room(self, one: Registration) -> bool:
        for per, code in _groups(one.stakeholder_id, one.kind, one.region):
            for quota in self.quotas:
                if quota.per == per and quota.code in ("", code) and self.groups[per, code] >= quota.most:
                    return False
        return True

    def has_seat_for(self, one: Registration) -> bool:
        return self.free(one.mode) != 0 and self.quota_leaves_room(one)

    def seat(self, one: Registration, status: str, n: int = 1) -> None:
        """Count that `one` now holds (or with n=-1 no longer holds) a seat."""
        self.by_state[one.mode, status] += n
        self._add(one.stakeholder_id, one.kind, one.region, n)


def _groups(stakeholder: int | None, kind: str, region: str) -> list[tuple[str, str]]:
    """The quotas' groups that a person counts in; nobody counts in what is not known of them."""
    return [
        (per, code)
        for per, code in (
            (QuotaPer.STAKEHOLDER.value, str(stakeholder or "")),
            (QuotaPer.KIND.value, kind),
            (QuotaPer.REGION.value, region),
        )
        if code
    ]


def settle(rules: RegistrationRules) -> Tally:
    """Bring the seats up to the clock: end what ran out, offer what is free to whoever is next.

    Nothing is offered once the event has begun or was cancelled: whoever still waits then is told that it
    is over.
    """
    event, at = rules.event, now()
    tally = Tally(rules)
    if event.has_started or event.is_over or event.is_cancelled:
        for one in _queue(rules).filter(status__in=S.QUEUED):
            _lapse(one, tally)
        return tally
    if any(tally.by_state[mode, S.OFFERED] for mode, _status in list(tally.by_state)):
        for one in _queue(rules).filter(status=S.OFFERED, offer_until__lt=at):
            _lapse(one, tally)
    for mode in {mode for mode, status in tally.by_state if status == S.WAITING}:
        _offer_free(rules, mode, tally, at)
    return tally


def _queue(rules: RegistrationRules) -> Any:
    return rules.registrations.select_related("user", "rules__event").order_by("queued_at", "pk")


def _offer_free(rules: RegistrationRules, mode: str, tally: Tally, at: datetime) -> None:
    """To the first in line whose quotas leave room; one who must wait for a quota holds nobody else up."""
    free = tally.free(mode)
    if free == 0 or not tally.waiting(mode):
        return
    line = _queue(rules).filter(status=S.WAITING, mode=mode)
    if not tally.quotas and free is not None:
        line = line[:free]
    for one in line:
        if tally.free(mode) == 0:
            return
        if tally.quota_leaves_room(one):
            _offer(one, rules, tally, at)


def _offer(one: Registration, rules: RegistrationRules, tally: Tally, at: datetime) -> None:
    until = at + timedelta(hours=rules.offer_hours)
    if rules.event.starts_at is not None:
        until = min(until, rules.event.starts_at)
    move(one, "offer", actor=None, system=True, offer_until=until)
    tally.by_state[one.mode, S.WAITING] -= 1
    tally.seat(one, S.OFFERED)
    tell(one, "offered", until.isoformat(), until=until.isoformat())


def _lapse(one: Registration, tally: Tally) -> None:
    was = one.status
    move(one, "lapse", actor=None, system=True, decided_at=Now())
    if was == S.OFFERED:
        tally.seat(one, S.OFFERED, -1)
    elif was == S.WAITING:
        tally.by_state[one.mode, S.WAITING] -= 1
    tell(one, "expired", str(one.pk), was=was)


def place(one: Registration, tally: Tally) -> None:
    """Give a seat, or a place on the waiting list, to a registration that was just received."""
    if tally.has_seat_for(one):
        move(one, "confirm", actor=None, system=True, decided_at=Now())
        tally.seat(one, S.CONFIRMED)
        tell(one, "confirmed", str(one.pk))
    else:
        move(one, "queue", actor=None, system=True, queued_at=Now())
        tally.by_state[one.mode, S.WAITING] += 1
        tell(one, "waiting", str(one.pk))


def position_of(one: Registration) -> int | None:
    """1 for whoever is next on the waiting list; None where the person is not on it. One statement."""
    if one.status != S.WAITING:
        return None
    before = Q(queued_at__lt=one.queued_at) | Q(queued_at=one.queued_at, pk__lt=one.pk)
    return one.rules.registrations.filter(before, status=S.WAITING, mode=one.mode).count() + 1


def tell(one: Registration, what: str, once: str, **facts: Any) -> None:
    """The mail that says the state as it is now (E-15)."""
    if one.user is None:
        return
    event = one.rules.event
    notify(
        one.user,
        f"events.registration_{what}",
        key=f"registration:{one.pk}:{what}:{once}",
        url_name="events:registration",
        url_args=[one.pk],
        facts={
            "event": event.title,
            "mode": one.mode,
            **({"starts": event.starts_at.isoformat(), "zone": event.zone} if event.starts_at else {}),
            **facts,
        },
        subject=one,
    )
