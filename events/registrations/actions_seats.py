"""The seats of an event: who has one, who is next. Everything here runs under the lock of its rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.timezone import now

from events.events.dates import begins
from events.events.models import Event
from events.hooks import hold_elsewhere, seat_freed
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration, RegistrationRules
from events.registrations.queries_seats import Tally
from notifications.outbox.actions import Telling, notify_each
from workflow.items.actions import close_items
from workflow.moves.actions import begin, move

S = RegistrationStatus


@contextmanager
def hold_seats(rules_id: int) -> Iterator[Tally]:
    """Lock the row of the rules in a transaction, and yield the seats as they are then.

    Of two who want the last seat, the second sees it taken. Rules and event of the tally are read under the
    lock. An act that changes who holds a seat or waits reports it to the tally.
    """
    with transaction.atomic():
        rules = RegistrationRules.objects.select_for_update(no_key=True).get(pk=rules_id)
        # A query of its own: joined to the locking one, it would show the event as before the wait.
        rules.event = Event.objects.get(pk=rules.event_id)
        tally = Tally(rules)
        yield tally
        _note_full(tally)


def _note_full(tally: Tally) -> None:
    """Save whether the event is full; the changed row changes the version of cached pages."""
    if tally.is_full != tally.rules.is_full:
        RegistrationRules.objects.filter(pk=tally.rules.pk).update(is_full=tally.is_full)


@contextmanager
def free_seats(rules_id: int) -> Iterator[Tally]:
    """Hold the seats for an act that ends a registration; what is counted elsewhere is locked first."""
    with transaction.atomic():
        hold_elsewhere(rules_id)
        with hold_seats(rules_id) as tally:
            yield tally


def pass_on_seat(registration: Registration, was: str, tally: Tally, *, actor: Any) -> None:
    """Inform whoever counts places elsewhere that a registration ended, and offer what is free."""
    tally.add(registration, was, -1)
    if was == S.CONFIRMED:
        seat_freed(registration, actor)
    settle(tally)


def settle(tally: Tally, *, silent: bool = False) -> None:
    """End offers that ran out, and offer what is free to whoever is next.

    Nothing is offered once the event has begun or was cancelled: whoever still waits then is informed that it
    is over, unless `silent`.
    """
    event, at = tally.rules.event, now()
    if event.has_started or event.is_over or event.is_cancelled:
        for registration in _queue(tally.rules).filter(status__in=S.QUEUED):
            _lapse(registration, tally, silent=silent)
        return
    if any(tally.by_state[mode, S.OFFERED] for mode, _status in list(tally.by_state)):
        for registration in _queue(tally.rules).filter(status=S.OFFERED, offer_until__lt=at):
            _lapse(registration, tally)
    for mode in {mode for mode, status in tally.by_state if status == S.WAITING}:
        _offer_free(mode, tally, at)


def _queue(rules: RegistrationRules) -> Any:
    return rules.registrations.select_related("user", "rules__event").order_by("queued_at", "pk")


def _offer_free(mode: str, tally: Tally, at: datetime) -> None:
    """Offer free seats to the first in line whose quotas leave room.

    One who has to wait for a quota does not hold up others.
    """
    free = tally.free(mode)
    if free == 0 or not tally.waiting(mode):
        return
    line = _queue(tally.rules).filter(status=S.WAITING, mode=mode)
    if not tally.quotas and free is not None:
        line = line[:free]
    for registration in line:
        if tally.free(mode) == 0:
            return
        if tally.quota_leaves_room(registration):
            _offer(registration, tally, at)


def _offer(registration: Registration, tally: Tally, at: datetime) -> None:
    rules = tally.rules
    until = at + timedelta(hours=rules.offer_hours)
    if rules.event.starts_at is not None:
        until = min(until, rules.event.starts_at)
    move(registration, "offer", actor=None, system=True, offer_until=until)
    tally.add(registration, S.WAITING, -1)
    tally.add(registration, S.OFFERED)
    tell(registration, "events.registration_offered", until.isoformat(), until=until.isoformat())


def _lapse(registration: Registration, tally: Tally, *, silent: bool = False) -> None:
    was = registration.status
    move(registration, "lapse", actor=None, system=True, decided_at=now())
    close_items(registration)
    tally.add(registration, was, -1)
    if not silent:
        tell(registration, "events.registration_expired", str(registration.pk), was=was)


def place(registration: Registration, tally: Tally) -> None:
    """Save a new registration with a seat, or on the waiting list, and inform the person."""
    if tally.has_seat_for(registration):
        begin(registration, "confirm", decided_at=now())
        tell(registration, "events.registration_confirmed", str(registration.pk))
    else:
        begin(registration, "queue", queued_at=Now())
        tell(registration, "events.registration_waiting", str(registration.pk))
    tally.add(registration, registration.status)


def tell(registration: Registration, kind: str, once: str, **facts: Any) -> None:
    """Send the mail about the present state (E-15)."""
    telling = telling_of(registration, kind, once, **facts)
    notify_each(kind, [telling] if telling else [])


def telling_of(registration: Registration, kind: str, once: str, **facts: Any) -> Telling | None:
    """Return the message to the person; None where the account is deleted."""
    if registration.user is None:
        return None
    event = registration.rules.event
    return Telling(
        registration.user,
        key=f"registration:{registration.pk}:{kind}:{once}",
        url_name="events:registration",
        url_args=[registration.pk],
        facts={
            "event": event.title,
            "mode": registration.mode,
            "status": registration.status,
            "zone": event.zone,
            **begins(event),
            **facts,
        },
        subject=registration,
    )
