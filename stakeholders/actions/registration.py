"""What an applicant does: begin, save as they go, add papers, send, answer, withdraw."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError, WrongState
from core.limits import spend
from core.uploads import forget_bytes
from notifications.outbox.actions import notify, notify_all
from stakeholders.actions.claims import refuse_if_taken
from stakeholders.actions.described import BESIDE, clear, put
from stakeholders.actions.promise import working_days_after
from stakeholders.actions.screening import screen_applications
from stakeholders.enums import FIELDS, NOT_ASKED, ApplicationStatus, Kind, Purpose, fields_of
from stakeholders.models import Application, Paper
from stakeholders.queries.applications import draft_of, missing, snapshot
from stakeholders.queries.members import people_who_vet
from stakeholders.queries.trust import promised_days
from workflow.items.actions import answer_requests
from workflow.items.queries import open_requests
from workflow.moves.actions import move

MOST_PAPERS = 5
CODES = {"country", "mission_language"}


def begin(*, actor: User, kind: str) -> Application:
    """The person's draft, made now where there is none, for this kind of stakeholder."""
    if not actor.has_perm("stakeholders.add_application"):
        raise PermissionDenied(_("This account is here for a State. It cannot act for an organization."))
    draft = draft_of(actor)
    if draft is None:
        try:
            with transaction.atomic():
                return Application.objects.create(applicant=actor, kind=Kind(kind))
        except IntegrityError:  # another window was a moment earlier
            draft = Application.objects.get(applicant=actor, status=ApplicationStatus.DRAFT)
    if draft.kind != kind and draft.purpose != Purpose.CLAIM:  # a claim is of the kind of its entry
        draft.kind = Kind(kind)
        _keep(draft, {"kind"})
    return draft


def save_answers(
    application: Application,
    *,
    actor: User,
    version: int,
    answers: Mapping[str, Any],
    paper: UploadedFile | None = None,
) -> Application:
    """Keep the answers of one step of a draft; `version` is the one that the person's page showed.

    Countries and languages come as codes, lists as codes, rows as dicts (see `actions.described`). Raises
    WrongState where another window has saved since, and DomainError where there are too many papers or rows.
    """
    with transaction.atomic():
        kept = _own(application, actor, "change")
        if kept.status != ApplicationStatus.DRAFT:
            raise WrongState(
                _("This application has already been sent. Its page says what can still be done.")
            )
        _write(kept, actor, version, answers, paper)
    return kept


def remove_paper(paper: Paper, *, actor: User) -> None:
    """Take a paper out of a draft again, with its file."""
    with transaction.atomic():
        kept = _own(paper.application, actor, "change")
        if kept.status != ApplicationStatus.DRAFT:
            raise WrongState(_("A paper that was sent stays with the application."))
        _forget(paper)


def discard(application: Application, *, actor: User) -> None:
    """Throw a draft away with its papers; nobody else has seen it."""
    with transaction.atomic():
        kept = _own(application, actor, "change")
        if kept.status != ApplicationStatus.DRAFT:
            raise WrongState(_("This application has already been sent. It can be withdrawn, not deleted."))
        for paper in kept.papers.all():
            _forget(paper)
        kept.delete()


def submit(application: Application, *, actor: User) -> Application:
    """Send a complete draft to the desk, with the promise until when it decides.

    Raises DomainError with the fields that still lack an answer, or where one of that name is already open.
    """
    with transaction.atomic():
        kept = _own(application, actor, "submit")
        refuse_if_taken(kept)
        _refuse_gaps(kept)
        spend("stakeholders.submit", str(actor.pk), most=20, seconds=24 * 3600)
        _drop_what_is_not_asked(kept)
        moment = now()
        try:
            with transaction.atomic():
                move(
                    kept,
                    "submit",
                    actor=actor,
                    submitted_at=moment,
                    due_at=working_days_after(moment, promised_days(actor)),
                    snapshot=snapshot(kept),
                    version=kept.version,
                )
        except IntegrityError:
            message = _("You have already sent an application under this name, and it is still open.")
            raise DomainError(message, fields={"name": message}) from None
        screen_applications([kept.pk])
        _tell(kept, "submitted", due=True)
    return kept


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
        kept = _own(application, actor, "answer")
        if kept.status != ApplicationStatus.RETURNED:
            raise WrongState(_("This application is not waiting for your answer."))
        asked = open_requests(kept)
        _write(kept, actor, version, {k: v for k, v in answers.items() if k in opened(asked)}, paper)
        _refuse_gaps(kept)
        spend("stakeholders.submit", str(actor.pk), most=20, seconds=24 * 3600)
        answer_requests(kept, actor=actor)
        moment = now()
        move(
            kept,
            "answer",
            actor=actor,
            due_at=kept.promise_after(moment),
            returned_at=None,
            answer_by=None,
            snapshot=snapshot(kept),
        )
        screen_applications([kept.pk])
        _tell(kept, "answered", due=True)
        notify_all(
            people_who_vet(),
            "stakeholders.application_resumed",
            key=f"application:{kept.pk}:answered:{kept.version}",
            url_name="vetting:application",
            url_args=[kept.pk],
            facts={"name": kept.name, "due": _iso(kept.due_at)},
            subject=kept,
        )
    return kept


