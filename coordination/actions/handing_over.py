"""A term passes to somebody else: prepared in steps, done in one act, told to the region by a worker."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from coordination.models import HandOver
from coordination.queries.handing_over import held_work, introduced_from, places_of_term
from coordination.registry import handed_over
from core.errors import DomainError, WrongState
from core.later import later
from core.text import clean_block
from notifications.actions import notify, notify_all
from stakeholders.actions.appointments import appoint, end_appointment
from stakeholders.enums import MemberRole
from stakeholders.enums.regional import EndReason
from stakeholders.models import Appointment, today
from stakeholders.queries.standing import people_of

TASK = "coordination.heavy_introduce"
STEP = 100  # stakeholders whose people are told in one transaction


def prepare(appointment: Appointment, *, actor: User, successor: User, ends_on: date) -> HandOver:
    """The first step: who comes next, and until when. Changes nothing yet."""
    with transaction.atomic():
        kept = _held(appointment, actor)
        _check(kept, actor, successor, ends_on)
        there = HandOver.objects.filter(appointment=kept).first()
        if there is None:
            return HandOver.objects.create(
                appointment=kept, successor=successor, ends_on=ends_on, prepared_by=actor
            )
        there.successor, there.ends_on, there.prepared_by = successor, ends_on, actor
        there.version += 1
        there.save(update_fields=["successor", "ends_on", "prepared_by", "version"])
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


def carry_out(hand_over: HandOver, *, actor: User, version: int) -> HandOver:
    """The last step: all of it or nothing. The successor is there before the other leaves, so that what waits
    for the region never goes to the desk in between.

    Raises WrongState where it was prepared differently in the meantime, or the term is over.
    """
    with transaction.atomic():
        old = _held(hand_over.appointment, actor)
        kept = HandOver.objects.select_related("successor").get(pk=hand_over.pk)
        if kept.version != version:
            raise WrongState(
                _("Somebody else has changed this in the meantime. Please reload the page and look again.")
            )
        _check(old, actor, kept.successor, kept.ends_on)
        places = places_of_term(old)
        begins = appoint(
            kept.successor, actor=actor, starts_on=max(today(), old.starts_on), ends_on=kept.ends_on,
            regions=list(old.regions.values_list("pk", flat=True)),
            countries=list(old.countries.values_list("pk", flat=True)),
        )  # fmt: skip
        end_appointment(old, actor=actor, version=old.version, reason=EndReason.REPLACED)
        work = held_work(old.user, places).update(holder=kept.successor)
        for part in handed_over.values():
            work += part.pass_on(old.user, kept.successor, places, actor)
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
            kept.successor, "coordination.handed_over", key=f"hand_over:{kept.pk}",
            url_name="regional:taken_over", url_args=[kept.pk],
            facts={"name": old.user.name, "count": work}, subject=kept,
        )  # fmt: skip
        if kept.introduces:
            later(TASK, pk=kept.pk)
    return kept


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
            "coordination.introduced", key=f"hand_over:{kept.pk}:introduced",
            url_name="regional:focal_points",
            facts={"name": begins.user.name, "before": kept.appointment.user.name}, subject=kept,
        )  # fmt: skip
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
    """The term, locked, as long as it can still be handed over."""
    if not actor.has_perm("coordination.hand_over"):
        raise PermissionDenied
    rows = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    kept = rows.get(pk=appointment.pk)
    if kept.is_over:
        raise WrongState(_("This appointment has ended already."))
    return kept


def _check(kept: Appointment, actor: User, successor: User, ends_on: date) -> None:
    wrong: dict[str, Any] = {}
    if successor.pk == kept.user_id:
        wrong["email"] = _("This person holds the appointment already.")
    elif successor.pk == actor.pk:
        wrong["email"] = _("Nobody appoints themselves. Please ask a colleague.")
    elif not successor.is_active:
        wrong["email"] = _("This account is closed.")
    if ends_on < max(today(), kept.starts_on):
        wrong["ends_on"] = _("The last day cannot lie before the first.")
    if wrong:
        raise DomainError(next(iter(wrong.values())), fields=wrong)
