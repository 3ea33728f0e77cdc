"""The log of reports as a table of codes, numbers and days: no names, texts, addresses or people."""

from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets import Column, choice_column
from stakeholders.moderation.models import Report


def log_columns() -> list[Column]:
    return [
        Column(_("Report"), lambda report: report.pk, "", "report"),
        Column(_("Reported on"), lambda report: report.at.date(), _("By UTC."), "reported_on"),
        Column(
            _("Kind"),
            lambda report: report.reported_kind.label,
            _("Kind of what was reported."),
            "kind",
            lambda report: report.subject_kind,
        ),
        Column(_("Number"), lambda report: report.subject_id, _("Number of what was reported."), "thing"),
        choice_column(Report, "what"),
        Column(
            _("Answered on"),
            lambda report: report.answered_at and report.answered_at.date(),
            _("By UTC."),
            "answered_on",
        ),
        Column(_("Hours"), _hours, _("From the report to the answer."), "hours"),
        choice_column(Report, "outcome"),
        choice_column(Report, "deed"),
        choice_column(Report, "reason"),
        Column(
            _("Decision"),
            lambda report: report.batch or "",
            _("Reports that were decided together have the same code."),
            "decision",
        ),
    ]


def _hours(report: Any) -> float | None:
    took = report.answered_at - report.at if report.answered_at else None
    return round(took.total_seconds() / 3600, 1) if took else None
