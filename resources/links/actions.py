"""Whether the addresses in the library still lead somewhere: each is asked once a week, sparing its host."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import now

from accounts.people.models import User
from core.later import later
from core.outgoing_requests import CannotReach, ask, host_of
from resources.hooks import watched_links
from resources.links.models import LinkCheck
from resources.records.enums import ResourceStatus
from resources.records.identifiers import official_addresses
from resources.records.models import Edition, LibraryChange, Resource

TASK = "resources.check_links"
AGAIN = timedelta(days=7)
AFTER_FAILURE = timedelta(days=1)
# One host is asked no more often than this, and one request takes no longer than SECONDS in all.
PAUSE = timedelta(minutes=2)
SECONDS = 30
RUN_SECONDS = 50
MOST_IN_A_RUN = 50
# What means that it is not there. To 401, 403 or 429 somebody answers, if not to us.
GONE = {400, 404, 410}


def agent() -> str:
    """Return the name under which the portal asks, with an address for complaints."""
    return f"WhatsOn-LinkCheck/1.0 (+{settings.SITE_URL}/; {settings.DESK_EMAIL})"


def gather() -> int:
    """Store the addresses of all records that are shown, and others that are watched; delete all others.

    Return how many there are.
    """
    shown = Resource.objects.filter(status__in=ResourceStatus.SHOWN)
    editions = Edition.objects.filter(resource__in=shown).exclude(link="").values_list("link", flat=True)
    sources = shown.exclude(source_url="").values_list("source_url", flat=True)
    symbols = shown.exclude(symbol="").values_list("symbol", flat=True)
    addresses = {*editions.order_by(), *sources.order_by(), *official_addresses(symbols.order_by())}
    addresses = addresses.union(*(watched.addresses() for watched in watched_links.values()))
    with transaction.atomic():
        known = set(LinkCheck.objects.values_list("url", flat=True))
        LinkCheck.objects.filter(url__in=known - addresses).delete()
        LinkCheck.objects.bulk_create(
            (LinkCheck(url=url, host=host_of(url)[:270]) for url in sorted(addresses - known)),
            batch_size=1000,
            ignore_conflicts=True,
        )
    return len(addresses)


def check_some() -> int:
    """Ask the addresses that are due, one of each host, within the time of a run. Return how many."""
    until = time.monotonic() + RUN_SECONDS
    checked_count = 0
    due = LinkCheck.objects.filter(Q(next_at=None) | Q(next_at__lte=now())).exclude(_is_busy())
    first_of_each = due.order_by("host", F("next_at").asc(nulls_first=True), "pk").distinct("host")
    for link in list(first_of_each[:MOST_IN_A_RUN]):
        if time.monotonic() > until:
            break
        if _take(link):
            _ask(link)
            checked_count += 1
    return checked_count


def ask_again(link: LinkCheck, *, actor: User) -> None:
    """Have one address asked as soon as its host may be asked again."""
    if not actor.has_perm("resources.curate_resources"):
        raise PermissionDenied
    LinkCheck.objects.filter(pk=link.pk).update(next_at=None)
    later(TASK)


def keep_archived(link: LinkCheck, *, actor: User, address: str) -> None:
    """Store the address of a copy for readers while the link is broken; "" for none."""
    if not actor.has_perm("resources.curate_resources"):
        raise PermissionDenied
    with transaction.atomic():
        LinkCheck.objects.filter(pk=link.pk).update(archived_url=address)
        LibraryChange.objects.create()


def _is_busy() -> Exists:
    """Return the condition that the host is being asked, or was a moment ago."""
    return Exists(LinkCheck.objects.filter(host=OuterRef("host"), asked_at__gt=now() - PAUSE))


def _take(link: LinkCheck) -> bool:
    """Claim the host of the address. Return False where another worker was faster."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # one host, one at a time: rows alone do not keep two apart
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"link:{link.host}"])
        free = LinkCheck.objects.filter(pk=link.pk).exclude(_is_busy())
        return bool(free.update(asked_at=now()))


def _ask(link: LinkCheck) -> None:
    status, fault = None, ""
    try:
        answer = ask(link.url, agent=agent(), seconds=SECONDS, may_reach=settings.RESOURCES_LINKS_MAY_REACH)
        status = answer.status
    except CannotReach as unreached:
        fault = unreached.why.value
    outcome = {"checked_at": now(), "status": status, "fault": fault}
    rows = LinkCheck.objects.filter(pk=link.pk)
    was_broken = rows.broken().exists()
    if fault or status in GONE or (status or 0) >= 500:
        rows.update(
            **outcome,
            failures=F("failures") + 1,
            broken_since=link.broken_since or now(),
            next_at=now() + AFTER_FAILURE,
        )
    else:
        rows.update(**outcome, failures=0, broken_since=None, next_at=now() + AGAIN)
    if was_broken != rows.broken().exists():
        LibraryChange.objects.create()  # kept pages tell readers
