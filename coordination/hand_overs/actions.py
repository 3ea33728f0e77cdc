"""A term passes to somebody else: prepared in steps, done in one act at once or by the clock on its day."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from coordination.absences.queries import held_work, places_of_term
from coordination.activities.models import Activity, FollowUp
from coordination.hand_overs.models import HandOver, TermNote
from coordination.hand_overs.queries import introduced_from, open_ones
from coordination.period_reports.models import PeriodReport
from core.errors import DomainError, WrongState
from core.later import later
from core.text import clean_block
from notifications.outbox.actions import notify, notify_all
from stakeholders.appointments.actions import appoint, end_appointment
from stakeholders.appointments.enums import EndReason
from stakeholders.appointments.models import Appointment, today
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.queries import people_of
from workflow.moves.actions import refuse_changed

TASK = "coordination.heavy_introduce"
STEP = 100  # stakeholders whose people are told in one transaction


def prepare(
    appointment: Appointment, *, actor: User, successor: User, ends_on: date, starts_on: date | None = None
) -> HandOver:
    """The first step: who comes next, from when (at once without a day), and until when.

    Changes nothing yet, except what is set already for a later day: its day, or that it is set at all.
    """
    with transaction.atomic():
        kept = _held(appointment, actor)
        if starts_on == today():
            starts_on = None
        _check(kept, actor, successor, starts_on, ends_on)
        there = HandOver.objects.filter(appointment=kept).first() or HandOver(appointment=kept, version=-1)
        there.successor, there.ends_on, there.prepared_by = successor, ends_on, actor
        if there.is_set:  # whoever changed it last stands for it
            there.set_at, there.set_by = (now(), actor) if starts_on else (None, None)
            if starts_on != there.starts_on:
                _record_set(there, actor, starts_on)
        there.starts_on = starts_on
        there.version += 1
        there.save()
    return there


def describe(hand_over: HandOver, *, actor: User, note: str, introduces: bool) -> HandOver:
    """The second step: what goes along."""
    with transaction.atomic():
        _held(hand_over.appointment, actor)
        kept = HandOver.objects.get(pk=hand_over.pk)
        kept.note, kept.introduces = clean_block(note), introduces
        kept.version += 1
        kept.save(update_fields=["note", "introduces", "version"])
    return kept


def confirm(hand_over: HandOver, *, actor: User, version: int) -> HandOver:
    """The last step: done at once, or set for its day.

    Raises WrongState where it was prepared differently in the meantime, or the term is over.
    """
    with transaction.atomic():
        old = _held(hand_over.appointment, actor)
        kept = HandOver.objects.select_related("successor").get(pk=hand_over.pk)
        refuse_changed(kept, version)
        if kept.starts_on is None or kept.starts_on <= today():
            return _carry_out(kept, old, actor)
        _check(old, actor, kept.successor, kept.starts_on, kept.ends_on)
        if not kept.is_set:
            _record_set(kept, actor, kept.starts_on)
        kept.set_at, kept.set_by = now(), actor
        kept.version += 1
        kept.save(update_fields=["set_at", "set_by", "version"])
    return kept


def call_off(hand_over: HandOver, *, actor: User) -> None:
    """What was set for a later day does not happen. Raises WrongState where it is not set, or is done."""
    with transaction.atomic():
        _held(hand_over.appointment, actor)
        kept = HandOver.objects.get(pk=hand_over.pk)
        if not kept.is_set:
            raise WrongState(_("This hand-over is not set for a later day any more."))
        _unset(kept)
        _record_set(kept, actor, None)


def take_effect() -> int:
    """The clock: do what was set for today, or for days on which it stood still; returns how many.

    In the name of whoever set it. What cannot be done any more is called off, and the desk is told.
    """
    done = 0
    for pk, appointment in (
        HandOver.objects.due().order_by("starts_on", "pk").values_list("pk", "appointment")
    ):
        with transaction.atomic():
            old = _locked(appointment)
            kept = HandOver.objects.due().select_related("successor", "set_by").filter(pk=pk).first()
            if kept is None:  # called off, changed or done in the meantime
                continue
            by: Any = kept.set_by
            try:
                with transaction.atomic():
                    _carry_out(kept, _able(old, by), by)
                done += 1
            except (DomainError, PermissionDenied):
                _give_up(kept, old)
    return done


def _carry_out(kept: HandOver, old: Appointment, actor: User) -> HandOver:
    """All of it or nothing. The successor is there before the other leaves, so that what waits for the region
    never goes to the desk in between.
    """
    _check(old, actor, kept.successor, None, kept.ends_on)
    places = places_of_term(old)
    begins = appoint(
        kept.successor,
        actor=actor,
        starts_on=max(today(), old.starts_on),
        ends_on=kept.ends_on,
        regions=list(old.regions.values_list("pk", flat=True)),
        countries=list(old.countries.values_list("pk", flat=True)),
    )
    end_appointment(old, actor=actor, version=old.version, reason=EndReason.REPLACED)
    work = held_work(old.user, places).update(holder=kept.successor)
    work += sum(pass_activities_on(old.user, kept.successor, places, actor=actor).values())
    old.enquiries.update(appointment=begins)
    for deputy in old.deputies.exclude(user=kept.successor):
        deputy.pk, deputy.appointment = None, begins
        deputy.save(force_insert=True)
    kept.done_at, kept.done_by, kept.next_appointment, kept.work = now(), actor, begins, work
    if not kept.introduces:
        kept.introduced_at = kept.done_at
    kept.save()
    record(old, "coordination.handed_over", actor=actor, count=work)
    record(begins, "coordination.taken_over", actor=actor, count=work)
    notify(
        kept.successor,
        "coordination.handed_over",
        key=f"hand_over:{kept.pk}",
        url_name="regional:taken_over",
        url_args=[kept.pk],
        facts={"name": old.user.name, "count": work},
        subject=kept,
    )
    if kept.introduces:
        later(TASK, pk=kept.pk)
    return kept


def _unset(kept: HandOver) -> None:
    kept.set_at = None
    kept.version += 1
    kept.save(update_fields=["set_at", "version"])


def _give_up(kept: HandOver, old: Appointment) -> None:
    _unset(kept)
    record(old, "coordination.hand_over_stopped", actor=None)
    facts = {"name": old.user.name, "successor": kept.successor.name}
    notify_all(
        holders_of(Role.HEAD, Role.ADMINISTRATOR),
        "coordination.hand_over_stopped",
        key=f"hand_over:{kept.pk}:stopped:{kept.version}",
        url_name="vetting:appointment",
        url_args=[old.pk],
        facts=facts,
        subject=kept,
    )


def _record_set(kept: HandOver, actor: User, day: date | None) -> None:
    if day is None:
        record(kept.appointment, "coordination.hand_over_called_off", actor=actor)
    else:
        record(kept.appointment, "coordination.hand_over_set", actor=actor, on=day.isoformat())


def introduce(pk: int) -> None:
    """Tell the people of the region's stakeholders who comes next, step by step; twice is once."""
    while introduce_some(pk):
        pass


