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
from coordination.hand_overs.queries import open_work_of, stakeholders_to_inform
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
    """Save the first step: who comes next, from when (None: at once), and until when.

    Nothing else changes yet, except for a hand-over that is set already: its day, or that it is set.
    """
    with transaction.atomic():
        appointment = _lock_for_hand_over(appointment, actor)
        if starts_on == today():
            starts_on = None
        _check(appointment, actor, successor, starts_on, ends_on)
        hand_over = HandOver.objects.filter(appointment=appointment).first() or HandOver(
            appointment=appointment, version=-1
        )
        hand_over.successor, hand_over.ends_on, hand_over.prepared_by = successor, ends_on, actor
        if hand_over.is_set:  # whoever changed it last stands for it
            hand_over.set_at, hand_over.set_by = (now(), actor) if starts_on else (None, None)
            if starts_on != hand_over.starts_on:
                _record_set(hand_over, actor, starts_on)
        hand_over.starts_on = starts_on
        hand_over.version += 1
        hand_over.save()
    return hand_over


def describe(hand_over: HandOver, *, actor: User, note: str, introduces: bool) -> HandOver:
    """Save the second step: what goes along."""
    with transaction.atomic():
        _lock_for_hand_over(hand_over.appointment, actor)
        hand_over = HandOver.objects.get(pk=hand_over.pk)
        hand_over.note, hand_over.introduces = clean_block(note), introduces
        hand_over.version += 1
        hand_over.save(update_fields=["note", "introduces", "version"])
    return hand_over


def confirm(hand_over: HandOver, *, actor: User, version: int) -> HandOver:
    """Carry the hand-over out, or set it for its day.

    Raises WrongState where it was prepared differently in the meantime, or the term is over.
    """
    with transaction.atomic():
        old = _lock_for_hand_over(hand_over.appointment, actor)
        hand_over = HandOver.objects.select_related("successor").get(pk=hand_over.pk)
        refuse_changed(hand_over, version)
        if hand_over.starts_on is None or hand_over.starts_on <= today():
            return _carry_out(hand_over, old, actor)
        _check(old, actor, hand_over.successor, hand_over.starts_on, hand_over.ends_on)
        if not hand_over.is_set:
            _record_set(hand_over, actor, hand_over.starts_on)
        hand_over.set_at, hand_over.set_by = now(), actor
        hand_over.version += 1
        hand_over.save(update_fields=["set_at", "set_by", "version"])
    return hand_over


def call_off(hand_over: HandOver, *, actor: User) -> None:
    """Cancel a hand-over that is set for a later day. Raises WrongState where it is not, or is done."""
    with transaction.atomic():
        _lock_for_hand_over(hand_over.appointment, actor)
        hand_over = HandOver.objects.get(pk=hand_over.pk)
        if not hand_over.is_set:
            raise WrongState(_("This hand-over is no longer scheduled."))
        _reset_day(hand_over)
        _record_set(hand_over, actor, None)


def take_effect() -> int:
    """Carry out the hand-overs whose day has come; returns how many.

    The actor is whoever set it. What is no longer possible is called off, and the desk is told.
    """
    done = 0
    for pk, appointment in (
        HandOver.objects.due().order_by("starts_on", "pk").values_list("pk", "appointment")
    ):
        with transaction.atomic():
            old = _lock_appointment(appointment)
            hand_over = HandOver.objects.due().select_related("successor", "set_by").filter(pk=pk).first()
            if hand_over is None:  # called off, changed or done in the meantime
                continue
            by: Any = hand_over.set_by
            try:
                with transaction.atomic():
                    _carry_out(hand_over, _allow_hand_over(old, by), by)
                done += 1
            except (DomainError, PermissionDenied):
                _give_up(hand_over, old)
    return done


def _carry_out(hand_over: HandOver, old: Appointment, actor: User) -> HandOver:
    """Hand over all of it or nothing. The successor is appointed before the other leaves, so that what waits
    never goes to the desk in between.
    """
    _check(old, actor, hand_over.successor, None, hand_over.ends_on)
    places = places_of_term(old)
    begins = appoint(
        hand_over.successor,
        actor=actor,
        starts_on=max(today(), old.starts_on),
        ends_on=hand_over.ends_on,
        regions=list(old.regions.values_list("pk", flat=True)),
        countries=list(old.countries.values_list("pk", flat=True)),
    )
    end_appointment(old, actor=actor, version=old.version, reason=EndReason.REPLACED)
    work = held_work(old.user, places).update(holder=hand_over.successor)
    work += sum(pass_activities_on(old.user, hand_over.successor, places, actor=actor).values())
    old.enquiries.update(appointment=begins)
    for deputy in old.deputies.exclude(user=hand_over.successor):
        deputy.pk, deputy.appointment = None, begins
        deputy.save(force_insert=True)
    hand_over.done_at, hand_over.done_by, hand_over.next_appointment, hand_over.work = (
        now(),
        actor,
        begins,
        work,
    )
    if not hand_over.introduces:
        hand_over.introduced_at = hand_over.done_at
    hand_over.save()
    record(old, "coordination.handed_over", actor=actor, count=work)
    record(begins, "coordination.taken_over", actor=actor, count=work)
    notify(
        hand_over.successor,
        "coordination.handed_over",
        key=f"hand_over:{hand_over.pk}",
        url_name="regional:taken_over",
        url_args=[hand_over.pk],
        facts={"name": old.user.name, "count": work},
        subject=hand_over,
    )
    if hand_over.introduces:
        later(TASK, pk=hand_over.pk)
    return hand_over


