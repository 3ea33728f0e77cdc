"""Where a source is fetched from, and fetching it: a new file waits for a person, and changes nothing.

The row is the truth. A worker claims it, fetches without holding anything, and keeps the file and what came
of it in one transaction: one that is killed leaves nothing half done, and the sweep sends another.
"""

from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from core.limits import spend
from core.outgoing_requests import CannotReach, fetch
from taxonomy.hooks import Fetching, sources
from taxonomy.sources.enums import FetchFault, Outcome, Schedule
from taxonomy.sources.models import FetchedSource
from taxonomy.sources.queries import may_set

TASK = "taxonomy.heavy_fetch_source"
SECONDS = 120  # for all of one file
STALE = timedelta(minutes=10)  # after so long a worker counts as gone
AFTER_FAILURE = timedelta(days=1)
MEGABYTE = 1_000_000
log = structlog.get_logger(__name__)


def agent() -> str:
    """As whom we ask, so that whoever minds can tell us."""
    return f"WhatsOn-Sources/1.0 (+{settings.SITE_URL}/; {settings.DESK_EMAIL})"


def set_address(code: str, *, url: str, schedule: str, megabytes: int, actor: User) -> FetchedSource:
    """Say from where and how often a source is fetched, in the name of this person; "" ends it."""
    _may(code, actor)
    with transaction.atomic():
        kept = _held(code)
        if kept.url != url:
            kept.etag = kept.sha256 = ""
        kept.url, kept.schedule, kept.megabytes, kept.set_by = url, schedule, megabytes, actor
        kept.next_at = now() if url and schedule != Schedule.NEVER else None
        kept.claimed_at = None  # what is under way is of the address before
        kept.save()
        record(kept, "taxonomy.source_address_set", actor=actor, source=code, schedule=schedule)
        if kept.next_at:
            later(TASK, pk=kept.pk)
    return kept


def ask_now(code: str, *, actor: User) -> None:
    """Have a source fetched as soon as a worker is free. Raises WrongState where no address is set."""
    _may(code, actor)
    spend("taxonomy.fetch", str(actor.pk), most=20, seconds=3600)
    with transaction.atomic():
        kept = _held(code)
        if not kept.url:
            raise WrongState(_("No address is set for this source."))
        kept.next_at = now()
        kept.save()
        record(kept, "taxonomy.source_asked", actor=actor, source=code)
        later(TASK, pk=kept.pk)


def sweep() -> int:
    """Send a worker to each source that is due; how many."""
    due = _free().filter(next_at__lte=now()).exclude(url="").values_list("pk", flat=True)
    for pk in list(due):
        later(TASK, pk=pk)
    return len(due)


def fetch_source(pk: int) -> bool:
    """Fetch a source that is due, now; whether a new file waits. Twice is once."""
    claimed_at = now()
    if not _free().filter(pk=pk, next_at__lte=claimed_at).exclude(url="").update(claimed_at=claimed_at):
        return False
    source = FetchedSource.objects.select_related("set_by").get(pk=pk)
    fetching = sources[source.code].fetching if source.code in sources else None
    if fetching is None or source.set_by is None or not source.set_by.has_perm(fetching.permission):
        return _ended(source, claimed_at, fault=FetchFault.NOT_ALLOWED)
    try:
        with TemporaryFile() as into:
            return _fetched(source, fetching, claimed_at, into)
    except CannotReach as unreached:
        return _ended(source, claimed_at, fault=unreached.why.value)
    except DomainError as problem:
        return _ended(source, claimed_at, fault=FetchFault.UNREADABLE, said=str(problem))
    except Exception:
        _ended(source, claimed_at, fault=FetchFault.BROKEN)
        raise


def _fetched(source: FetchedSource, fetching: Fetching, claimed_at: datetime, into: IO[bytes]) -> bool:
    got = fetch(
        source.url,
        into,
        agent=agent(),
        most=source.megabytes * MEGABYTE,
        seconds=SECONDS,
        etag=source.etag,
        may_reach=settings.SOURCES_MAY_REACH,
    )
    if got.is_unchanged or (got.status == 200 and got.sha256 == source.sha256):
        return _ended(source, claimed_at)
    if got.status != 200:
        return _ended(source, claimed_at, fault=FetchFault.STATUS, said=str(got.status))
    into.seek(0)
    with transaction.atomic():
        kept = FetchedSource.objects.select_for_update().filter(pk=source.pk, claimed_at=claimed_at).first()
        if kept is None:  # another address was set meanwhile, or another worker took over
            return False
        taken = fetching.take(into, source.url, source.set_by, kept.taken_as)
        _ended(kept, claimed_at, outcome=Outcome.UNCHANGED if taken is None else Outcome.NEW)
        known: dict[str, Any] = {"sha256": got.sha256, "etag": got.etag[:200]}
        if taken is not None:
            known["taken_as"] = taken
            record(kept, "taxonomy.source_fetched", actor=None, source=kept.code)
        FetchedSource.objects.filter(pk=kept.pk).update(**known)
    return taken is not None


def _ended(
    source: FetchedSource,
    claimed_at: datetime,
    *,
    outcome: str = Outcome.UNCHANGED,
    fault: str = "",
    said: str = "",
) -> bool:
    """Write down what came of this attempt, and when the next is due; False, so that it can be answered."""
    if fault:
        log.warning("source_not_fetched", source=source.code, fault=fault)
        outcome = Outcome.FAILED
    every = Schedule.EVERY.get(source.schedule)
    wait = min(every, AFTER_FAILURE) if every and fault else every
    FetchedSource.objects.filter(pk=source.pk, claimed_at=claimed_at).update(
        claimed_at=None,
        fetched_at=now(),
        outcome=outcome,
        fault=fault,
        said=said[:500],
        next_at=now() + wait if wait else None,
    )
    return False


def _free() -> Any:
    return FetchedSource.objects.filter(Q(claimed_at=None) | Q(claimed_at__lt=now() - STALE))


def _held(code: str) -> FetchedSource:
    FetchedSource.objects.bulk_create([FetchedSource(code=code)], ignore_conflicts=True)
    return FetchedSource.objects.select_for_update().get(code=code)


def _may(code: str, actor: User) -> None:
    if not may_set(actor, sources[code]):
        raise PermissionDenied
