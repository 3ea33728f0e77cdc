"""One decision on many reports: each thing is hidden or taken down by its own act, for one reason."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from stakeholders.actions.reports import close
from stakeholders.enums.moderation import Deed, Why
from stakeholders.models import Report
from workflow.moves.queries import is_recused

MOST = 100


class Taken(NamedTuple):
    """What came of a decision: reports that were answered, and (name, why not) of those that still wait."""

    done: list[Report]
    left: list[tuple[str, str]]


class Decision(NamedTuple):
    deed: str
    reason: str
    note: str
    answer: str
    batch: UUID


def decide(
    chosen: Collection[int], *, actor: Any, deed: str, reason: str = "", note: str = "", answer: str = ""
) -> Taken:
    """Do `deed` with whatever these reports (ids) are about, and answer them. What cannot be done is left.

    Hiding and taking down need a `reason` (of `Why`) and a `note` that its people read, and answer every
    report about the same thing. Each thing is one transaction: its act and all its answers, or nothing.
    """
    if not actor.has_perm("stakeholders.view_reports"):
        raise PermissionDenied
    note, answer = clean_block(note), clean_block(answer)
    _refuse_incomplete(chosen, deed, reason, note)
    decision = Decision(deed, reason if deed != Deed.DISMISS else "", note, answer, uuid4())
    found = (
        Report.objects.visible_to(actor).filter(pk__in=chosen).order_by("subject_kind", "subject_id", "pk")
    )
    things: dict[tuple[str, int], list[Report]] = {}
    for report in found:
        things.setdefault((report.subject_kind, report.subject_id), []).append(report)
    taken = Taken([], [])
    for about in things.values():
        try:
            taken.done.extend(_decide_one(about, actor, decision))
        except DomainError as refusal:
            taken.left.append((about[0].entry_name, str(refusal)))
        except PermissionDenied:
            taken.left.append((about[0].entry_name, _("This is not yours to decide.")))
    return taken


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
            wrong["note"] = _("Explain the decision to those whose it is.")
    if wrong:
        raise DomainError(next(iter(wrong.values())), fields=wrong)


@transaction.atomic
def show_again(report: Report, *, actor: Any) -> None:
    """Take back that what `report` is about was hidden. Raises as the kind's own act does."""
    if not actor.has_perm("stakeholders.answer_report", report):
        raise PermissionDenied
    thing = report.thing.find(actor, report.subject_id)
    if thing is None or report.thing.back is None:
        raise WrongState(_("This is not possible for this kind of thing. Please open its own page."))
    report.thing.back(thing, actor)
    record(report, "stakeholders.report_undone", actor=actor)


@transaction.atomic
def _decide_one(about: list[Report], actor: Any, decision: Decision) -> list[Report]:
    """Everything about one thing, or nothing."""
    thing = about[0].thing
    rows = Report.objects.open().visible_to(actor)
    if decision.deed == Deed.DISMISS:
        rows = rows.filter(pk__in=[one.pk for one in about])
    else:
        rows = rows.filter(subject_kind=about[0].subject_kind, subject_id=about[0].subject_id)
    waiting = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not waiting:
        raise WrongState(_("This report has been answered already."))
    if not all(actor.has_perm("stakeholders.answer_report", one) for one in waiting):
        raise PermissionDenied
    outcome = thing.dismissed
    obj = thing.find(actor, about[0].subject_id)
    if obj is not None and is_recused(actor, obj):
        raise DomainError(_("You have a part in it yourself. Please leave the decision to a colleague."))
    if decision.deed != Deed.DISMISS:
        outcome = _act(thing, obj, actor, decision)
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


def _act(thing: Any, obj: Any, actor: Any, decision: Decision) -> str:
    """Do it; the outcome that it means."""
    if decision.deed not in thing.acts:
        raise DomainError(_("This is not possible for this kind of thing. Please open its own page."))
    if obj is None:
        raise WrongState(_("It is not there any more. Please open the report and keep its outcome."))
    act = thing.acts[decision.deed]
    act.do(obj, actor, act.reasons[decision.reason], decision.note)
    return str(act.outcome)