def _reset_day(hand_over: HandOver) -> None:
    hand_over.set_at = None
    hand_over.version += 1
    hand_over.save(update_fields=["set_at", "version"])


def _give_up(hand_over: HandOver, old: Appointment) -> None:
    _reset_day(hand_over)
    record(old, "coordination.hand_over_stopped", actor=None)
    facts = {"name": old.user.name, "successor": hand_over.successor.name}
    notify_all(
        holders_of(Role.HEAD, Role.ADMINISTRATOR),
        "coordination.hand_over_stopped",
        key=f"hand_over:{hand_over.pk}:stopped:{hand_over.version}",
        url_name="vetting:appointment",
        url_args=[old.pk],
        facts=facts,
        subject=hand_over,
    )


def _record_set(hand_over: HandOver, actor: User, day: date | None) -> None:
    if day is None:
        record(hand_over.appointment, "coordination.hand_over_called_off", actor=actor)
    else:
        record(hand_over.appointment, "coordination.hand_over_set", actor=actor, on=day.isoformat())


def introduce(pk: int) -> None:
    """Tell the people of the region's stakeholders who comes next, in batches."""
    while introduce_some(pk):
        pass


def introduce_some(pk: int) -> bool:
    """Send one batch and save how far it came; returns whether there may be more."""
    with transaction.atomic():
        hand_over = (
            HandOver.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(pk=pk, done_at__isnull=False, introduced_at=None)
            .first()
        )
        if hand_over is None or hand_over.next_appointment is None:
            return False
        begins = hand_over.next_appointment
        ids = []
        if not begins.is_over:
            entries = stakeholders_to_inform(places_of_term(begins)).filter(pk__gt=hand_over.introduced_to)
            ids = list(entries.order_by("pk").values_list("pk", flat=True)[:STEP])
        if not ids:
            hand_over.introduced_at = now()
            hand_over.save(update_fields=["introduced_at"])
            return False
        people = people_of(ids, roles=MemberRole.WRITERS)
        notify_all(
            {member.user_id: member.user for members in people.values() for member in members}.values(),
            "coordination.introduced",
            key=f"hand_over:{hand_over.pk}:introduced",
            url_name="regional:focal_points",
            facts={"name": begins.user.name, "before": hand_over.appointment.user.name},
            subject=hand_over,
        )
        hand_over.introduced_to = ids[-1]
        hand_over.introduced = F("introduced") + sum(1 for pk in ids if people[pk])
        hand_over.save(update_fields=["introduced_to", "introduced"])
    return True


def sweep_introductions() -> int:
    """Queue introductions again that a lost task or a vanished worker left; returns how many."""
    left = HandOver.objects.filter(introduces=True, introduced_at=None, done_at__isnull=False)
    ids = list(left.order_by("pk").values_list("pk", flat=True))
    for pk in ids:
        later(TASK, pk=pk)
    return len(ids)


def _lock_for_hand_over(appointment: Appointment, actor: User) -> Appointment:
    return _allow_hand_over(_lock_appointment(appointment.pk), actor)


def _lock_appointment(pk: int) -> Appointment:
    rows = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    return rows.get(pk=pk)


def _allow_hand_over(appointment: Appointment, actor: User | None) -> Appointment:
    """Return the term where this person may hand it over, or raise."""
    if actor is None or not actor.has_perm("coordination.hand_over"):
        raise PermissionDenied
    if appointment.is_over:
        raise WrongState(_("This appointment has ended already."))
    return appointment


def _check(
    appointment: Appointment, actor: User, successor: User, starts_on: date | None, ends_on: date
) -> None:
    wrong: dict[str, Any] = {}
    if successor.pk == appointment.user_id:
        wrong["email"] = _("This person has the appointment already.")
    elif successor.pk == actor.pk:
        wrong["email"] = _("You cannot appoint yourself. Please ask a colleague.")
    elif not successor.is_active:
        wrong["email"] = _("This account is closed.")
    if starts_on is not None:
        if starts_on < today():
            wrong["starts_on"] = _("The first day cannot be in the past.")
        elif starts_on < appointment.starts_on:
            wrong["starts_on"] = _("The appointment has not begun on this day.")
        elif starts_on > appointment.ends_on:
            wrong["starts_on"] = _("The appointment ends before this day.")
    if ends_on < max(starts_on or today(), appointment.starts_on):
        wrong["ends_on"] = _("The last day cannot be before the first.")
    if wrong:
        raise DomainError(next(iter(wrong.values())), fields=wrong)


def keep_notes(appointment: Appointment, text: str, *, actor: User) -> None:
    """Save the notes for deputies and the successor; an empty text deletes them."""
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
    """Pass on what `open_work_of` returns; returns how many rows of each.

    Runs in the caller's transaction, which has asked for the permission. Private notes stay with who wrote
    them.
    """
    open_rows = open_work_of(from_whom, places)
    ids = {
        name: list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
        for name, rows in open_rows.items()
    }  # before any of it goes: what follows from an activity tells which activities are open
    for activity in Activity.objects.filter(pk__in=ids["activities"]):
        record(activity, "coordination.activity.hand_over", actor=actor)
    Activity.objects.filter(pk__in=ids["activities"]).update(author=to_whom)
    FollowUp.objects.filter(pk__in=ids["follow_ups"]).update(owner=to_whom, reminded_at=None)
    PeriodReport.objects.filter(pk__in=ids["reports"]).update(author=to_whom)
    return {name: len(row_ids) for name, row_ids in ids.items()}
