"""Reports about entries: sent by anybody, answered by those who vet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.enums import Role
from audit.actions import record
from core.errors import WrongState
from notifications.actions import mail_address, notify
from stakeholders.models import Report, Stakeholder
from workflow.actions import close_items, open_item

KIND = "stakeholders.report_answered"


def report_entry(
    stakeholder: Stakeholder, *, actor: Any, what: str, text: str, language: str, address: str = ""
) -> Report:
    """Tell the desk what is wrong with an entry that the caller has seen.

    `actor` is a person or a visitor; only those who vet ever learn who it was, and the log keeps nobody.
    """
    reporter = actor if actor.is_authenticated else None
    country = stakeholder.country
    with transaction.atomic():
        report = Report.objects.create(
            stakeholder=stakeholder, entry_name=stakeholder.name, what=what, text=text, reporter=reporter,
            address="" if reporter else address, language=reporter.language if reporter else language,
        )  # fmt: skip
        open_item(
            report, "report", waits_for=Role.VETTING, country=country.pk, region=country.region_id or ""
        )
        record(report, "stakeholders.reported", actor=None, what=what, stakeholder=stakeholder.pk)
    return report


def answer_report(report: Report, *, actor: Any, outcome: str, answer: str = "", note: str = "") -> Report:
    """Say what came of a report; who sent it gets `answer` in their language, where they can be reached.

    Raises PermissionDenied, or WrongState where it has been answered already.
    """
    if not actor.has_perm("stakeholders.answer_report", report):
        raise PermissionDenied
    with transaction.atomic():
        won = Report.objects.open().filter(pk=report.pk).update(
            outcome=outcome, answer=answer, note=note, answered_by=actor, answered_at=now()
        )  # fmt: skip
        if not won:
            raise WrongState(_("This report has been answered already."))
        report.refresh_from_db()
        close_items(report)
        record(report, "stakeholders.report_answered", actor=actor, outcome=outcome)
        _tell(report)
    return report


def _tell(report: Report) -> None:
    facts = {"name": report.entry_name, "outcome": report.outcome, "answer": report.answer}
    seen = {"url_name": "stakeholders:list"}
    key = f"report:{report.pk}"
    if report.reporter:
        notify(report.reporter, KIND, key=key, facts=facts, **seen)  # type: ignore[arg-type]
    elif report.address:
        mail_address(report.address, KIND, key=key, language=report.language, facts=facts, **seen)  # type: ignore[arg-type]
