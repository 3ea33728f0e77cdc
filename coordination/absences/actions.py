"""Deputies, and absences in which they stand in, with the role and the work, until all comes back."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.actions import end_grant, grant_role
from accounts.people.enums import Role, Scope
from accounts.people.models import User
from audit.actions import record
from coordination.absences.models import Absence, Deputy, Passed
from coordination.absences.queries import held_work, places_of_term
from core.errors import DomainError, WrongState
from core.time_display import VIENNA
from notifications.outbox.actions import notify
from stakeholders.appointments.models import Appointment, today
from stakeholders.recommendations.queries import unanswered_applications
from workflow.items.models import WorkItem


def name_deputy(appointment: Appointment, person: User, *, actor: User) -> Deputy:
    """Let a person stand in for the holder of a term. It gives no role yet; twice is once."""
    with transaction.atomic():
        appointment = _lock_appointment(appointment)
        if not actor.has_perm("coordination.name_deputy"):
            raise PermissionDenied
        _refuse_ended(appointment)
        if person.pk == appointment.user_id:
            raise _field_error(
                "email", _("This is the regional focal point. Choose another person as deputy.")
            )
        if person.pk == actor.pk:
            raise _field_error("email", _("You cannot name yourself. Please ask a colleague."))
        if not person.is_active:
            raise _field_error("email", _("This account is closed."))
        deputy, new = Deputy.objects.get_or_create(
            appointment=appointment, user=person, defaults={"added_by": actor}
        )
        if new:
            record(appointment, "coordination.deputy_named", actor=actor)
    return deputy


def remove_deputy(deputy: Deputy, *, actor: User) -> None:
    """Remove a deputy, and end the absences in which they stand in."""
    with transaction.atomic():
        appointment = _lock_appointment(deputy.appointment)
        if not actor.has_perm("coordination.name_deputy"):
            raise PermissionDenied
        for absence in appointment.absences.filter(over_at=None, deputy=deputy.user_id):
            _finish(absence, actor)
        if Deputy.objects.filter(pk=deputy.pk).delete()[0]:
            record(appointment, "coordination.deputy_removed", actor=actor)


def say_absent(
    appointment: Appointment, *, actor: User, deputy: User | None, starts_on: date, ends_on: date
) -> Absence:
    """Enter an absence with its deputy. Raises DomainError with the field that is wrong."""
    with transaction.atomic():
        appointment = _lock_appointment(appointment)
        if not actor.has_perm("coordination.say_absent", appointment):
            raise PermissionDenied
        _refuse_ended(appointment)
        deputy = _check(appointment, deputy, starts_on, ends_on)
        absence = Absence.objects.create(
            appointment=appointment, deputy=deputy, starts_on=starts_on, ends_on=ends_on, said_by=actor
        )
        _write_grants(absence, actor)
        days: dict[str, Any] = {"from": starts_on.isoformat(), "to": ends_on.isoformat()}
        record(appointment, "coordination.absence_said", actor=actor, **days)
        notify(
            absence.deputy,
            "coordination.standing_in",
            key=f"absence:{absence.pk}:said",
            url_name="regional:home",
            facts={"name": appointment.user.name, **days},
            subject=absence,
        )
        _begin_if_due(absence)
    return absence


def call_back(absence: Absence, *, actor: User) -> None:
    """End an absence early, or call it off. Raises WrongState where it is over already."""
    with transaction.atomic():
        appointment = _lock_appointment(absence.appointment)
        if not actor.has_perm("coordination.say_absent", appointment):
            raise PermissionDenied
        here = Absence.objects.select_for_update(no_key=True).get(pk=absence.pk)
        if here.over_at is not None:
            raise WrongState(_("This absence is over already."))
        _finish(here, actor)


def care_for_absences() -> int:
    """Pass work on as absences begin and return it as they end, each once.

    The role itself begins and ends by its grants, to the second. Returns how many absences changed.
    """
    steps, day = 0, today()
    due = Absence.objects.filter(over_at=None).filter(
        Q(ends_on__lt=day) | Q(begun_at=None, starts_on__lte=day)
    )
    for pk, appointment in due.values_list("pk", "appointment"):
        with transaction.atomic():
            _lock_appointment(Appointment(pk=appointment))
            absence = Absence.objects.select_for_update(no_key=True).get(pk=pk)
            if absence.over_at is not None:
                continue
            if absence.ends_on < day:
                _finish(absence, None)
                steps += 1
            else:
                steps += _begin_if_due(absence)
    return steps


def follow_appointment(appointment: Appointment, *, actor: Any) -> None:
    """Adapt absences to a term that changed or ended, in the caller's transaction."""
    for absence in Absence.objects.filter(appointment=appointment, over_at=None):
        if appointment.is_over or absence.starts_on > appointment.ends_on:
            _finish(absence, actor)
        else:
            _end_grants(absence, actor)
            _write_grants(absence, actor)


