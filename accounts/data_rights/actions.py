"""A person's data: a copy to take along, and what becomes of it when they leave."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import IO, Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.utils.timezone import now
from django.utils.timezone import override as in_zone
from django.utils.translation import gettext as _
from django.utils.translation import override
from psycopg.errors import DeadlockDetected, ForeignKeyViolation

from accounts import hooks
from accounts.data_rights.models import DataExport
from accounts.data_rights.queries import blockers_of, days_of
from accounts.hooks import Blocker, erasers, hold_elsewhere, sections
from accounts.people.actions import hold_administrators
from accounts.people.models import User
from accounts.people.queries import zone_of
from core.archives import write_archive
from core.attempts import Attempt
from core.background_files import make_file
from core.errors import DomainError, WrongState
from core.later import later
from core.limits import spend

TASK = "accounts.heavy_copy_data"
SUBJECT = "accounts.data_export"
ZIP = "application/zip"


def ask_copy(*, actor: User, chosen: Sequence[str], language: str) -> DataExport:
    """Ask for a copy of these sections of one's own data. Returns the one that is under way, if any.

    Raises DomainError where nothing, or something unknown, was chosen; TooMany where asked again and again.
    """
    if not actor.is_active:
        raise PermissionDenied
    known = [name for name in sections if name in set(chosen)]
    if not known or len(known) != len(set(chosen)):
        text = _("Choose at least one part from the list.")
        raise DomainError(text, fields={"sections": text})
    if pending_export := DataExport.objects.under_way().filter(user=actor).first():
        return pending_export
    spend("accounts.copy_data", str(actor.pk), most=10, seconds=24 * 3600)
    try:
        with transaction.atomic():
            export = DataExport.objects.create(
                user=actor, sections=known, language=language, expires_at=_until()
            )
            hooks.data_asked.send(DataExport, export=export)
            later(TASK, pk=export.pk)
    except IntegrityError:
        return DataExport.objects.under_way().get(user=actor)
    return export


def make_copy(pk: int) -> bool:
    """Make the archive of a copy that nobody makes; whether it was made now."""
    return make_file(DataExport.objects.select_related("user"), pk, write=_write, finish=_tell_ready, done=0)


def sweep_copies() -> int:
    """Nudge again what lost nudges and vanished workers left behind; returns how many."""
    return DataExport.objects.nudge_left_behind(TASK)


def _until() -> Any:
    return now() + timedelta(days=days_of(SUBJECT))


def _write(export: DataExport, attempt: Attempt, into: IO[bytes]) -> Mapping[str, Any]:
    """One JSON file for each section, the person's own uploads, and a page that shows it all."""
    known = dict(sections.items())
    with override(export.language), in_zone(zone_of(export.user)):
        write_archive(
            into,
            [(name, known.get(name)) for name in export.sections],
            export.user,
            go_on=attempt.go_on,
            template="accounts/data_rights/index.html",
            context={"person": export.user, "language": export.language},
        )
    name = f"whatson-my-data-{now():%Y-%m-%d}-{export.pk}.zip"
    return {"name": name, "media_type": ZIP, "done": len(export.sections), "expires_at": _until()}


def _tell_ready(export: DataExport) -> None:
    hooks.data_ready.send(DataExport, export=export)


# --- A person leaves: what is theirs alone goes, what others build on stays without a name -----------


class Blocked(DomainError):
    """The account cannot be deleted yet; `blockers` say why, and where to go."""

    def __init__(self, blockers: Sequence[Blocker]) -> None:
        super().__init__(_("Your account cannot be deleted yet. Please see what has to be settled first."))
        self.blockers = list(blockers)


def delete_account(person: User, *, actor: User | None) -> None:
    """Erase `person` for good: by themselves, or by a command (`actor` None) where they asked by letter.

    Raises Blocked where something must be handed over first, and WrongState where something about the account
    changed at this very moment; then nothing has happened.
    """
    if actor is not None and actor.pk != person.pk:
        raise PermissionDenied
    try:
        with transaction.atomic():
            _erase(person.pk, by_themselves=actor is not None)
    except (IntegrityError, OperationalError) as meanwhile:
        # Somebody pointed to the person while their row went, or each waited for the other.
        if not isinstance(meanwhile.__cause__, ForeignKeyViolation | DeadlockDetected):
            raise
        raise WrongState(_("Your account has just changed. Please check it, then try again.")) from meanwhile


def _erase(pk: int, *, by_themselves: bool) -> None:
    # First what others may be changing, so that nobody becomes the last of anything meanwhile; then the
    # person's own row, to which nobody can point any more from here on; then what was added in between.
    _hold(pk)
    user = User.objects.select_for_update().filter(pk=pk).first()
    if user is None:
        raise WrongState(_("This account has been deleted already."))
    _hold(pk)
    if blockers := blockers_of(user):
        raise Blocked(blockers)
    _forget_in_admin_log(user)
    for erase in erasers.values():
        erase(user)
    hooks.person_erased.send(
        User, user=user, actor=user if by_themselves else None, address=user.email, language=user.language
    )
    user.delete()


def _hold(pk: int) -> None:
    hold_administrators()
    hold_elsewhere(pk)


def _forget_in_admin_log(user: User) -> None:
    """Django's log of the admin keeps what things were called: here, names and addresses."""
    addresses = [str(pk) for pk in EmailAddress.objects.filter(user=user).values_list("pk", flat=True)]
    for model, ids in ((User, [str(user.pk)]), (EmailAddress, addresses)):
        about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        about.filter(object_id__in=ids).update(object_repr="", change_message="")
