"""Waves of invitations: made from a list, sent in the background in steps, paused, gone on with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from core.text import fold
from search.actions import index_many
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import KEY_LENGTH, Stakeholder
from stakeholders.imports.models import Import
from stakeholders.invitations.actions_desk import write_invitation
from stakeholders.invitations.enums import WaveStatus
from stakeholders.invitations.models import DeskInvitation, Wave
from stakeholders.invitations.queries import known_keys, unanswered_invitations

TASK = "stakeholders.heavy_send_wave"
KIND = "stakeholders.stakeholder"
STEP = 50  # invitations that are written in one transaction
BATCH = 1000
_LOCK = 7_406_433  # any number that nothing else in this database locks by


@dataclass(frozen=True)
class Origin:
    """What the desk says of a list. With `former` each row becomes an entry that only the desk sees."""

    name: str
    former: bool = False
    vetted_before: bool = False
    source: str = ""
    source_date: date | None = None


@dataclass(frozen=True, slots=True)
class ListedMember:
    """Whom to invite. `country` is an ISO alpha-3 code; `entry` one that is listed, which they may claim."""

    email: str
    name: str
    kind: str
    country: str
    language: str = "en"
    name_latin: str = ""
    acronym: str = ""
    city: str = ""
    website: str = ""
    entry: Stakeholder | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Rows with the same key are the same member."""
        return self.email, fold(self.name)[:KEY_LENGTH]


def make_wave(rows: Sequence[ListedMember], origin: Origin, *, actor: User, of: Import | None = None) -> Wave:
    """Keep a list as a wave that nobody has written yet; rows known from an earlier one are left out.

    All or nothing, and one at a time. Raises DomainError where every row is known.
    """
    _refuse_unless_inviting(actor)
    with transaction.atomic():
        _take_list_lock()
        known = known_keys(row.email for row in rows)
        new = [row for row in rows if row.key not in known]
        if not new:
            raise DomainError(_("All people on this list have been invited before. Nothing was changed."))
        wave = Wave.objects.create(
            name=origin.name,
            former=origin.former,
            vetted_before=origin.former and origin.vetted_before,
            source_name=origin.source,
            source_date=origin.source_date,
            made_by=actor,
            made_from=of,
        )
        _fill(wave, new, actor)
        record(wave, "stakeholders.wave_made", actor=actor, count=len(new))
    return wave


def add_to_wave(wave: Wave, row: ListedMember, *, actor: User) -> Wave:
    """Add a person to a wave; where all of it is written, send their e-mail now.

    Raises DomainError where they were invited before, whatever came of it.
    """
    _refuse_unless_inviting(actor)
    with transaction.atomic():
        _take_list_lock()
        locked_wave = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
        if row.key in known_keys([row.email]):
            text = _("This person has been invited before. See the list of invitations.")
            raise DomainError(text, fields={"address": text})
        _fill(locked_wave, [row], actor)
        if locked_wave.status == WaveStatus.DONE:
            locked_wave.status, locked_wave.finished_at = WaveStatus.SENDING, None
            locked_wave.save(update_fields=["status", "finished_at"])
        if locked_wave.is_sending:
            later(TASK, pk=locked_wave.pk)
        record(locked_wave, "stakeholders.wave_added", actor=actor)
    return locked_wave


def start_wave(wave: Wave, *, actor: User) -> None:
    """Send what is not written yet, or go on with it; a worker does it in steps."""
    with transaction.atomic():
        _refuse_unless_inviting(actor)
        waiting = Wave.objects.filter(pk=wave.pk, status__in=(WaveStatus.PREPARED, WaveStatus.PAUSED))
        if not waiting.update(status=WaveStatus.SENDING, started_at=wave.started_at or now()):
            raise WrongState(_("This wave is being sent already, or all of it is sent."))
        record(wave, "stakeholders.wave_started", actor=actor)
        later(TASK, pk=wave.pk)


def remind(wave: Wave, *, actor: User) -> None:
    """Have everybody reminded once who was invited a week ago or earlier and has not answered."""
    _refuse_unless_inviting(actor)
    with transaction.atomic():
        locked_wave = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
        if locked_wave.status != WaveStatus.DONE:
            raise WrongState(_("Reminders can be sent once all invitations of the wave are written."))
        locked_wave.reminding_since = now()
        count = unanswered_invitations(locked_wave, locked_wave.reminding_since).count()
        if not count:
            raise DomainError(_("There is no invitation to remind of now."))
        locked_wave.status, locked_wave.finished_at = WaveStatus.SENDING, None
        locked_wave.save(update_fields=["status", "finished_at", "reminding_since"])
        record(locked_wave, "stakeholders.wave_reminded", actor=actor, count=count)
        later(TASK, pk=locked_wave.pk)


