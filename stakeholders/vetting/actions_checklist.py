"""Answering the checklist, keeping its questions, and flags."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.vetting.enums import ChecklistReply, FlagKind
from stakeholders.vetting.models import ChecklistAnswer, ChecklistQuestion, Flag
from stakeholders.vetting.queries import checklist_of
from workflow.moves.actions import lock, refuse_recused


class GivenAnswer(NamedTuple):
    answer: str
    comment: str = ""


def answer_checklist(
    application: Application, *, actor: User, answers: Mapping[int, GivenAnswer], stamp: str | None = None
) -> int:
    """Save answers, {question's id: yes or no, comment}; return how many were new or differ from before.

    `stamp` is the checklist's as the person's page showed it: where somebody has answered since, DomainError,
    so that what was typed can be looked at beside their answers and sent again.
    """
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.vet_application")
        refuse_recused(actor, locked_application)
        if locked_application.status not in ApplicationStatus.OPEN:
            raise WrongState(_("This application is not open; its checklist stays as it was."))
        checklist = checklist_of(locked_application)
        if stamp is not None and stamp != checklist.stamp:
            raise DomainError(
                _("Another person has completed the checklist in the meantime. Please check their answers.")
            )
        changed = sum(
            _keep_answer(locked_application, item.question, item.answer, answers[item.question.pk], actor)
            for item in checklist.items
            if item.question.pk in answers
        )
        if changed:
            record(locked_application, "stakeholders.checklist_answered", actor=actor, count=changed)
    return changed


def _keep_answer(
    application: Application,
    question: ChecklistQuestion,
    before: ChecklistAnswer | None,
    given_answer: GivenAnswer,
    actor: User,
) -> bool:
    answer, comment = ChecklistReply(given_answer.answer), clean_block(given_answer.comment)
    if before is not None and (before.answer, before.comment) == (answer, comment):
        return False
    ChecklistAnswer.objects.update_or_create(
        application=application,
        question=question,
        defaults={"asked": question.text, "answer": answer, "comment": comment, "by": actor, "at": now()},
    )
    return True


def save_question(question: ChecklistQuestion, *, actor: User) -> bool:
    """Add or change a question; False where nothing differs. Its code is fixed once it is there."""
    if not actor.has_perm("stakeholders.keep_checklist"):
        raise PermissionDenied
    question.text = clean_line(question.text)
    if not question.text:
        raise DomainError(_("Write the question."), fields={"text": _("Write the question.")})
    with transaction.atomic():
        before = ChecklistQuestion.objects.select_for_update().filter(pk=question.pk).first()
        if before is not None and _values(before) == _values(question):
            return False
        if before is not None:
            question.code = before.code
        question.save()
        record(
            question,
            "stakeholders.checklist_question_changed" if before else "stakeholders.checklist_question_added",
            actor=actor,
            code=question.code,
            before=_values(before) if before else {},
            after=_values(question),
        )
    return True


def _values(question: ChecklistQuestion) -> dict[str, Any]:
    return {name: getattr(question, name) for name in ("text", "order", "active", "blocking_answer")}


def checklist_guard(application: Application) -> str | None:
    """Return what blocks an approval: the questions without an answer, and those whose answer blocks."""
    checklist = checklist_of(application)
    sentences = []
    if checklist.unanswered:
        sentences.append(
            _("The checklist is not complete. Still to be answered: %(questions)s")
            % {"questions": " ".join(f"“{question.label}”" for question in checklist.unanswered)}
        )
    sentences += [
        _("The checklist blocks the approval: “%(question)s” is answered “%(answer)s”.")
        % {"question": item.question.label, "answer": item.answer.get_answer_display() if item.answer else ""}
        for item in checklist.blocking
    ]
    return " ".join(sentences) or None


# --- Noting something about a stakeholder or an application, and withdrawing it with a reason --------


def raise_flag(about: Stakeholder | Application, *, actor: User, kind: str, text: str) -> Flag:
    """Keep an observation or a flag with what was noticed. Raises PermissionDenied and DomainError."""
    text = clean_block(text)
    if not actor.has_perm("stakeholders.raise_flag"):
        raise PermissionDenied
    if kind not in FlagKind.values:
        raise DomainError(_("Choose the kind."), fields={"kind": _("Choose the kind.")})
    if not text:
        raise DomainError(_("Describe what you noticed."), fields={"text": _("Describe what you noticed.")})
    with transaction.atomic():
        # An approval locks the application as well: the flag comes before it, and blocks, or after it.
        locked_subject = type(about)._base_manager.select_for_update(no_key=True).get(pk=about.pk)
        if locked_subject.status == Status.MERGED:
            raise WrongState(_("This profile was merged into another meanwhile. Please note it there."))
        where = {"application": about} if isinstance(about, Application) else {"stakeholder": about}
        flag = Flag.objects.create(kind=kind, text=text, raised_by=actor, **where)
        record(about, "stakeholders.flag_raised", actor=actor, kind=kind, flag=flag.pk)
    return flag


def withdraw_flag(flag: Flag, *, actor: User, reason: str) -> Flag:
    """Take a flag back; it stays on record with who did so and why. The second of two gets WrongState."""
    reason = clean_block(reason)
    if not actor.has_perm("stakeholders.withdraw_flag"):
        raise PermissionDenied
    if not reason:
        raise DomainError(
            _("Give the reason for the withdrawal."),
            fields={"reason": _("Give the reason for the withdrawal.")},
        )
    with transaction.atomic():
        won = (
            Flag.objects.standing()
            .filter(pk=flag.pk)
            .update(withdrawn_by=actor, withdrawn_at=now(), withdrawal_reason=reason)
        )
        if not won:
            raise WrongState(_("This has already been withdrawn."))
        flag.refresh_from_db()
        about = flag.application or flag.stakeholder
        assert about is not None  # noqa: S101  the database keeps one of the two
        record(about, "stakeholders.flag_withdrawn", actor=actor, kind=flag.kind, flag=flag.pk)
    return flag


def flag_guard(application: Application) -> str | None:
    """Return what blocks an approval: a red flag on the application or on the entry it concerns."""
    red = Flag.objects.standing().filter(kind=FlagKind.RED).on_application(application)
    if red.exists():
        return _("There is a red flag. It must be withdrawn, with a reason, before an approval.")
    return None
