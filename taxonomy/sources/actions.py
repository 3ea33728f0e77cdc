"""Where a source is fetched from, and fetching it: a new file waits for a person, and changes nothing.
Which of its facts need a new look, and that somebody has had it.

The row is the truth. A worker claims it, fetches without holding anything, and keeps the file and what came
of it in one transaction: one that is killed leaves nothing half done, and the sweep sends another.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record, record_many
from core.errors import DomainError, WrongState
from core.later import later, nudge
from core.limits import spend
from core.outgoing_requests import CannotReach, fetch
from notifications.outbox.actions import Telling, notify_each
from taxonomy.hooks import Fetching, Rows, sources
from taxonomy.sources.enums import FetchFault, Outcome, Schedule
from taxonomy.sources.models import AgeRule, FetchedSource
from taxonomy.sources.queries import Figures, chosen_facts, count_old, rules_of
from taxonomy.sources.rules import is_keeper, keeps, may_set

TASK = "taxonomy.heavy_fetch_source"
SWEEP = "taxonomy.sweep_sources"
OLD_FACTS = "taxonomy.old_facts"
SECONDS = 120  # for all of one file
STALE = timedelta(minutes=10)  # after so long a worker counts as gone
AFTER_FAILURE = timedelta(days=1)
COUNT_AGAIN = timedelta(hours=1)
MEGABYTE = 1_000_000
log = structlog.get_logger(__name__)


def agent() -> str:
    """Return the name under which the portal asks, with an address for complaints."""
    return f"WhatsOn-Sources/1.0 (+{settings.SITE_URL}/; {settings.DESK_EMAIL})"


def set_address(code: str, *, url: str, schedule: str, megabytes: int, actor: User) -> FetchedSource:
    """Say from where and how often a source is fetched, in the name of this person; "" ends it."""
    _settable_fetching(code, actor)
    with transaction.atomic():
        source = _lock_source(code)
        if source.url != url:
            source.etag = source.sha256 = ""
        source.url, source.schedule, source.megabytes, source.set_by = url, schedule, megabytes, actor
        source.next_at = now() if url and schedule != Schedule.NEVER else None
        source.claimed_at = None  # what is under way is of the address before
        source.save()
        record(source, "taxonomy.source_address_set", actor=actor, source=code, schedule=schedule)
        if source.next_at:
            later(TASK, pk=source.pk)
    return source


def ask_now(code: str, *, actor: User) -> None:
    """Have a source fetched as soon as a worker is free, from the proposed address where none was ever set.

    Raises WrongState where there is no address.
    """
    fetching = _settable_fetching(code, actor)
    spend("taxonomy.fetch", str(actor.pk), most=20, seconds=3600)
    with transaction.atomic():
        source = _lock_source(code)
        if not source.is_set and fetching.address:
            source.url, source.set_by = fetching.address, actor
            record(source, "taxonomy.source_address_set", actor=actor, source=code, schedule=source.schedule)
        if not source.url:
            raise WrongState(_("No address is set for this source."))
        source.next_at = now()
        source.save()
        record(source, "taxonomy.source_asked", actor=actor, source=code)
        later(TASK, pk=source.pk)


def sweep() -> int:
    """Send a worker to each source that is due; how many."""
    due = _unclaimed_sources().filter(next_at__lte=now()).exclude(url="").values_list("pk", flat=True)
    for pk in list(due):
        later(TASK, pk=pk)
    return len(due)


def fetch_source(pk: int) -> bool:
    """Fetch a source that is due, now; whether a new file waits. Twice is once."""
    claimed_at = now()
    if (
        not _unclaimed_sources()
        .filter(pk=pk, next_at__lte=claimed_at)
        .exclude(url="")
        .update(claimed_at=claimed_at)
    ):
        return False
    source = FetchedSource.objects.select_related("set_by").get(pk=pk)
    fetching = sources[source.code].fetching if source.code in sources else None
    if fetching is None or source.set_by is None or not source.set_by.has_perm(fetching.permission):
        return _end_attempt(source, claimed_at, fault=FetchFault.NOT_ALLOWED)
    try:
        with TemporaryFile() as into:
            return _fetch_and_take(source, fetching, claimed_at, into)
    except CannotReach as unreached:
        return _end_attempt(source, claimed_at, fault=unreached.why.value)
    except DomainError as problem:
        return _end_attempt(source, claimed_at, fault=FetchFault.UNREADABLE, detail=str(problem))
    except Exception:
        _end_attempt(source, claimed_at, fault=FetchFault.BROKEN)
        raise


def _fetch_and_take(source: FetchedSource, fetching: Fetching, claimed_at: datetime, into: IO[bytes]) -> bool:
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
        return _end_attempt(source, claimed_at)
    if got.status != 200:
        return _end_attempt(source, claimed_at, fault=FetchFault.STATUS, detail=str(got.status))
    into.seek(0)
    with transaction.atomic():
        stored = FetchedSource.objects.select_for_update().filter(pk=source.pk, claimed_at=claimed_at).first()
        if stored is None:  # another address was set meanwhile, or another worker took over
            return False
        taken = fetching.take(into, source.url, source.set_by, stored.taken_as)
        _end_attempt(stored, claimed_at, outcome=Outcome.UNCHANGED if taken is None else Outcome.NEW)
        known: dict[str, Any] = {"sha256": got.sha256, "etag": got.etag[:200]}
        if taken is not None:
            known["taken_as"] = taken
            record(stored, "taxonomy.source_fetched", actor=None, source=stored.code)
        FetchedSource.objects.filter(pk=stored.pk).update(**known)
    return taken is not None


def _end_attempt(
    source: FetchedSource,
    claimed_at: datetime,
    *,
    outcome: str = Outcome.UNCHANGED,
    fault: str = "",
    detail: str = "",
) -> bool:
    """Store the outcome of this attempt and when the next is due. Return False for the caller to return."""
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
        said=detail[:500],
        next_at=now() + wait if wait else None,
    )
    return False


def _unclaimed_sources() -> Any:
    return FetchedSource.objects.filter(Q(claimed_at=None) | Q(claimed_at__lt=now() - STALE))


# --- Which facts need a new look -----------------------------------------------------------------------


def set_age_rule(code: str, *, is_on: bool, months: int, actor: User) -> AgeRule:
    """Say after how many months facts of a source need a look, and whether the desk is reminded of them."""
    _refuse_unless_keeper(code, actor)
    with transaction.atomic():
        rule, _created = AgeRule.objects.update_or_create(
            code=code, defaults={"is_on": is_on, "months": months, "counted_at": None}
        )
        record(rule, "taxonomy.age_rule_set", actor=actor, source=code, months=months, is_on=is_on)
    nudge(SWEEP)
    return rule


def confirm_facts(code: str, keys: Iterable[str], *, actor: User) -> int:
    """Say that facts of a source, by their keys in `OldFacts`, are still true today. Returns how many.

    Keys of rows that need no look any more are passed over: twice is once.
    """
    _refuse_unless_keeper(code, actor)
    rule = rules_of([code])[code]
    confirmed: list[Any] = []
    with transaction.atomic():
        for part, rows in chosen_facts(sources[code].rows(actor), rule, keys):
            held = list(rows.select_for_update(of=("self",)))
            _set_seen_today(part, held)
            record_many(held, "taxonomy.fact_confirmed", actor=actor, source=code)
            confirmed += held
    recount(code)
    return len(confirmed)


def _set_seen_today(part: Rows, rows: list[Any]) -> None:
    """Set the day of these rows, or of what it stands at; loading the content again leaves it then."""
    relation, _separator, column = part.day.rpartition("__")
    model = part.rows.model
    ids = [getattr(row, f"{relation}_id") if relation else row.pk for row in rows]
    if relation:
        model = model._meta.get_field(relation).related_model
    columns = {field.name for field in model._meta.fields}
    by_hand = {"edited_by_hand": True} if "edited_by_hand" in columns else {}
    model._default_manager.filter(pk__in=ids).update(**{column: localdate()}, **by_hand)


def recount(*codes: str) -> None:
    """Have it counted anew which facts of these sources need a look, once the transaction has committed."""
    AgeRule.objects.filter(code__in=codes).update(counted_at=None)
    nudge(SWEEP)


def count_old_facts() -> int:
    """Note for each source how many facts need a look, as somebody sees them whose work that is.

    Counts those that were not counted for an hour; returns how many sources these were. Where nobody keeps a
    source nothing is counted, and nobody would read it.
    """
    AgeRule.objects.bulk_create(
        (AgeRule(code=code, months=source.months) for code, source in sources.items()), ignore_conflicts=True
    )
    rules = AgeRule.objects.filter(code__in=sources)
    due = rules.filter(Q(counted_at=None) | Q(counted_at__lt=now() - COUNT_AGAIN))
    desk = list(holders_of(*Role.DESK).order_by("pk")) if due else []
    for rule in due:
        # What is changed from here on, the rule or its facts, is counted by the next run.
        moment = now()
        same = AgeRule.objects.filter(pk=rule.pk, is_on=rule.is_on, months=rule.months)
        if not same.update(counted_at=moment):
            continue
        keeper = next((person for person in desk if keeps(person, rule.source)), None)
        figures = count_old(keeper, rule) if keeper else Figures()
        same.filter(counted_at=moment).update(number=figures.old or 0, oldest=figures.oldest)
    return len(due)


def remind_of_old_facts() -> int:
    """Inform the keepers of sources in which more facts need a look than when they were last informed.

    One message a person, about all of their sources, and at most one a week. Returns how many people.
    """
    monday = localdate() - timedelta(days=localdate().weekday())
    with transaction.atomic():
        rules = AgeRule.objects.select_for_update().filter(code__in=sources)
        grown = list(rules.due().filter(number__gt=F("mailed_number")))
        rules.update(mailed_number=F("number"))
        tellings = [
            Telling(
                user=person,
                key=f"old_facts:{monday}",
                url_name="sources:list",
                url_args=[],
                facts={"number": sum(rule.number for rule in own_rules), "sources": len(own_rules)},
                subject=own_rules[0],
            )
            for person in holders_of(*{rule.source.keeper for rule in grown})
            if (own_rules := [rule for rule in grown if is_keeper(person, rule.source)])
        ]
        notify_each(OLD_FACTS, tellings)
    return len(tellings)


def _refuse_unless_keeper(code: str, actor: User) -> None:
    if not keeps(actor, sources[code]):
        raise PermissionDenied


def _lock_source(code: str) -> FetchedSource:
    FetchedSource.objects.bulk_create([FetchedSource(code=code)], ignore_conflicts=True)
    return FetchedSource.objects.select_for_update().get(code=code)


def _settable_fetching(code: str, actor: User) -> Fetching:
    fetching = sources[code].fetching
    if fetching is None or not may_set(actor, sources[code]):
        raise PermissionDenied
    return fetching
