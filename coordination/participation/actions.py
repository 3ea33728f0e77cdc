"""The team turns participation figures on and off, and freezes what they are today as a report."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.models import User
from audit.actions import record
from coordination.participation.models import ParticipationTask
from coordination.participation.queries import Selection, span_of, tables_of
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import freeze_tables
from core.errors import WrongState
from workflow.held_tasks import actions as held_tasks


def refuse_unless_counts(actor: User) -> None:
    if not actor.has_perm("coordination.count_participation"):
        raise PermissionDenied


def hold_task(*, actor: User) -> None:
    refuse_unless_counts(actor)
    held_tasks.take_task(ParticipationTask, actor=actor, action="coordination.participation_on")


def end_task(*, actor: User) -> None:
    """Count no more. Reports that were frozen stay. It may be called twice."""
    refuse_unless_counts(actor)
    held_tasks.end_task(ParticipationTask, actor=actor, action="coordination.participation_off")


def freeze(selection: Selection, *, actor: User, title: str, language: str, filters: str) -> PeriodReport:
    """Keep the figures of now, in this language, as a draft that the head of desk may publish.

    `filters` is the query of the page that shows them.
    """
    refuse_unless_counts(actor)
    if not ParticipationTask.objects.held().exists():
        raise WrongState(_("Participation figures are turned off."))
    span = (span_of(selection.event) if selection.event else None) or selection.span
    before = selection.span_before
    with transaction.atomic(), override(language):
        report = PeriodReport.objects.create(
            author=actor,
            title=title,
            language_id=language,
            place=selection.region,
            first_day=span.first,
            last_day=span.last,
            other_first_day=before.first if before else None,
            other_last_day=before.last if before else None,
            figures=freeze_tables(tables_of(selection)),
            counted_at=now(),
            filters=filters,
        )
        record(report, "coordination.periodreport.freeze", actor=actor)
    return report
