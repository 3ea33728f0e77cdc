"""Reports of meetings in the registries of the apps below, and on the pages of events."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.desk_cards import desk_card
from core.help_places import help_at
from core.uploads import files
from events.meeting_reports.models import Report, ReportFile
from notifications.hooks import asks_for_answer, kind
from stakeholders.entries.models import Membership
from workflow.hooks import desk_pages, desk_roles, parties_on

REPORT = "events.report"


def _parties_on(report: Report) -> set[str]:
    return {
        *([f"person:{report.written_by_id}"] if report.written_by_id else []),
        *([f"stakeholder:{report.lead_id}"] if report.lead_id else []),
    }


def _file(user: Any, pk: int) -> ReportFile | None:
    return ReportFile.objects.visible_to(user).filter(pk=pk).first()


def _is_visible(user: Any, pk: int | None) -> bool:
    return pk is not None and Report.objects.visible_to(user).filter(pk=pk).exists()


def _visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs of a person and a report that they wrote, or that is of their stakeholder."""
    reports = Report.objects.filter(pk__in={pk for _person, pk in pairs}).select_related("proposal", "event")
    report_by_pk = {report.pk: report for report in reports}
    leads = {report.lead_id for report in report_by_pk.values()}
    members = set(Membership.objects.filter(stakeholder__in=leads).values_list("user_id", "stakeholder_id"))
    return {
        (person, pk)
        for person, pk in pairs
        if pk in report_by_pk
        and (report_by_pk[pk].written_by_id == person or (person, report_by_pk[pk].lead_id) in members)
    }


parties_on.register(REPORT, _parties_on)
desk_pages.register(REPORT, "events:report")
desk_roles.register(REPORT, (Role.EVENTS,))
files.register("report", _file)
for _name, _label in (
    ("events.report_published", _("The report of your meeting is public")),
    ("events.report_returned", _("Questions about the report of your meeting")),
):
    kind(
        _name,
        label=_label,
        group=_("Your proposals for meetings"),
        still_visible=_is_visible,
        visible_pairs=_visible_pairs,
        essential=True,
    )
asks_for_answer("events.report_returned")

desk_card(
    "eventdesk:home",
    group="events",
    position=40,
    part="#waiting",
    title=_("Reports of meetings to publish"),
    text=_("Reports of rapporteurs on meetings and events."),
    permission="events.run_events",
    work=("publish",),
    kind=REPORT,
    do=_("Review report"),
)

help_at("taking-part#meetings", "events.meeting_reports")