def introduce_some(pk: int) -> bool:
    """One step: mails, and how far it came. False where there is no more, or another worker is at it."""
    with transaction.atomic():
        kept = (
            HandOver.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(pk=pk, done_at__isnull=False, introduced_at=None)
            .first()
        )
        if kept is None or kept.next_appointment is None:
            return False
        begins = kept.next_appointment
        ids = []
        if not begins.is_over:
            entries = introduced_from(places_of_term(begins)).filter(pk__gt=kept.introduced_to)
            ids = list(entries.order_by("pk").values_list("pk", flat=True)[:STEP])
        if not ids:
            kept.introduced_at = now()
            kept.save(update_fields=["introduced_at"])
            return False
        people = people_of(ids, roles=MemberRole.WRITERS)
        notify_all(
            {one.user_id: one.user for members in people.values() for one in members}.values(),
            "coordination.introduced",
            key=f"hand_over:{kept.pk}:introduced",
            url_name="regional:focal_points",
            facts={"name": begins.user.name, "before": kept.appointment.user.name},
            subject=kept,
        )
        kept.introduced_to = ids[-1]
        kept.introduced = F("introduced") + sum(1 for pk in ids if people[pk])
        kept.save(update_fields=["introduced_to", "introduced"])
    return True


def sweep_introductions() -> int:
    """Nudge what a lost nudge or a vanished worker left behind; returns how many."""
    left = HandOver.objects.filter(introduces=True, introduced_at=None, done_at__isnull=False)
    ids = list(left.order_by("pk").values_list("pk", flat=True))
    for pk in ids:
        later(TASK, pk=pk)
    return len(ids)


