"""What the desk does with a file for the directory: send it, name its columns, decide, import, undo."""

from collections.abc import Mapping
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.models import User
from core.errors import DomainError, Unreadable, WrongState
from core.later import later
from core.limits import spend
from core.spreadsheet_reader import MOST_BYTES, Sheet, look_at
from core.uploads import forget_bytes
from stakeholders.imports.actions_worker import TASK, count_outcomes, settle
from stakeholders.imports.enums import ImportPurpose, ImportStatus, RowOutcome
from stakeholders.imports.fields import guess_fields
from stakeholders.imports.models import Import, ImportSource
from stakeholders.registers import ror


def send(
    upload: UploadedFile,
    sheet: Sheet,
    *,
    source: str,
    day: date,
    actor: User,
    url: str = "",
    purpose: ImportPurpose = ImportPurpose.DIRECTORY,
) -> Import:
    """Keep a file that was looked at, and guess what its columns mean; nothing is read further yet."""
    refuse_unless_importing(Import(purpose=purpose), actor)
    spend("stakeholders.import", str(actor.pk), most=60, seconds=3600)
    with transaction.atomic():
        stored_source, _new = ImportSource.objects.get_or_create(name=source, purpose=purpose)
        stored_source.url, stored_source.used_at = url, now()
        stored_source.save()
        of = Import(
            purpose=purpose,
            source=stored_source,
            source_date=day,
            asked_by=actor,
            format=sheet.format,
            encoding=sheet.encoding,
            separator=sheet.separator,
            heads=sheet.heads,
            head_row=sheet.head_row,
        )
        if not of.is_of_members and sheet.format == "csv" and set(ror.COLUMNS) <= set(sheet.heads):
            of.format = "ror"
        of.take(upload)
        of.columns = {} if of.is_ror else guess_fields(sheet.heads, stored_source.columns, of.fields)
        of.save()
    return of


def check(
    of: Import, *, columns: Mapping[str, str], kind: str, country: str, actor: User, language: str = ""
) -> None:
    """Name the columns, remember them for the source, and have the dry run made in the background."""
    refuse_unless_importing(of, actor)
    with transaction.atomic():
        move_on(
            of,
            ImportStatus.OPEN,
            ImportStatus.CHECKING,
            actor=actor,
            columns=dict(columns),
            default_kind=kind,
            default_country=country,
            default_language=language,
        )
        if not of.is_ror:
            codes_by_heading = {head: columns.get(str(place), "") for place, head in enumerate(of.heads)}
            source = ImportSource.objects.select_for_update().get(pk=of.source_id)
            source.columns |= codes_by_heading
            source.save(update_fields=["columns"])


def decide(of: Import, decisions: Mapping[int, str], *, actor: User, rest: str = "") -> None:
    """Say of rows (by number) whether they are the entry that they look like; `rest` goes for all others."""
    refuse_unless_importing(of, actor)
    with transaction.atomic():
        of = lock_import(of, (ImportStatus.CHECKED,))
        twins = (
            of.rows.exclude(twin=None)
            .select_related("twin", "of__source")
            .prefetch_related("twin__topics", "twin__other_names")
        )
        for import_row in twins.filter(row__in=[row for row, decision in decisions.items() if decision]):
            settle(import_row, decisions[import_row.row])
        if rest:
            for import_row in twins.filter(pk__in=of.rows.undecided()):
                settle(import_row, rest)
        of.counts = count_outcomes(of)
        of.save(update_fields=["counts"])


def take_in(of: Import, *, without_refused: bool, actor: User) -> None:
    """Have the file imported in the background.

    Raises DomainError while a row has errors, unless the desk chose to leave those out, and while a likely
    duplicate waits for a decision.
    """
    refuse_unless_importing(of, actor)
    with transaction.atomic():
        of = lock_import(of, (ImportStatus.CHECKED,))
        refused = of.counts.get(RowOutcome.REFUSED, 0)
        refuse_undecided(of)
        if refused and not without_refused:
            raise DomainError(
                ngettext(
                    "%(count)d row has errors, so nothing was imported. Correct it and upload "
                    "the file again.",
                    "%(count)d rows have errors, so nothing was imported. Correct them and "
                    "upload the file again.",
                    refused,
                )
                % {"count": refused}
            )
        if not of.counts.get(RowOutcome.NEW, 0) + of.counts.get(RowOutcome.CHANGED, 0):
            raise DomainError(_("No row is new or changed: there is nothing to import."))
        move_on(
            of, (ImportStatus.CHECKED,), ImportStatus.TAKING_IN, actor=actor, without_refused=bool(refused)
        )


def undo(of: Import, *, actor: User) -> None:
    """Have an import undone in the background: what it made goes, what it changed goes back."""
    if not actor.has_perm("stakeholders.remove_listed"):
        raise PermissionDenied
    with transaction.atomic():
        of = lock_import(of, (ImportStatus.TAKEN_IN,))
        if not of.can_be_undone:
            raise DomainError(_("This import is too long ago to be undone."))
        move_on(of, (ImportStatus.TAKEN_IN,), ImportStatus.UNDOING, actor=actor)


def discard(of: Import, *, actor: User) -> None:
    """Delete a file that was not imported."""
    refuse_unless_importing(of, actor)
    with transaction.atomic():
        of = lock_import(of, ImportStatus.OPEN)
        forget_bytes(of.file)
        of.delete()


def take_fetched_registry(file: IO[bytes], url: str, actor: User, earlier: int | None) -> int:
    """Keep the registry as it was fetched, in place of what was fetched before, and have the dry run made."""
    with TemporaryFile() as table:
        try:
            ror.write_cells(file, table)
            size = table.tell()
            table.seek(0)
            upload = UploadedFile(table, "ror.csv", "text/csv", size)
            sheet = look_at(upload)
        except Unreadable as problem:
            raise DomainError(str(problem)) from problem
        if size > MOST_BYTES:
            raise DomainError(_("The Registry has become larger than an import may be."))
        with transaction.atomic():
            for old in Import.objects.filter(pk=earlier or 0, status__in=ImportStatus.OPEN):
                discard(old, actor=actor)
            of = send(upload, sheet, source=ror.NAME, url=url, day=localdate(), actor=actor)
            check(of, columns={}, kind="", country="", actor=actor)
    return of.pk


def refuse_unless_importing(of: Import, actor: User) -> None:
    if not actor.has_perm(of.permission):
        raise PermissionDenied


def refuse_undecided(of: Import) -> None:
    undecided = of.counts.get("undecided", 0)
    if undecided:
        raise DomainError(
            ngettext(
                "%(count)d row may be a profile that exists already. Please decide about it first.",
                "%(count)d rows may be profiles that exist already. Please decide about them first.",
                undecided,
            )
            % {"count": undecided}
        )


def lock_import(of: Import, states: Any) -> Import:
    locked_import = Import.objects.select_for_update(of=("self",)).filter(pk=of.pk, status__in=states).first()
    if locked_import is None:
        raise WrongState(_("This import has continued meanwhile. Please check its status."))
    return locked_import


def move_on(of: Import, before: Any, after: str, *, actor: User, **values: Any) -> None:
    """Move on from one of the states before, whoever comes second is refused; and nudge the worker."""
    won = Import.objects.filter(pk=of.pk, status__in=before).update(
        status=after, fault="", said="", attempts=0, asked_by=actor, **values
    )
    if not won:
        raise WrongState(_("This import has continued meanwhile. Please check its status."))
    later(TASK, pk=of.pk)
