"""Appointing regional focal points, changing and ending their terms; each term holds its role grants."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.actions import end_grant, grant_role
from accounts.people.enums import Role, Scope
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.outbox.actions import notify
from stakeholders.appointments.enums import EndReason
from stakeholders.appointments.models import Appointment, today
from stakeholders.recommendations.actions import leave_to_desk
from stakeholders.signals import appointment_changed
from taxonomy.places.models import Country, Region
from workflow.moves.actions import lock, refuse_changed


def appoint(
    person: User,
    *,
    actor: User,
    regions: Sequence[str],
    countries: Sequence[str],
    starts_on: date,
    ends_on: date,
    note: str = "",
) -> Appointment:
    """Make `person` the regional focal point of regions (M49) and countries (ISO3) from day to day.

    Terms may overlap. Raises DomainError with the field where the places or the days are not right.
    """
    with transaction.atomic():
        if not actor.has_perm("stakeholders.appoint"):
            raise PermissionDenied
        if person.pk == actor.pk:
            raise _field_error("email", _("You cannot appoint yourself. Please ask a colleague."))
        if not person.is_active:
            raise _field_error("email", _("This account is closed."))
        _check(regions, countries, starts_on, ends_on)
        appointment = Appointment.objects.create(
            user=person, starts_on=starts_on, ends_on=ends_on, note=clean_block(note), appointed_by=actor
        )
        _set_places(appointment, regions, countries)
        _write_grants(appointment, actor)
        record(appointment, "stakeholders.appointed", actor=actor, **_facts(appointment, regions, countries))
        _tell(appointment, "stakeholders.appointed")
    return appointment


def change_appointment(
    appointment: Appointment,
    *,
    actor: User,
    version: int,
    regions: Sequence[str],
    countries: Sequence[str],
    starts_on: date,
    ends_on: date,
    note: str = "",
) -> Appointment:
    """Change places, days or note. `version` is the one that the form was made from; the later loses."""
    with transaction.atomic():
        appointment = _lock_appointment(appointment, actor, version)
        _check(regions, countries, starts_on, ends_on, first_day_may_pass=starts_on == appointment.starts_on)
        before = _facts(appointment, *_places(appointment))
        appointment.starts_on, appointment.ends_on, appointment.note = starts_on, ends_on, clean_block(note)
        appointment.version += 1
        appointment.save(update_fields=["starts_on", "ends_on", "note", "version"])
        _set_places(appointment, regions, countries)
        after = _facts(appointment, regions, countries)
        if after != before:
            _write_grants(appointment, actor)
            record(appointment, "stakeholders.appointment_changed", actor=actor, before=before, after=after)
            _tell(appointment, "stakeholders.appointment_changed")
            appointment_changed.send(Appointment, appointment=appointment, actor=actor)
            leave_to_desk(actor=actor)
    return appointment


def end_appointment(
    appointment: Appointment, *, actor: User, version: int, reason: str, note: str = ""
) -> Appointment:
    """End a term before its time, or take one back that has not begun."""
    note = clean_block(note)
    with transaction.atomic():
        appointment = _lock_appointment(appointment, actor, version)
        if reason not in EndReason.BY_DESK:
            raise _field_error("reason", _("Choose the reason."))
        if reason == EndReason.OTHER and not note:
            raise _field_error("end_note", _("Give the reason why it ends."))
        appointment.ended_at, appointment.ended_by = now(), actor
        appointment.end_reason, appointment.end_note = reason, note
        appointment.version += 1
        appointment.save(update_fields=["ended_at", "ended_by", "end_reason", "end_note", "version"])
        _end_grants(appointment, actor, keep=set())
        record(appointment, "stakeholders.appointment_ended", actor=actor, reason=reason)
        _tell(appointment, "stakeholders.appointment_ended", reason=reason)
        appointment_changed.send(Appointment, appointment=appointment, actor=actor)
        leave_to_desk(actor=actor)
    return appointment


def end_terms() -> int:
    """Record the terms that are over, once each, pass on their open work, and return their number.

    The role itself ends by its grants, to the second; what a stopped clock misses it finds on its next run.
    """
    ended = 0
    for pk in Appointment.objects.filter(ended_at=None, ends_on__lt=today()).values_list("pk", flat=True):
        with transaction.atomic():
            late = Appointment.objects.filter(pk=pk, ended_at=None, ends_on__lt=today())
            if not late.update(ended_at=now(), end_reason=EndReason.TERM):
                continue
            over = Appointment.objects.select_related("user").get(pk=pk)
            record(over, "stakeholders.appointment_over", actor=None)
            _tell(over, "stakeholders.appointment_ended", reason=EndReason.TERM.value)
            appointment_changed.send(Appointment, appointment=over, actor=None)
        ended += 1
    with transaction.atomic():
        leave_to_desk(actor=None)
    return ended


def _lock_appointment(appointment: Appointment, actor: User, version: int) -> Appointment:
    """Return the row, locked; refuse where it has ended or is no longer at `version`."""
    appointment = lock(appointment, actor, "stakeholders.change_appointment")
    if appointment.is_over:
        raise WrongState(_("This appointment has ended already."))
    refuse_changed(appointment, version)
    return appointment


def _check(
    regions: Sequence[str],
    countries: Sequence[str],
    starts_on: date,
    ends_on: date,
    *,
    first_day_may_pass: bool = False,
) -> None:
    if not regions and not countries:
        raise _field_error("regions", _("Choose at least one region or country."))
    if starts_on < today() and not first_day_may_pass:
        raise _field_error("starts_on", _("The first day cannot be in the past."))
    if ends_on < starts_on:
        raise _field_error("ends_on", _("The last day cannot be before the first."))
    if ends_on < today():
        raise _field_error(
            "ends_on", _("The last day cannot be in the past. To end the term now, end it below.")
        )
    if ends_on > today() + timedelta(days=3660):
        raise _field_error("ends_on", _("Choose an earlier day."))


type Key = tuple[str, str, datetime]


def _write_grants(appointment: Appointment, actor: User) -> None:
    """Make the role follow the term: end the grants that no longer fit, give those that are missing."""
    regions, countries = _places(appointment)
    keys: set[Key] = {(Scope.REGION, code, appointment.ends_at) for code in regions}
    keys |= {(Scope.COUNTRY, code, appointment.ends_at) for code in countries}
    moment = now()
    starts_at = appointment.starts_at if appointment.starts_at > moment else None
    granted_keys = _end_grants(appointment, actor, keep=keys, starts_at=starts_at)
    for kind, code, ends_at in sorted(keys - granted_keys):
        grant = grant_role(
            appointment.user,
            Role.REGIONAL,
            actor=actor,
            scope_kind=kind,
            scope_code=code,
            starts_at=starts_at,
            ends_at=ends_at,
            alongside=True,
        )
        appointment.grants.add(grant)


def _end_grants(
    appointment: Appointment, actor: User, *, keep: set[Key], starts_at: datetime | None = None
) -> set[Key]:
    """End the grants of a term that are not in `keep`; returns the keys of those that stay."""
    moment, stay = now(), set()
    for grant in appointment.grants.filter(ends_at__gt=moment):
        key = (grant.scope_kind, grant.scope_code, grant.ends_at)
        begins = grant.starts_at if grant.starts_at > moment else None
        if key in keep and begins == starts_at:
            stay.add(key)
        else:
            end_grant(grant, actor=actor)
    return stay


def _places(appointment: Appointment) -> tuple[list[str], list[str]]:
    regions = sorted(appointment.regions.values_list("pk", flat=True))
    return regions, sorted(appointment.countries.values_list("pk", flat=True))


def _set_places(appointment: Appointment, regions: Sequence[str], countries: Sequence[str]) -> None:
    appointment.regions.set(Region.objects.filter(pk__in=regions))
    appointment.countries.set(Country.objects.filter(pk__in=countries))


def _facts(appointment: Appointment, regions: Sequence[str], countries: Sequence[str]) -> dict[str, Any]:
    """Return codes and days, which is all that the log keeps."""
    return {
        "places": " ".join([*sorted(regions), *sorted(countries)]),
        "from": appointment.starts_on.isoformat(),
        "to": appointment.ends_on.isoformat(),
    }


def _tell(appointment: Appointment, kind: str, **facts: Any) -> None:
    notify(
        appointment.user,
        kind,
        key=f"appointment:{appointment.pk}:{kind.removeprefix('stakeholders.')}:{appointment.version}",
        url_name="portal:me" if kind == "stakeholders.appointment_ended" else "regional:home",
        facts={"from": appointment.starts_on.isoformat(), "to": appointment.ends_on.isoformat(), **facts},
        subject=appointment,
    )


def _field_error(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
