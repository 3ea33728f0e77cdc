"""What an applicant does with an application: send it, answer, withdraw it."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError, WrongState
from core.limits import spend
from notifications.outbox.actions import notify, notify_all
from stakeholders.applications.actions import BESIDE, clear_linked, remove_with_file, write_answers
from stakeholders.applications.enums import FIELDS, ApplicationStatus, Purpose, unasked_fields
from stakeholders.applications.models import Application
from stakeholders.applications.rules import working_days_after
from stakeholders.claims.actions import refuse_if_taken
from stakeholders.entries.queries import people_who_vet
from stakeholders.recommendations.actions import follow_answers, open_vetting
from stakeholders.screening.actions import screen_applications
from stakeholders.submission.queries import canonical_text, gaps_of, snapshot
from stakeholders.trust.queries import promised_days
from workflow.items.actions import answer_requests, close_items, resume
from workflow.items.queries import open_requests
from workflow.moves.actions import lock, move
from workflow.receipts.actions import issue_receipt


def submit(application: Application, *, actor: User) -> Application:
    """Send a complete draft to the desk, with the promise until when it decides.

    Raises DomainError with the fields that still lack an answer, or where one of that name is already open.
    """
    with transaction.atomic():
        application = lock(application, actor, "stakeholders.submit_application")
        refuse_if_taken(application)
        _refuse_gaps(application)
        spend("stakeholders.submit", str(actor.pk), most=20, seconds=24 * 3600)
        _drop_what_is_not_asked(application)
        moment = now()
        try:
            with transaction.atomic():
                move(
                    application,
                    "submit",
                    actor=actor,
                    submitted_at=moment,
                    due_at=working_days_after(moment, promised_days(actor)),
                    snapshot=snapshot(application),
                    version=application.version,
                )
        except IntegrityError:
            message = _("You have already sent an application under this name, and it is still open.")
            raise DomainError(message, fields={"name": message}) from None
        issue_receipt(application, canonical_text(application), application.papers.all(), actor=actor)
        open_vetting(application)
        screen_applications([application.pk])
        _tell(application, "stakeholders.application_submitted", due=True)
    return application


def answer(
    application: Application,
    *,
    actor: User,
    version: int,
    answers: Mapping[str, Any],
    paper: UploadedFile | None = None,
) -> Application:
    """Send what the desk asked for; only the questions that it named can change. Its clock runs on."""
    with transaction.atomic():
        application = lock(application, actor, "stakeholders.answer_application")
        if application.status != ApplicationStatus.RETURNED:
            raise WrongState(_("This application is not waiting for your answer."))
        reopened = reopened_questions(open_requests(application))
        answers = {question: value for question, value in answers.items() if question in reopened}
        write_answers(application, actor, version, answers, paper)
        _refuse_gaps(application)
        spend("stakeholders.submit", str(actor.pk), most=20, seconds=24 * 3600)
        answer_requests(application, actor=actor)
        moment = now()
        move(
            application,
            "answer",
            actor=actor,
            due_at=application.promise_after(moment),
            returned_at=None,
            answer_by=None,
            snapshot=snapshot(application),
        )
        issue_receipt(application, canonical_text(application), application.papers.all(), actor=actor)
        resume(application)
        follow_answers(application)
        screen_applications([application.pk])
        _tell(application, "stakeholders.application_answered", due=True)
        notify_all(
            people_who_vet(),
            "stakeholders.application_resumed",
            key=f"application:{application.pk}:answered:{application.version}",
            url_name="vetting:application",
            url_args=[application.pk],
            facts={"name": application.name, "due": _iso(application.due_at)},
            subject=application,
        )
    return application


def withdraw(application: Application, *, actor: User) -> Application:
    """Take an open application back; the desk keeps what was sent, and stops."""
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.withdraw_application")
        move(locked_application, "withdraw", actor=actor)
        close_items(locked_application)
        _tell(locked_application, "stakeholders.application_withdrawn")
    return locked_application


def reopened_questions(item_requests: Mapping[str, str]) -> set[str]:
    """Return the questions that item requests open: a paper may always be replaced by a reason."""
    return {*item_requests, "no_paper_reason"} if "papers" in item_requests else set(item_requests)


def _refuse_gaps(application: Application) -> None:
    gaps = gaps_of(application)
    if gaps:
        raise DomainError(
            _("Some answers are still missing."), fields={gap.field: str(gap.text) for gap in gaps}
        )


def _drop_what_is_not_asked(application: Application) -> None:
    """Delete the answers that this kind is not asked, which an earlier choice of kind may have left."""
    left_out = unasked_fields(application.kind)
    if "papers" in left_out and application.purpose != Purpose.CLAIM:
        for paper in application.papers.all():
            remove_with_file(paper)
    clear_linked(application, left_out & BESIDE)
    blank = {field for field in left_out if field in FIELDS and field != "papers"} - BESIDE
    for field in blank:
        setattr(application, field, [] if field == "descriptors" else "")
    if blank:
        application.save(update_fields=blank)


def _tell(application: Application, kind: str, *, due: bool = False) -> None:
    """Send the applicant a message about what has just happened."""
    if application.applicant is None:
        return
    facts = {"name": application.name}
    if due:
        facts["due"] = _iso(application.due_at)
    notify(
        application.applicant,
        kind,
        key=f"application:{application.pk}:{kind.removeprefix('stakeholders.application_')}:{application.version}",
        url_name="stakeholders:application",
        url_args=[application.pk],
        facts=facts,
        subject=application,
    )


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""
