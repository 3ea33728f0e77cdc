"""Reports about anything the portal shows: sent by anybody, decided by those who moderate."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from notifications.outbox.actions import mail_address, notify, notify_all
from stakeholders.contact.actions import lock_conversation
from stakeholders.contact.models import Conversation
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.hooks import reportable
from stakeholders.moderation.enums import Deed, Why
from stakeholders.moderation.models import ENTRY, Report
from workflow.items.actions import close_items, open_item
from workflow.moves.models import Decision
from workflow.moves.queries import is_recused

KIND, NEW = "stakeholders.report_answered", "stakeholders.report_new"


def report_thing(
    subject: models.Model,
    *,
    actor: Any,
    fault: str,
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
    kind = subject._meta.label_lower
    reported_kind = reportable[kind]
    entry: Stakeholder | None = reported_kind.stakeholder_of(subject)
    country = entry.country if entry else None
    with transaction.atomic():
        report = Report.objects.create(
            subject_kind=kind,
            subject_id=subject.pk,
            stakeholder=entry,
            conversation=conversation,
            entry_name=clean_line(name or str(subject))[:250],
            what=fault,
            text=text,
            reporter=reporter,
            address="" if reporter else address,
            language=reporter.language if reporter else language,
        )
        open_item(
            report,
            "report",
            waits_for=reported_kind.roles[0],
            country=country.pk if country else "",
            region=(country.region_id or "") if country else "",
        )
        owner_facts: dict[str, Any] = {"stakeholder": entry.pk} if entry else {}
        record(
            report,
            "stakeholders.reported",
            actor=None,
            what=fault,
            about=kind,
            number=subject.pk,
            **owner_facts,
        )
        _tell_moderators(report)
    return report


def report_entry(stakeholder: Stakeholder, **details: Any) -> Report:
    """Report an entry of the directory, as `report_thing` does."""
    return report_thing(stakeholder, name=stakeholder.name, **details)


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
    target = {"url_name": "stakeholders:list"}
    if report.subject_kind != ENTRY and report.conversation_id is None:
        facts["thing"] = "yes"
        target = {"url_name": "portal:home"}
    key = f"report:{report.pk}"
    if report.reporter:
        notify(report.reporter, KIND, key=key, facts=facts, **target)  # type: ignore[arg-type]
    elif report.address:
        mail_address(report.address, KIND, key=key, language=report.language, facts=facts, **target)  # type: ignore[arg-type]


def _tell_moderators(report: Report) -> None:
    """Tell those who get this kind of report, but not its sender nor the people of what it is about."""
    near = Membership.objects.filter(stakeholder=report.stakeholder_id).values("user_id")
    people = holders_of(*report.reported_kind.roles, Role.HEAD).exclude(pk__in=near)
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


def report_conversation(conversation: Conversation, *, actor: User, fault: str, text: str) -> Report:
    """Tell the desk what is wrong with the messages; those who vet may then read this conversation.

    Raises PermissionDenied, and WrongState where a report about it waits already.
    """
    with transaction.atomic():
        locked_conversation = lock_conversation(conversation)
        if not actor.has_perm("stakeholders.report_conversation", locked_conversation):
            raise PermissionDenied
        if Report.objects.open().filter(conversation=locked_conversation).exists():
            raise WrongState(_("A report about this conversation is already with the WhatsOn team."))
        return report_thing(
            locked_conversation,
            actor=actor,
            fault=fault,
            text=clean_block(text),
            language=actor.language,
            name=locked_conversation.stakeholder.name,
            conversation=locked_conversation,
        )


# --- One decision on many reports: each subject is hidden or taken down by its own act, for one reason -

MOST = 100


class DecisionResult(NamedTuple):
    """What came of a decision: reports that were answered, and (name, why not) of those that still wait."""

    done: list[Report]
    left: list[tuple[str, str]]


class ReportsDecision(NamedTuple):
    deed: str
    reason: str
    note: str
    answer: str
    batch: UUID


def decide(
    chosen: Collection[int], *, actor: Any, deed: str, reason: str = "", note: str = "", answer: str = ""
) -> DecisionResult:
    """Do `deed` with the subjects of these reports (ids), and answer them; skip what is impossible.

    Hiding and taking down need a `reason` (of `Why`) and a `note` that its people read, and answer every
    report about the same subject. Each subject is one transaction: its act and all its answers, or nothing.
    """
    if not actor.has_perm("stakeholders.view_reports"):
        raise PermissionDenied
    note, answer = clean_block(note), clean_block(answer)
    _refuse_incomplete(chosen, deed, reason, note)
    decision = ReportsDecision(deed, reason if deed != Deed.DISMISS else "", note, answer, uuid4())
    chosen_reports = (
        Report.objects.visible_to(actor).filter(pk__in=chosen).order_by("subject_kind", "subject_id", "pk")
    )
    things: dict[tuple[str, int], list[Report]] = {}
    for report in chosen_reports:
        things.setdefault((report.subject_kind, report.subject_id), []).append(report)
    result = DecisionResult([], [])
    for about in things.values():
        try:
            result.done.extend(_decide_subject(about, actor, decision))
        except DomainError as refusal:
            result.left.append((about[0].entry_name, str(refusal)))
        except PermissionDenied:
            result.left.append((about[0].entry_name, _("You cannot decide on this.")))
    return result


def _refuse_incomplete(chosen: Collection[int], deed: str, reason: str, note: str) -> None:
    wrong = {}
    if not chosen:
        wrong["chosen"] = _("Choose at least one report.")
    elif len(chosen) > MOST:
        wrong["chosen"] = _("Please choose at most %(most)d reports at once.") % {"most": MOST}
    if deed not in Deed.values:
        wrong["deed"] = _("Choose what to do.")
    elif deed != Deed.DISMISS:
        if reason not in Why.values:
            wrong["reason"] = _("Choose the reason.")
        if not note:
            wrong["note"] = _("Explain the decision to the owners of the content.")
    if wrong:
        raise DomainError(next(iter(wrong.values())), fields=wrong)


@transaction.atomic
def show_again(report: Report, *, actor: Any) -> None:
    """Take back that what `report` is about was hidden. Raises as the kind's own act does."""
    if not actor.has_perm("stakeholders.answer_report", report):
        raise PermissionDenied
    subject = report.reported_kind.find(actor, report.subject_id)
    if subject is None or report.reported_kind.back is None:
        raise WrongState(_("This is not possible for this kind of thing. Please open its own page."))
    report.reported_kind.back(subject, actor)
    record(report, "stakeholders.report_undone", actor=actor)