def _held(appointment: Appointment, actor: User) -> Appointment:
    return _able(_locked(appointment.pk), actor)


def _locked(pk: int) -> Appointment:
    rows = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    return rows.get(pk=pk)


def _able(kept: Appointment, actor: User | None) -> Appointment:
    """The term, as long as it can still be handed over, by this person."""
    if actor is None or not actor.has_perm("coordination.hand_over"):
        raise PermissionDenied
    if kept.is_over:
        raise WrongState(_("This appointment has ended already."))
    return kept


def _check(kept: Appointment, actor: User, successor: User, starts_on: date | None, ends_on: date) -> None:
    wrong: dict[str, Any] = {}
    if successor.pk == kept.user_id:
        wrong["email"] = _("This person has the appointment already.")
    elif successor.pk == actor.pk:
        wrong["email"] = _("You cannot appoint yourself. Please ask a colleague.")
    elif not successor.is_active:
        wrong["email"] = _("This account is closed.")
    if starts_on is not None:
        if starts_on < today():
            wrong["starts_on"] = _("The first day cannot lie in the past.")
        elif starts_on < kept.starts_on:
            wrong["starts_on"] = _("The appointment has not begun on this day.")
        elif starts_on > kept.ends_on:
            wrong["starts_on"] = _("The appointment ends before this day.")
    if ends_on < max(starts_on or today(), kept.starts_on):
        wrong["ends_on"] = _("The last day cannot lie before the first.")
    if wrong:
        raise DomainError(next(iter(wrong.values())), fields=wrong)


def keep_notes(appointment: Appointment, text: str, *, actor: User) -> None:
    """For deputies and the successor; empty takes the notes away."""
    if not actor.has_perm("coordination.keep_notes", appointment):
        raise PermissionDenied
    text = clean_block(text)
    if not text:
        TermNote.objects.filter(appointment=appointment).delete()
        return
    TermNote.objects.update_or_create(appointment=appointment, defaults={"text": text, "changed_at": now()})


def pass_activities_on(
    from_whom: User, to_whom: User, places: frozenset[str], *, actor: User | None
) -> dict[str, int]:
    """Pass on what `open_ones` has: activities, what is to be done, draft reports; how many of each.

    Runs in the caller's transaction, which has asked for the permission. Private notes stay with who wrote
    them.
    """
    open_rows = open_ones(from_whom, places)
    ids = {
        name: list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
        for name, rows in open_rows.items()
    }  # before any of it goes: what follows from an activity tells which activities are open
    for one in Activity.objects.filter(pk__in=ids["activities"]):
        record(one, "coordination.activity.hand_over", actor=actor)
    Activity.objects.filter(pk__in=ids["activities"]).update(author=to_whom)
    FollowUp.objects.filter(pk__in=ids["follow_ups"]).update(owner=to_whom, reminded_at=None)
    PeriodReport.objects.filter(pk__in=ids["reports"]).update(author=to_whom)
    return {name: len(found) for name, found in ids.items()}
