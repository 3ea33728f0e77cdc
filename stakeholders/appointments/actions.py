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
            raise _wrong("email", _("You cannot appoint yourself. Please ask a colleague."))
        if not person.is_active:
            raise _wrong("email", _("This account is closed."))
        _check(regions, countries, starts_on, ends_on)
        made = Appointment.objects.create(
            user=person, starts_on=starts_on, ends_on=ends_on, note=clean_block(note), appointed_by=actor
        )
        _set_places(made, regions, countries)
        _write_grants(made, actor)
        record(made, "stakeholders.appointed", actor=actor, **_facts(made, regions, countries))
        _tell(made, "stakeholders.appointed")
    return made


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
        kept = _standing(appointment, actor, version)
        _check(regions, countries, starts_on, ends_on, first_day_may_pass=starts_on == kept.starts_on)
        before = _facts(kept, *_places(kept))
        kept.starts_on, kept.ends_on, kept.note = starts_on, ends_on, clean_block(note)
        kept.version += 1
        kept.save(update_fields=["starts_on", "ends_on", "note", "version"])
        _set_places(kept, regions, countries)
        after = _facts(kept, regions, countries)
        if after != before:
            _write_grants(kept, actor)
            record(kept, "stakeholders.appointment_changed", actor=actor, before=before, after=after)
            _tell(kept, "stakeholders.appointment_changed")
            appointment_changed.send(Appointment, appointment=kept, actor=actor)
            leave_to_desk(actor=actor)
    return kept


def end_appointment(
    appointment: Appointment, *, actor: User, version: int, reason: str, note: str = ""
) -> Appointment:
    """End a term before its time, or take one back that has not begun."""
    note = clean_block(note)
    with transaction.atomic():
        kept = _standing(appointment, actor, version)
        if reason not in EndReason.BY_DESK:
            raise _wrong("reason", _("Choose the reason."))
        if reason == EndReason.OTHER and not note:
            raise _wrong("end_note", _("Give the reason why it ends."))
        kept.ended_at, kept.ended_by, kept.end_reason, kept.end_note = now(), actor, reason, note
        kept.version += 1
        kept.save(update_fields=["ended_at", "ended_by", "end_reason", "end_note", "version"])
        _end_grants(kept, actor, keep=set())
        record(kept, "stakeholders.appointment_ended", actor=actor, reason=reason)
        _tell(kept, "stakeholders.appointment_ended", reason=reason)
        appointment_changed.send(Appointment, appointment=kept, actor=actor)
        leave_to_desk(actor=actor)
    return kept


def end_terms() -> int:
    """The clock: write down that terms are over, once each, and pass on what waited; returns how many.

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


def _standing(appointment: Appointment, actor: User, version: int) -> Appointment:
    """The row, locked, as whoever changes it saw it."""
    kept = lock(appointment, actor, "stakeholders.change_appointment")
    if kept.is_over:
        raise WrongState(_("This appointment has ended already."))
    refuse_changed(kept, version)
    return kept


def _check(
    regions: Sequence[str],
    countries: Sequence[str],
    starts_on: date,
    ends_on: date,
    *,
    first_day_may_pass: bool = False,
) -> None:
    if not regions and not countries:
        raise _wrong("regions", _("Choose at least one region or country."))
    if starts_on < today() and not first_day_may_pass:
        raise _wrong("starts_on", _("The first day cannot lie in the past."))
    if ends_on < starts_on:
        raise _wrong("ends_on", _("The last day cannot lie before the first."))
    if ends_on < today():
        raise _wrong("ends_on", _("The last day cannot lie in the past. To end the term now, end it below."))
    if ends_on > today() + timedelta(days=3660):
        raise _wrong("ends_on", _("Choose an earlier day."))


type Key = tuple[str, str, datetime]


def _write_grants(kept: Appointment, actor: User) -> None:
    """Make the role follow the term: end the grants that no longer fit, give those that are missing."""
    regions, countries = _places(kept)
    wanted: set[Key] = {(Scope.REGION, code, kept.ends_at) for code in regions}
    wanted |= {(Scope.COUNTRY, code, kept.ends_at) for code in countries}
    moment = now()
    starts_at = kept.starts_at if kept.starts_at > moment else None
    there = _end_grants(kept, actor, keep=wanted, starts_at=starts_at)
    for kind, code, ends_at in sorted(wanted - there):
        grant = grant_role(
            kept.user,
            Role.REGIONAL,
            actor=actor,
            scope_kind=kind,
            scope_code=code,
            starts_at=starts_at,
            ends_at=ends_at,
            alongside=True,
        )
        kept.grants.add(grant)


def _end_grants(
    kept: Appointment, actor: User, *, keep: set[Key], starts_at: datetime | None = None
) -> set[Key]:
    """End the grants of a term that are not in `keep`; returns the keys of those that stay."""
    moment, stay = now(), set()
    for grant in kept.grants.filter(ends_at__gt=moment):
        key = (grant.scope_kind, grant.scope_code, grant.ends_at)
        begins = grant.starts_at if grant.starts_at > moment else None
        if key in keep and begins == starts_at:
            stay.add(key)
        else:
            end_grant(grant, actor=actor)
    return stay


def _places(kept: Appointment) -> tuple[list[str], list[str]]:
    regions = sorted(kept.regions.values_list("pk", flat=True))
    return regions, sorted(kept.countries.values_list("pk", flat=True))


def _set_places(kept: Appointment, regions: Sequence[str], countries: Sequence[str]) -> None:
    kept.regions.set(Region.objects.filter(pk__in=regions))
    kept.countries.set(Country.objects.filter(pk__in=countries))


def _facts(kept: Appointment, regions: Sequence[str], countries: Sequence[str]) -> dict[str, Any]:
    """Codes and days alone, as the log keeps them."""
    return {
        "places": " ".join([*sorted(regions), *sorted(countries)]),
        "from": kept.starts_on.isoformat(),
        "to": kept.ends_on.isoformat(),
    }


def _tell(kept: Appointment, kind: str, **facts: Any) -> None:
    notify(
        kept.user,
        kind,
        key=f"appointment:{kept.pk}:{kind.removeprefix('stakeholders.')}:{kept.version}",
        url_name="portal:me" if kind == "stakeholders.appointment_ended" else "regional:home",
        facts={"from": kept.starts_on.isoformat(), "to": kept.ends_on.isoformat(), **facts},
        subject=kept,
    )


def _wrong(field: str, message: str) -> DomainError:
    return DomainError(message, fields={field: message})