@transaction.atomic
def _decide_subject(about: list[Report], actor: Any, decision: ReportsDecision) -> list[Report]:
    """Carry the decision out on one subject and answer its reports, or change nothing."""
    reported_kind = about[0].reported_kind
    rows = Report.objects.open().visible_to(actor)
    if decision.deed == Deed.DISMISS:
        rows = rows.filter(pk__in=[report.pk for report in about])
    else:
        rows = rows.filter(subject_kind=about[0].subject_kind, subject_id=about[0].subject_id)
    waiting = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not waiting:
        raise WrongState(_("This report has been answered already."))
    if not all(actor.has_perm("stakeholders.answer_report", report) for report in waiting):
        raise PermissionDenied
    outcome = reported_kind.dismissed
    subject = reported_kind.find(actor, about[0].subject_id)
    if subject is not None and is_recused(actor, subject):
        raise DomainError(_("You are involved in it yourself. Please leave the decision to a colleague."))
    if decision.deed != Deed.DISMISS:
        outcome = _act(reported_kind, subject, actor, decision)
    for report in waiting:
        close(
            report,
            actor=actor,
            outcome=outcome,
            answer=decision.answer,
            deed=decision.deed,
            reason=decision.reason,
            batch=decision.batch,
        )
        record(
            report,
            "stakeholders.report_decided",
            actor=actor,
            outcome=outcome,
            deed=decision.deed,
            reason=decision.reason,
            click=decision.batch,
        )
    return waiting


def _act(reported_kind: Any, subject: Any, actor: Any, decision: ReportsDecision) -> str:
    """Hide or take the subject down by its own act; return the outcome of the reports."""
    if decision.deed not in reported_kind.acts:
        raise DomainError(_("This is not possible for this kind of thing. Please open its own page."))
    if subject is None:
        raise WrongState(_("It no longer exists. Please open the report and record its outcome."))
    act = reported_kind.acts[decision.deed]
    act.do(subject, actor, act.reasons[decision.reason], decision.note)
    return str(act.outcome)


# --- Telling those whose it is that the desk hid something of theirs, took it down, or shows it again

TAKEN_DOWN = "stakeholders.moderated"


def tell_whose_it_is(
    subject: Any, decision: Decision, people: QuerySet[User], *, url_name: str, url_args: Sequence[Any]
) -> None:
    """Send each of them the reason and the note, in the transaction of the act; the page is their own."""
    notify_all(
        people,
        TAKEN_DOWN,
        key=f"moderated:{decision.pk}",
        url_name=url_name,
        url_args=list(url_args),
        subject=subject,
        facts={"name": str(subject), "move": decision.move, "reason": decision.reason, "note": decision.note},
    )
