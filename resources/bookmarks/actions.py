"""Bookmarks and saved searches, and the alerts about new resources of a search."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError
from core.text import clean_line
from notifications.outbox.actions import notify
from resources.bookmarks.enums import Alerts
from resources.bookmarks.models import Bookmark, SavedSearch
from resources.bookmarks.queries import new_resources
from resources.library.queries import LibraryQuery
from resources.records.models import LibraryChange, Resource

MOST_BOOKMARKS = 1000  # of one person
MOST_SEARCHES = 50
MOST_CHARACTERS = 2000  # of the query string
MESSAGE_KIND = "resources.saved_search"
INTERVALS = {Alerts.DAILY: timedelta(days=1), Alerts.WEEKLY: timedelta(days=7)}
# An alert is due this much early, so that a job that runs a little sooner than yesterday still sends it.
GRACE = timedelta(minutes=30)
BATCH = 500


def bookmark(user: User, resource: Resource) -> None:
    """Bookmark a resource, once. Raises DomainError where there are too many."""
    with transaction.atomic():
        _lock_user(user)
        if Bookmark.objects.filter(user=user).count() >= MOST_BOOKMARKS:
            raise DomainError(
                _("You can save at most %(most)d bookmarks. Please remove one first.")
                % {"most": MOST_BOOKMARKS}
            )
        Bookmark.objects.bulk_create([Bookmark(user=user, resource=resource)], ignore_conflicts=True)


def forget_bookmark(user: User, resource: Resource) -> None:
    Bookmark.objects.filter(user=user, resource=resource).delete()


def save_search(user: User, question: LibraryQuery, *, name: str, alerts: str) -> SavedSearch:
    """Save a query of the library. The same query saved again replaces name and alerts of the first.

    Raises DomainError for a query without filters, one too long or without a name, and above the maximum.
    """
    name = clean_line(name)[:120]
    canonical = question.query()
    if not question.narrows:
        raise DomainError(_("A search without words or filters is the whole library."))
    if len(canonical) > MOST_CHARACTERS:
        raise DomainError(_("This search is too long to be saved. Please remove some of it."))
    if not name:
        raise DomainError(_("Please give it a name."), fields={"name": _("Please give it a name.")})
    with transaction.atomic():
        _lock_user(user)
        own_searches = SavedSearch.objects.filter(user=user)
        if own_searches.exclude(query=canonical).count() >= MOST_SEARCHES:
            raise DomainError(
                _("You can save at most %(most)d searches. Please remove one first.")
                % {"most": MOST_SEARCHES}
            )
        search = own_searches.filter(query=canonical).first() or SavedSearch(user=user, query=canonical)
        _set_alerts(search, alerts)
        search.name = name
        search.save()
    return search


def change_search(search: SavedSearch, *, name: str, alerts: str) -> None:
    """Change the name and how often it alerts. Raises DomainError for an empty name."""
    name = clean_line(name)[:120]
    if not name:
        raise DomainError(_("Please give it a name."), fields={"name": _("Please give it a name.")})
    with transaction.atomic():
        stored = SavedSearch.objects.select_for_update().filter(pk=search.pk).first()
        if stored is None:
            return
        _set_alerts(stored, alerts)
        stored.name = name
        stored.save(update_fields=["name", "alerts", "last_told_at"])


def forget_search(search: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=search.pk).delete()


# Model of a list of terms → the facets of the library that have its codes.
FACETS_OF = {"topic": ("topic", "crime"), "language": ("language",)}


def rename_in_searches(model: str, old: str, new: str) -> None:
    """Replace the code `old` by `new` in saved searches, in the transaction that merges two terms.

    Where a person then has the same search twice, the one with more frequent alerts stays.
    """
    facets = FACETS_OF.get(model, ())
    if not facets:
        return
    rows = SavedSearch.objects.select_for_update().filter(query__contains=f"={old}").order_by("pk")
    for search in rows:
        question = LibraryQuery.of_query(search.query)
        renamed = question.with_renamed_code(facets, old, new).query()
        if renamed == question.query() or len(renamed) > MOST_CHARACTERS:
            continue
        duplicates = SavedSearch.objects.select_for_update().filter(user=search.user_id, query=renamed)
        for other in duplicates.exclude(pk=search.pk):
            if _BY_FREQUENCY.index(other.alerts) > _BY_FREQUENCY.index(search.alerts):
                search.alerts, search.last_told_at = other.alerts, other.last_told_at
            other.delete()
        search.query = renamed
        search.save(update_fields=["query", "alerts", "last_told_at"])


_BY_FREQUENCY = (Alerts.OFF, Alerts.WEEKLY, Alerts.DAILY)


def _set_alerts(search: SavedSearch, alerts: str) -> None:
    """Set how often alerts are sent. Alerts that are switched on now cover only what is new from now on."""
    if alerts not in Alerts.values:
        raise DomainError(_("Please choose how often you want to be informed."))
    if search.alerts != alerts and search.alerts == Alerts.OFF:
        search.last_told_at = now()
    search.alerts = alerts


def _lock_user(user: User) -> None:
    """Lock the row of the person, so that two requests at once do not exceed the maximum."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


# --- Alerts -------------------------------------------------------------------------------------------------
def send_due_alerts(at: datetime | None = None) -> int:
    """Send the alerts that are due. Return how many were sent.

    Each search is marked and its message stored in one transaction: a crash repeats and loses no alert.
    """
    at = at or now()
    alerts_sent = 0
    for pk in due_searches(at):
        with transaction.atomic():
            alerts_sent += _send_alert(pk, at)
    LibraryChange.objects.forget_old()
    return alerts_sent


def due_searches(at: datetime) -> list[int]:
    """Return the keys of the searches whose day or week is over, oldest first, at most `BATCH`."""
    is_due = Q()
    for alerts, interval in INTERVALS.items():
        is_due |= Q(alerts=alerts, since__lte=at - interval + GRACE)
    rows = SavedSearch.objects.annotate(since=Coalesce("last_told_at", "made_at"))
    rows = rows.filter(is_due, user__is_active=True).order_by("since", "pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _send_alert(pk: int, at: datetime) -> int:
    """Send the alert of a search if it is still due and anything is new; return 1 if sent, else 0."""
    rows = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    search = rows.filter(pk=pk).first()
    if search is None or search.alerts == Alerts.OFF:
        return 0
    since = search.last_told_at or search.made_at
    if since > at - INTERVALS[Alerts(search.alerts)] + GRACE:
        return 0  # another worker has sent it
    SavedSearch.objects.filter(pk=pk).update(last_told_at=at)
    number = new_resources(search, since, at).count()
    if not number:
        return 0
    notify(
        search.user,
        MESSAGE_KIND,
        key=f"{pk}:{at.isoformat()}",
        url_name="resources:saved_search",
        url_args=[pk],
        facts={"name": search.name, "count": number, "since": since.isoformat(), "until": at.isoformat()},
        subject=search,
    )
    return 1
