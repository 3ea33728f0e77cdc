"""The seats of an event: who has one, who is next. Everything here runs under the lock of its rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.timezone import now

from core.inserts import together
from events.events.dates import begins
from events.hooks import hold_elsewhere, seat_freed
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration, RegistrationRules
from events.registrations.queries_seats import Tally, modes_of
from notifications.outbox.actions import Telling, notify_each
from workflow.items.actions import close_items
from workflow.moves.actions import begin, move

S = RegistrationStatus
_LOCK = "SELECT FROM events_registrationrules WHERE id = %s FOR NO KEY UPDATE"


@contextmanager
def hold_seats(rules_id: int) -> Iterator[RegistrationRules]:
    """A transaction that holds the rules' row: of two who want the last seat, the second sees it taken.

    The event is read after the lock, so that one that was moved or cancelled meanwhile shows as it is.
    """
    with transaction.atomic():
        _lock(rules_id)
        rules = _rules_now(rules_id)
        yield rules
        _note_full(rules)


@contextmanager
def count_seats(rules: RegistrationRules) -> Iterator[Tally]:
    """As `hold_seats`, for one registration that is about to come: the seats as they are under the lock.

    Rules that were read with `as_read` are read again only where they or their event have changed since.
    """
    with transaction.atomic():
        _lock(rules.pk)
        tally = Tally(rules, takes=True)
        if tally.as_read != rules.as_read:
            tally.rules = _rules_now(rules.pk)
        yield tally
        _note_full(tally.rules, tally)


def _lock(rules_id: int) -> None:
    # A statement of its own: one that also read would show the event as it was before the wait.
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [rules_id])


def _rules_now(rules_id: int) -> RegistrationRules:
    return RegistrationRules.objects.select_related("event").get(pk=rules_id)


def _note_full(rules: RegistrationRules, tally: Tally | None = None) -> None:
    """Note that the last place is taken, or one is free again; the changed row moves the version of pages."""
    if not rules.is_full and any(rules.seats(mode) is None for mode in modes_of(rules.event)):
        return
    is_full = (tally or Tally(rules)).is_full
    if is_full != rules.is_full:
        RegistrationRules.objects.filter(pk=rules.pk).update(is_full=is_full)


@contextmanager
def free_seats(rules_id: int) -> Iterator[RegistrationRules]:
    """As `hold_seats`, for an act that ends a registration: what is kept elsewhere is locked first."""
    with transaction.atomic():
        hold_elsewhere(rules_id)
        with hold_seats(rules_id) as rules:
            yield rules


def tell_keepers(one: Registration, was: str, actor: Any) -> None:
    """The registration has ended; where it held a seat, whoever counts the places elsewhere hears of it."""
    if was == S.CONFIRMED:
        seat_freed(one, actor)


def settle(rules: RegistrationRules, tally: Tally | None = None, *, silent: bool = False) -> Tally:
    """Bring the seats up to the clock: end what ran out, offer what is free to whoever is next.

    Nothing is offered once the event has begun or was cancelled: whoever still waits then is told that it
    is over, unless it is `silent`. `tally`: the seats as they stand now, where they were counted.
    """
    event, at = rules.event, now()
    tally = tally or Tally(rules)
    if event.has_started or event.is_over or event.is_cancelled:
        for one in _queue(rules).filter(status__in=S.QUEUED):
            _lapse(one, tally, silent=silent)
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
    tell(one, "events.registration_offered", until.isoformat(), until=until.isoformat())


def _lapse(one: Registration, tally: Tally, *, silent: bool = False) -> None:
    was = one.status
    move(one, "lapse", actor=None, system=True, decided_at=now())
    close_items(one)
    if was == S.OFFERED:
        tally.seat(one, S.OFFERED, -1)
    elif was == S.WAITING:
        tally.by_state[one.mode, S.WAITING] -= 1
    if not silent:
        tell(one, "events.registration_expired", str(one.pk), was=was)


def place(one: Registration, tally: Tally) -> None:
    """Insert a registration with a seat, or with a place on the waiting list, and tell the person."""
    with together():
        if tally.has_seat_for(one):
            begin(one, "confirm", decided_at=now())
            tally.seat(one, S.CONFIRMED)
            tell(one, "events.registration_confirmed", str(one.pk))
        else:
            begin(one, "queue", queued_at=Now())
            tally.by_state[one.mode, S.WAITING] += 1
            tell(one, "events.registration_waiting", str(one.pk))


def tell(one: Registration, kind: str, once: str, **facts: Any) -> None:
    """The mail that says the state as it is now (E-15)."""
    told = telling(one, kind, once, **facts)
    notify_each(kind, [told] if told else [])


def telling(one: Registration, kind: str, once: str, **facts: Any) -> Telling | None:
    """What the person is told; None where the account is gone."""
    if one.user is None:
        return None
    event = one.rules.event
    return Telling(
        one.user,
        key=f"registration:{one.pk}:{kind}:{once}",
        url_name="events:registration",
        url_args=[one.pk],
        facts={
            "event": event.title,
            "mode": one.mode,
            "status": one.status,
            "zone": event.zone,
            **begins(event),
            **facts,
        },
        subject=one,
    )
