"""Reports about anything the portal shows: sent by anybody, answered by those who moderate."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from core.errors import WrongState
from core.text import clean_line
from notifications.outbox.actions import mail_address, notify, notify_all
from stakeholders.models import Conversation, Membership, Report, Stakeholder
from stakeholders.models.reports import ENTRY
from stakeholders.registry import reportable
from workflow.items.actions import close_items, open_item

KIND, NEW = "stakeholders.report_answered", "stakeholders.report_new"


def report_thing(
    thing: models.Model,
    *,
    actor: Any,
    what: str,
    text: str,
    language: str,
    address: str = "",
    name: str = "",
    conversation: Conversation | None = None,
) -> Report:
    """Tell the desk what is wrong with something of a registered kind that the caller has seen.

    `actor` is a person or a visitor; only those who moderate ever learn who it was, and the log keeps nobody.
    """
    reporter = actor if actor.is_authenticated else None
    kind = thing._meta.label_lower
    known = reportable[kind]
    entry: Stakeholder | None = known.whose(thing)
    country = entry.country if entry else None
    with transaction.atomic():
        report = Report.objects.create(
            subject_kind=kind,
            subject_id=thing.pk,
            stakeholder=entry,
            conversation=conversation,
            entry_name=clean_line(name or str(thing))[:250],
            what=what,
            text=text,
            reporter=reporter,
            address="" if reporter else address,
            language=reporter.language if reporter else language,
        )
        open_item(
            report,
            "report",
            waits_for=known.roles[0],
            country=country.pk if country else "",
            region=(country.region_id or "") if country else "",
        )
        whose: dict[str, Any] = {"stakeholder": entry.pk} if entry else {}
        record(report, "stakeholders.reported", actor=None, what=what, about=kind, number=thing.pk, **whose)
        _tell_moderators(report)
    return report


def report_entry(stakeholder: Stakeholder, **said: Any) -> Report:
    """As `report_thing`, about an entry of the directory."""
    return report_thing(stakeholder, name=stakeholder.name, **said)


def answer_report(report: Report, *, actor: Any, outcome: str, answer: str = "", note: str = "") -> Report:
    """Say what came of a report; who sent it gets `answer` in their language, where they can be reached.

    Raises PermissionDenied, or WrongState where it has been answered already.
    """
    if not actor.has_perm("stakeholders.answer_report", report):
        raise PermissionDenied
    with transaction.atomic():
        close(report, actor=actor, outcome=outcome, answer=answer, note=note)
        record(report, "stakeholders.report_answered", actor=actor, outcome=outcome)
    return report


def close(
    report: Report,
    *,
    actor: User,
    outcome: str,
    answer: str = "",
    note: str = "",
    deed: str = "",
    reason: str = "",
    batch: UUID | None = None,
) -> None:
    """Write what came of it and tell whoever sent it, in the caller's transaction; twice is WrongState."""
    won = (
        Report.objects.open()
        .filter(pk=report.pk)
        .update(
            outcome=outcome,
            answer=answer,
            note=note,
            deed=deed,
            reason=reason,
            batch=batch,
            answered_by=actor,
            answered_at=now(),
        )
    )
    if not won:
        raise WrongState(_("This report has been answered already."))
    report.refresh_from_db()
    close_items(report)
    _tell(report)


def _tell(report: Report) -> None:
    facts = {"name": report.entry_name, "outcome": report.outcome, "answer": report.answer}
    seen = {"url_name": "stakeholders:list"}
    if report.subject_kind != ENTRY and report.conversation_id is None:
        facts["thing"] = "yes"
        seen = {"url_name": "portal:home"}
    key = f"report:{report.pk}"
    if report.reporter:
        notify(report.reporter, KIND, key=key, facts=facts, **seen)  # type: ignore[arg-type]
    elif report.address:
        mail_address(report.address, KIND, key=key, language=report.language, facts=facts, **seen)  # type: ignore[arg-type]


def _tell_moderators(report: Report) -> None:
    """Those who get this kind of report, but whoever sent it and the people of what it is about."""
    near = Membership.objects.filter(stakeholder=report.stakeholder_id).values("user_id")
    people = holders_of(*report.thing.roles, Role.HEAD).exclude(pk__in=near)
    if report.reporter_id:
        people = people.exclude(pk=report.reporter_id)
    if report.conversation:
        people = people.exclude(pk=report.conversation.sender_id)
    notify_all(
        people,
        NEW,
        key=f"report-new:{report.pk}",
        url_name="moderation:report",
        url_args=[report.pk],
        facts={"name": report.entry_name, "what": report.what, "kind": report.subject_kind},
        subject=report,
    )
