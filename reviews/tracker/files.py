"""The tracker as a table: a line for each country, with the latest known step."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from core.partial_dates import whole
from core.spreadsheets import Column
from reviews.mechanism.enums import SourceKind, StepStatus
from reviews.mechanism.queries import phase_name
from reviews.tracker.queries import TrackerData
from taxonomy.places.enums import UNGroup

type Value = Callable[[Any], Any]


def tracker_columns(data: TrackerData) -> list[Column]:
    """Codes and dates as the sources give them; no column counts or compares."""
    phases = {cluster.pk: phase_name(cluster.pk, cluster.name) for cluster in data.plan.clusters}
    as_given = _("As exactly as the source gives it.")
    return [
        Column(_("Code"), lambda line: line.iso3, _("Code of ISO 3166-1 alpha-3."), "iso3"),
        Column(_("Country"), lambda line: line.name, "", "country"),
        Column(_("Region"), lambda line: line.region_name, "", "region_m49", lambda line: line.region),
        Column(
            _("UN regional group"),
            lambda line: _label(UNGroup, line.un_group),
            "",
            "un_group",
            lambda line: line.un_group,
        ),
        Column(_("Review group"), lambda line: line.group, "", "review_group"),
        Column(_("Nominal start"), lambda line: _day(line.start), as_given, "nominal_start"),
        Column(_("Actual start"), lambda line: _day(line.actual_start), as_given, "actual_start"),
        Column(
            _("Scheduled phase"),
            lambda line: phases.get(line.phase, line.phase),
            _("The phase in which the review is today, by the calendar of its group."),
            "calendar_phase",
            lambda line: line.phase,
        ),
        _step_column(
            _("Phase of the latest known step"),
            "latest_step_phase",
            lambda step: step.cluster_id,
            lambda step: phases.get(step.cluster_id, step.cluster_id),
        ),
        Column(
            _("Latest known step"),
            lambda line: line.step_name,
            "",
            "latest_step",
            _of_step(lambda step: step.step_id),
        ),
        _step_column(
            _("Status"),
            "latest_step_status",
            lambda step: step.status,
            lambda step: _label(StepStatus, step.status),
        ),
        _step_column(_("Date"), "latest_step_date", lambda step: _day(step.date), meaning=as_given),
        _step_column(
            _("Kind of source"),
            "source_kind",
            lambda step: step.source_kind,
            lambda step: _label(SourceKind, step.source_kind),
        ),
        _step_column(_("Source"), "source", lambda step: step.source),
        _step_column(_("Address of the source"), "source_url", lambda step: step.source_url),
        _step_column(
            _("Date of the source"), "source_date", lambda step: _day(step.source_date), meaning=as_given
        ),
        _step_column(_("Recorded on"), "recorded_on", lambda step: step.recorded_at.date()),
        _step_column(
            _("Demonstration"),
            "is_demo",
            lambda step: "y" if step.is_demo else "",
            lambda step: _("Yes") if step.is_demo else "",
        ),
    ]


def _step_column(
    head: str, name: str, code: Value, word: Value | None = None, *, meaning: str = ""
) -> Column:
    """A column about the latest known step, which is empty where none is known."""
    return Column(head, _of_step(word or code), meaning, name, _of_step(code))


def _of_step(value: Value) -> Value:
    return lambda line: "" if line.step is None else value(line.step)


def _day(text: str) -> Any:
    """Return a day as such; a month or a year stays text."""
    return whole(text) or text


def _label(choices: Any, code: str) -> str:
    return str(dict(choices.choices).get(code, code))