def pause_wave(wave: Wave, *, actor: User) -> None:
    """Write no more for now. What was handed to the outbox still leaves."""
    with transaction.atomic():
        _refuse_unless_inviting(actor)
        if not Wave.objects.filter(pk=wave.pk, status=WaveStatus.SENDING).update(status=WaveStatus.PAUSED):
            raise WrongState(_("This wave is not being sent now."))
        record(wave, "stakeholders.wave_paused", actor=actor)


def send_wave(pk: int) -> None:
    """Write in steps until all is written, somebody pauses, or another worker is at it; may run twice."""
    while send_some(pk):
        pass


def send_some(pk: int) -> bool:
    """Write one batch, whole or not at all; return False where no more is to be written."""
    with transaction.atomic():
        wave = (
            Wave.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(pk=pk, status=WaveStatus.SENDING)
            .first()
        )
        if wave is None:
            return False
        some = _lock_batch(DeskInvitation.objects.unwritten().filter(wave=wave).order_by("pk"))
        for invitation in some:
            write_invitation(invitation)
        if not some and wave.reminding_since:
            some = _lock_batch(unanswered_invitations(wave, wave.reminding_since))
            for invitation in some:
                write_invitation(invitation, reminder=True)
        if not some:
            wave.status, wave.finished_at, wave.reminding_since = WaveStatus.DONE, now(), None
            wave.save(update_fields=["status", "finished_at", "reminding_since"])
            record(wave, "stakeholders.wave_written", actor=None)
    return bool(some)


def _lock_batch(rows: QuerySet[DeskInvitation]) -> list[DeskInvitation]:
    return list(rows.select_related("stakeholder").select_for_update(no_key=True, of=("self",))[:STEP])


def sweep_waves() -> int:
    """Nudge again the waves that a lost nudge or a vanished worker left behind; returns how many."""
    left = list(Wave.objects.filter(status=WaveStatus.SENDING).order_by("pk").values_list("pk", flat=True))
    for pk in left:
        later(TASK, pk=pk)
    return len(left)


def _fill(wave: Wave, rows: Sequence[ListedMember], actor: User) -> None:
    """Create the invitations of `rows`; of a former membership list also an entry where none is named."""
    new = [row for row in rows if wave.former and row.entry is None]
    entries = dict(zip((row.key for row in new), _entries(new, wave), strict=True))
    invitations = [
        DeskInvitation(
            wave=wave,
            stakeholder=row.entry or entries.get(row.key),
            address=row.email,
            language=row.language,
            kind=row.kind,
            name=row.name,
            country_id=row.country or None,
            invited_by=actor,
        )
        for row in rows
    ]
    for invitation in invitations:
        invitation.keep_keys()
    DeskInvitation.objects.bulk_create(invitations, batch_size=BATCH)


def _refuse_unless_inviting(actor: User) -> None:
    if not actor.has_perm("stakeholders.invite_stakeholders"):
        raise PermissionDenied


def _take_list_lock() -> None:
    """Hold the lock of lists until the transaction ends; raise WrongState where another upload holds it.

    Two uploads of one list at once would each believe the rows to be new.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise WrongState(_("Another list is being imported. Please wait until it has ended."))


def _entries(rows: Sequence[ListedMember], wave: Wave) -> list[Stakeholder]:
    """Create unlisted entries: until their people confirm, they are in no directory, count or suggestion."""
    moment = now()
    entries = [
        Stakeholder(
            status=Status.LISTED,
            listing=Listing.UNLISTED,
            kind=row.kind,
            name=row.name,
            name_latin=row.name_latin,
            acronym=row.acronym,
            country_id=row.country,
            city=row.city,
            website=row.website,
            source_name=wave.source_name,
            source_date=wave.source_date,
            created_at=moment,
            updated_at=moment,
        )
        for row in rows
    ]
    for entry in entries:
        entry.keep_keys()
    Stakeholder.objects.bulk_create(entries, batch_size=BATCH)
    index_many(KIND, [entry.pk for entry in entries])
    return entries
