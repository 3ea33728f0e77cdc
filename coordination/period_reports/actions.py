"""Writing a report for a period, and letting everybody read it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.models import User
from audit.actions import record
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import freeze_tables, places_for, tables_of
from core.errors import DomainError, WrongState
from search.actions import index
from workflow.moves.actions import lock, move, refuse_changed


def write(*, actor: User, values: Mapping[str, Any]) -> PeriodReport:
    """Create a draft for a place that the person covers; the desk, for any."""
    if not actor.has_perm("coordination.write_reports"):
        raise PermissionDenied
    _refuse_foreign(actor, values)
    with transaction.atomic():
        report = PeriodReport.objects.create(author=actor, **values)
        record(report, "coordination.periodreport.write", actor=actor)
    return report


def save(report: PeriodReport, *, actor: User, version: int, values: Mapping[str, Any]) -> PeriodReport:
    """Change a draft; of one with frozen figures its words.

    Raises WrongState where somebody else has saved since.
    """
    with transaction.atomic():
        report = lock(report, actor, "coordination.change_periodreport")
        if not report.is_draft:
            raise WrongState(_("It is public. It has to be taken from public view before it is changed."))
        refuse_changed(report, version)
        if "place" in values:
            _refuse_foreign(actor, values)
        changed = [name for name, value in values.items() if getattr(report, name) != value]
        for name in changed:
            setattr(report, name, values[name])
        report.version += 1
        report.updated_at = now()
        report.save()
        if changed:
            record(report, "coordination.periodreport.change", actor=actor, fields=", ".join(sorted(changed)))
    return report


def publish(report: PeriodReport, *, actor: User, version: int) -> PeriodReport:
    """Publish a report with its numbers, frozen or of now, in its language, with no cell under five."""
    with transaction.atomic():
        report = PeriodReport.objects.select_for_update(no_key=True).get(pk=report.pk)
        figures = report.figures
        if not report.is_frozen:
            with override(report.language_id):
                figures = freeze_tables(tables_of(report, actor, public=True))
        move(report, "publish", actor=actor, version=version, published_at=now(), figures=figures)
        index(report)
    return report


def withdraw(report: PeriodReport, *, actor: User, version: int, note: str) -> PeriodReport:
    with transaction.atomic():
        report = PeriodReport.objects.select_for_update(no_key=True).get(pk=report.pk)
        figures = report.figures if report.is_frozen else []
        move(report, "withdraw", actor=actor, version=version, note=note, published_at=None, figures=figures)
        index(report)
    return report


def _refuse_foreign(actor: User, values: Mapping[str, Any]) -> None:
    if values["place"] not in dict(places_for(actor)):
        message = _("Choose a place from the list.")
        raise DomainError(message, fields={"place": message})