def _lock_appointment(appointment: Appointment) -> Appointment:
    """Return the row under lock, so that absences of one term are entered one after the other."""
    rows = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    return rows.get(pk=appointment.pk)


def _refuse_ended(appointment: Appointment) -> None:
    if appointment.is_over:
        raise WrongState(_("This appointment has ended already."))


def _check(appointment: Appointment, deputy: User | None, starts_on: date, ends_on: date) -> User:
    if deputy is None or not appointment.deputies.filter(user=deputy).exists():
        raise _field_error("deputy", _("Choose one of the deputies."))
    if not deputy.is_active:
        raise _field_error("deputy", _("This account is closed."))
    if starts_on < today():
        raise _field_error("starts_on", _("The first day cannot be in the past."))
    if ends_on < starts_on:
        raise _field_error("ends_on", _("The last day cannot be before the first."))
    if starts_on < appointment.starts_on:
        raise _field_error("starts_on", _("The appointment has not begun on this day."))
    if ends_on > appointment.ends_on:
        raise _field_error("ends_on", _("The appointment ends before this day."))
    if appointment.absences.filter(over_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise _field_error("starts_on", _("Another absence overlaps these days."))
    return deputy


def _write_grants(absence: Absence, actor: Any) -> None:
    """Grant the places of the term for the days of the absence that lie within the term."""
    term = absence.appointment
    begins = datetime.combine(absence.starts_on, time(), VIENNA)
    ends = datetime.combine(min(absence.ends_on, term.ends_on) + timedelta(days=1), time(), VIENNA)
    if ends <= now():
        return
    places = [(Scope.REGION, pk) for pk in term.regions.values_list("pk", flat=True)]
    places += [(Scope.COUNTRY, pk) for pk in term.countries.values_list("pk", flat=True)]
    for kind, code in sorted(places):
        grant = grant_role(
            absence.deputy,
            Role.REGIONAL,
            actor=actor,
            scope_kind=kind,
            scope_code=code,
            starts_at=begins if begins > now() else None,
            ends_at=ends,
            alongside=True,
            system=True,
        )
        absence.grants.add(grant)


def _end_grants(absence: Absence, actor: Any) -> None:
    for grant in absence.grants.filter(ends_at__gt=now()):
        end_grant(grant, actor=actor, system=True)


def _begin_if_due(absence: Absence) -> bool:
    """Pass on what the absent person holds, and tell the deputy how much it is."""
    if absence.begun_at is not None or absence.starts_on > today():
        return False
    term = absence.appointment
    work = held_work(term.user, places_of_term(term)).select_for_update(no_key=True)
    held = list(work.values_list("pk", flat=True))
    Passed.objects.bulk_create(Passed(absence=absence, item_id=pk) for pk in held)
    WorkItem.objects.filter(pk__in=held).update(holder=absence.deputy)
    absence.begun_at = now()
    absence.save(update_fields=["begun_at"])
    record(absence.appointment, "coordination.absence_began", actor=None, count=len(held))
    deputy = User.objects.get(pk=absence.deputy_id)  # anew: what was read of grants before is old
    notify(
        deputy,
        "coordination.standing_in_begins",
        key=f"absence:{absence.pk}:begins",
        url_name="regional:home",
        subject=absence,
        facts={
            "name": absence.appointment.user.name,
            "until": absence.ends_on.isoformat(),
            "held": len(held),
            "waiting": unanswered_applications(deputy).count(),
        },
    )
    return True


def _finish(absence: Absence, actor: Any) -> None:
    """End the absence today: the grants end, and open work returns."""
    _end_grants(absence, actor)
    back = 0
    if absence.begun_at is not None:
        back = (
            WorkItem.objects.open()
            .filter(pk__in=absence.passed.values("item"), holder=absence.deputy_id)
            .update(holder=absence.appointment.user_id)
        )
    absence.over_at = now()
    absence.save(update_fields=["over_at"])
    record(absence.appointment, "coordination.absence_over", actor=actor, count=back)
    facts = {"name": absence.appointment.user.name, "deputy": absence.deputy.name, "held": back}
    for person, kind in (
        (absence.deputy, "coordination.standing_in_over"),
        (absence.appointment.user, "coordination.back"),
    ):
        notify(
            person, kind, key=f"absence:{absence.pk}:over", url_name="portal:me", facts=facts, subject=absence
        )


def _field_error(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