def withdraw(application: Application, *, actor: User) -> Application:
    """Take an open application back; the desk keeps what was sent, and stops."""
    with transaction.atomic():
        kept = _own(application, actor, "withdraw")
        move(kept, "withdraw", actor=actor)
        _tell(kept, "withdrawn")
    return kept


def opened(asked: Mapping[str, str]) -> set[str]:
    """The questions that a set of item requests opens: a paper may always be replaced by a reason."""
    return {*asked, "no_paper_reason"} if "papers" in asked else set(asked)


def _own(application: Application, actor: User, verb: str) -> Application:
    """The row, locked, once `actor` may do this with it."""
    kept = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if not actor.has_perm(f"stakeholders.{verb}_application", kept):
        raise PermissionDenied
    return kept


def _write(
    kept: Application, actor: User, version: int, answers: Mapping[str, Any], paper: UploadedFile | None
) -> None:
    if kept.version != version:
        raise WrongState(
            _("This application was changed in another window meanwhile. Please look at it and try again.")
        )
    allowed = set(fields_of(kept.kind)) - {"papers"}
    named = set()
    for field, value in answers.items():
        if field not in allowed:
            continue
        if field not in BESIDE:
            setattr(
                kept, f"{field}_id" if field in CODES else field, (value or None) if field in CODES else value
            )
            named.add(field)
    put(kept, {field: value for field, value in answers.items() if field in allowed})
    _keep(kept, named)
    if paper is not None and ("papers" in fields_of(kept.kind) or kept.purpose == Purpose.CLAIM):
        _add_paper(kept, paper, actor)


def _keep(kept: Application, named: set[str]) -> None:
    kept.version += 1
    kept.updated_at = now()
    kept.save(update_fields={*named, "version", "updated_at"})


def _add_paper(kept: Application, upload: UploadedFile, actor: User) -> None:
    if kept.papers.count() >= MOST_PAPERS:
        message = _("There are already %(most)s papers. Please remove one first.") % {"most": MOST_PAPERS}
        raise DomainError(message, fields={"papers": message})
    spend("stakeholders.paper", str(actor.pk), most=40, seconds=3600)
    paper = Paper(application=kept, uploaded_by=actor)
    paper.take(upload)
    paper.save()


def _forget(paper: Paper) -> None:
    """The row goes now, its file once that is certain."""
    paper.delete()
    forget_bytes(paper.file)


def _refuse_gaps(kept: Application) -> None:
    gaps = missing(kept)
    if gaps:
        raise DomainError(
            _("Some answers are still missing."), fields={gap.field: str(gap.text) for gap in gaps}
        )


def _drop_what_is_not_asked(kept: Application) -> None:
    """A kind may have been changed on the way: what the new one is not asked is not sent."""
    left_out = NOT_ASKED.get(Kind(kept.kind), frozenset())
    if "papers" in left_out and kept.purpose != Purpose.CLAIM:
        for paper in kept.papers.all():
            _forget(paper)
    clear(kept, left_out & BESIDE)
    blank = {field for field in left_out if field in FIELDS and field != "papers"} - BESIDE
    for field in blank:
        setattr(kept, field, [] if field == "descriptors" else "")
    if blank:
        kept.save(update_fields=blank)


def _tell(kept: Application, what: str, *, due: bool = False) -> None:
    """One message to the applicant about what has just happened."""
    if kept.applicant is None:
        return
    facts = {"name": kept.name}
    if due:
        facts["due"] = _iso(kept.due_at)
    notify(
        kept.applicant,
        f"stakeholders.application_{what}",
        key=f"application:{kept.pk}:{what}:{kept.version}",
        url_name="stakeholders:application",
        url_args=[kept.pk],
        facts=facts,
        subject=kept,
    )


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""
