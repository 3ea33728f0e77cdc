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
    """Say who may stand in. Gives nothing yet; twice is once."""
    with transaction.atomic():
        kept = _held(appointment)
        if not actor.has_perm("coordination.name_deputy"):
            raise PermissionDenied
        _refuse_over(kept)
        if person.pk == kept.user_id:
            raise _wrong("email", _("This is the regional focal point. Choose another person as deputy."))
        if person.pk == actor.pk:
            raise _wrong("email", _("You cannot name yourself. Please ask a colleague."))
        if not person.is_active:
            raise _wrong("email", _("This account is closed."))
        deputy, new = Deputy.objects.get_or_create(
            appointment=kept, user=person, defaults={"added_by": actor}
        )
        if new:
            record(kept, "coordination.deputy_named", actor=actor)
    return deputy


def remove_deputy(deputy: Deputy, *, actor: User) -> None:
    """Also ends what stands in their name."""
    with transaction.atomic():
        kept = _held(deputy.appointment)
        if not actor.has_perm("coordination.name_deputy"):
            raise PermissionDenied
        for absence in kept.absences.filter(over_at=None, deputy=deputy.user_id):
            _finish(absence, actor)
        if Deputy.objects.filter(pk=deputy.pk).delete()[0]:
            record(kept, "coordination.deputy_removed", actor=actor)


def say_absent(
    appointment: Appointment, *, actor: User, deputy: User | None, starts_on: date, ends_on: date
) -> Absence:
    """Let a deputy of the term stand in from day to day. Raises DomainError with the field that is wrong."""
    with transaction.atomic():
        kept = _held(appointment)
        if not actor.has_perm("coordination.say_absent", kept):
            raise PermissionDenied
        _refuse_over(kept)
        deputy = _check(kept, deputy, starts_on, ends_on)
        absence = Absence.objects.create(
            appointment=kept, deputy=deputy, starts_on=starts_on, ends_on=ends_on, said_by=actor
        )
        _write_grants(absence, actor)
        said: dict[str, Any] = {"from": starts_on.isoformat(), "to": ends_on.isoformat()}
        record(kept, "coordination.absence_said", actor=actor, **said)
        notify(
            absence.deputy,
            "coordination.standing_in",
            key=f"absence:{absence.pk}:said",
            url_name="regional:home",
            facts={"name": kept.user.name, **said},
            subject=absence,
        )
        _begin_if_due(absence)
    return absence


def call_back(absence: Absence, *, actor: User) -> None:
    """Back before the time, or called off. Raises WrongState where it is over already."""
    with transaction.atomic():
        kept = _held(absence.appointment)
        if not actor.has_perm("coordination.say_absent", kept):
            raise PermissionDenied
        here = Absence.objects.select_for_update(no_key=True).get(pk=absence.pk)
        if here.over_at is not None:
            raise WrongState(_("This absence is over already."))
        _finish(here, actor)


def care_for_absences() -> int:
    """The clock: pass on what was held when an absence begins, and give it back when it is over; each once.

    The role itself begins and ends by its grants, to the second. Returns how many steps were taken.
    """
    steps, day = 0, today()
    due = Absence.objects.filter(over_at=None).filter(
        Q(ends_on__lt=day) | Q(begun_at=None, starts_on__lte=day)
    )
    for pk, appointment in due.values_list("pk", "appointment"):
        with transaction.atomic():
            _held(Appointment(pk=appointment))
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
    """In the transaction that changed or ended a term: those who stand in have its places and days."""
    for absence in Absence.objects.filter(appointment=appointment, over_at=None):
        if appointment.is_over or absence.starts_on > appointment.ends_on:
            _finish(absence, actor)
        else:
            _end_grants(absence, actor)
            _write_grants(absence, actor)


def _held(appointment: Appointment) -> Appointment:
    """The row, locked: absences of one term are said one after the other."""
    rows = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    return rows.get(pk=appointment.pk)


def _refuse_over(kept: Appointment) -> None:
    if kept.is_over:
        raise WrongState(_("This appointment has ended already."))


def _check(kept: Appointment, deputy: User | None, starts_on: date, ends_on: date) -> User:
    if deputy is None or not kept.deputies.filter(user=deputy).exists():
        raise _wrong("deputy", _("Choose one of the deputies."))
    if not deputy.is_active:
        raise _wrong("deputy", _("This account is closed."))
    if starts_on < today():
        raise _wrong("starts_on", _("The first day cannot lie in the past."))
    if ends_on < starts_on:
        raise _wrong("ends_on", _("The last day cannot lie before the first."))
    if starts_on < kept.starts_on:
        raise _wrong("starts_on", _("The appointment has not begun on this day."))
    if ends_on > kept.ends_on:
        raise _wrong("ends_on", _("The appointment ends before this day."))
    if kept.absences.filter(over_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise _wrong("starts_on", _("Another absence overlaps these days."))
    return deputy


def _write_grants(absence: Absence, actor: Any) -> None:
    """Grants for the places of the term, on the days of the absence that the term still has."""
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
    """Pass on what the absent person holds; the deputy is told how much there is."""
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
    """End it, whatever day it is: the role goes, and what is not done comes back."""
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


def _wrong(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
