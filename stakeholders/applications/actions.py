"""An application while its applicant has it: begun, saved as they go, discarded."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import fold
from core.uploads import StoredFile, forget_bytes
from stakeholders.applications.enums import ONLY_OF_ENTRIES, ApplicationStatus, Purpose, fields_of
from stakeholders.applications.models import Application, OtherName, Paper
from stakeholders.applications.queries import KINDS, MODELS, draft_of, rows_of, value_of
from stakeholders.entries.enums import LISTS, MOST_ROWS, ROWS, Kind, NameKind
from stakeholders.entries.models import Stakeholder
from workflow.moves.actions import lock

MOST_PAPERS = 5
CODES = {"country", "mission_language"}


def begin(*, actor: User, kind: str) -> Application:
    """Return the person's draft for this kind of stakeholder; create it where there is none."""
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
        _save_columns(draft, {"kind"})
    return draft


def save_answers(
    application: Application,
    *,
    actor: User,
    version: int,
    answers: Mapping[str, Any],
    paper: UploadedFile | None = None,
) -> Application:
    """Save the answers of one step of a draft; `version` is the one that the person's page showed.

    Countries and languages come as codes, lists as codes, rows as dicts (see `actions.described`). Raises
    WrongState where another window has saved since, and DomainError where there are too many papers or rows.
    """
    with transaction.atomic():
        draft = lock(application, actor, "stakeholders.change_application")
        if draft.status != ApplicationStatus.DRAFT:
            raise WrongState(
                _("This application has already been submitted. Its page shows what you can still do.")
            )
        write_answers(draft, actor, version, answers, paper)
    return draft


def remove_paper(paper: Paper, *, actor: User) -> None:
    """Take a paper out of a draft again, with its file."""
    with transaction.atomic():
        draft = lock(paper.application, actor, "stakeholders.change_application")
        if draft.status != ApplicationStatus.DRAFT:
            raise WrongState(_("A submitted document stays with the application."))
        remove_with_file(paper)


def discard(application: Application, *, actor: User) -> None:
    """Delete a draft with its papers, which only its applicant has seen."""
    with transaction.atomic():
        draft = lock(application, actor, "stakeholders.change_application")
        if draft.status != ApplicationStatus.DRAFT:
            raise WrongState(_("This application has already been sent. It can be withdrawn, not deleted."))
        for paper in draft.papers.all():
            remove_with_file(paper)
        draft.delete()


def write_answers(
    application: Application,
    actor: User,
    version: int,
    answers: Mapping[str, Any],
    paper: UploadedFile | None,
) -> None:
    if application.version != version:
        raise WrongState(
            _("This application was changed in another window meanwhile. Please look at it and try again.")
        )
    allowed = set(fields_of(application.kind)) - {"papers"}
    changed_columns = set()
    for field, value in answers.items():
        if field not in allowed:
            continue
        if field in CODES:
            setattr(application, f"{field}_id", value or None)
            changed_columns.add(field)
        elif field not in BESIDE:
            setattr(application, field, value)
            changed_columns.add(field)
    write_linked(application, {field: value for field, value in answers.items() if field in allowed})
    _save_columns(application, changed_columns)
    if paper is not None and (
        "papers" in fields_of(application.kind) or application.purpose == Purpose.CLAIM
    ):
        _add_paper(application, paper, actor)


def _save_columns(application: Application, columns: set[str]) -> None:
    application.version += 1
    application.updated_at = now()
    application.save(update_fields={*columns, "version", "updated_at"})


def _add_paper(application: Application, upload: UploadedFile, actor: User) -> None:
    if application.papers.count() >= MOST_PAPERS:
        message = _("There are already %(most)s documents. Please remove one first.") % {"most": MOST_PAPERS}
        raise DomainError(message, fields={"papers": message})
    spend("stakeholders.paper", str(actor.pk), most=40, seconds=3600)
    paper = Paper(application=application, uploaded_by=actor)
    paper.take(upload)
    paper.save()


def remove_with_file(paper: Paper) -> None:
    """Delete the row now, and its file once that is committed."""
    paper.delete()
    forget_bytes(paper.file)


# Questions whose answers stand outside the row itself.
BESIDE = frozenset((*LISTS, *ROWS))


def write_linked(owner: Application | Stakeholder, answers: Mapping[str, Any]) -> set[str]:
    """Write the answers that stand outside the row itself; returns the questions that now differ.

    Lists are codes; rows are dicts with the keys of `ROWS`, codes for countries and languages. Runs in the
    caller's transaction, which holds the owner. Raises DomainError where there are too many rows.
    """
    changed = set()
    for field, value in answers.items():
        if field not in BESIDE:
            continue
        before = value_of(owner, field)
        if field in LISTS:
            if sorted(set(value)) != before:
                getattr(owner, field).set(value)
                changed.add(field)
        elif list(value) != before:
            _refuse_too_many(field, value)
            rows_of(owner, field).delete()
            _add(owner, field, value)
            changed.add(field)
    return changed


def clear_linked(owner: Application | Stakeholder, fields: Iterable[str]) -> None:
    write_linked(owner, {field: [] for field in fields})


def carry_over(application: Application, stakeholder: Stakeholder) -> None:
    """Copy the related rows of an application to the entry that it leads to."""
    write_linked(
        stakeholder, {field: value_of(application, field) for field in sorted(BESIDE - ONLY_OF_ENTRIES)}
    )


def keep_names(
    stakeholder: Stakeholder, was: Iterable[str], kind: NameKind, *, beside: Iterable[str]
) -> None:
    """Store the names in `was` as names of this kind, so that they still find the entry.

    Names that it has already are left out. `beside`: the entry's current names, which are removed from its
    former names.
    """
    stored = OtherName.objects.filter(stakeholder=stakeholder)
    known = {fold(name) for name in beside}
    for pk, of_kind, text in list(stored.values_list("pk", "kind", "text")):
        if of_kind == NameKind.FORMER and fold(text) in known:
            stored.filter(pk=pk).delete()
        known.add(fold(text))
    for name in was:
        if name and fold(name) not in known:
            known.add(fold(name))
            OtherName.objects.create(stakeholder=stakeholder, kind=kind, text=name)


def _refuse_too_many(field: str, rows: Any) -> None:
    if len(rows) > MOST_ROWS:
        message = _("At most %(most)d can be given.") % {"most": MOST_ROWS}
        raise DomainError(message, fields={field: message})


def _add(owner: Application | Stakeholder, field: str, rows: Iterable[Mapping[str, str]]) -> None:
    model = MODELS[field]
    fixed: dict[str, Any] = {owner._meta.model_name or "": owner}
    if field in KINDS:
        fixed["kind"] = KINDS[field]
    columns = {key: model._meta.get_field(key) for key in ROWS[field]}
    model.objects.bulk_create(
        model(
            **fixed,
            **{
                column.attname: (row[key] or None) if column.null else row[key]
                for key, column in columns.items()
            },
        )
        for row in rows
    )


# --- Who of the staff opened a restricted file: one line of the log for each time --------------------


def note_opened(user: Any, stored: StoredFile) -> None:
    """Write it down before the file is sent, unless it is the person's own upload."""
    staff = user.is_authenticated and (user.is_desk or user.has_role(Role.REGIONAL))
    if staff and getattr(stored, "uploaded_by_id", None) != user.pk:
        record(stored, "stakeholders.file_opened", actor=user)
