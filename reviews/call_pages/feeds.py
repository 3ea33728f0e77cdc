"""Calls as programs read them: closings as a calendar, open and closing calls as Atom feeds."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from core import ics
from core.feeds import AtomFeed
from core.time_display import by_its_clock
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call
from stakeholders.entries.models import Stakeholder
from workflow.windows.models import Extension

# How long before the closing a calendar speaks up, as RFC 5545 writes it.
REMINDERS = ("-P3D", "-PT3H")


def closings_ics(calls: Iterable[Call], *, own: Mapping[Stakeholder, Extension] | None = None) -> str:
    """Return a calendar with the instant at which each call closes.

    The UID of a call never changes. SEQUENCE counts up with every change of the published call, so that a
    calendar that knows an earlier closing moves it; a cancelled call is told as cancelled. `own` are longer
    times of the reader's own stakeholders for a single call, as entries of their own.
    """
    entries = []
    for call in calls:
        if call.is_draft or call.closes_at is None:
            continue
        title, _language = call.told_title
        entries.append(
            _entry(call, f"call-{call.pk}", _("Closes: %(call)s") % {"call": title}, call.closes_at)
        )
        for stakeholder, extension in (own or {}).items():
            own_title = _("Closes for %(stakeholder)s: %(call)s") % {
                "stakeholder": stakeholder.name,
                "call": title,
            }
            entries.append(
                _entry(call, f"call-{call.pk}-{stakeholder.pk}", own_title, extension.until, extension)
            )
    return ics.calendar(entries, name=_("Closings of calls for contributions"))


def _entry(call: Call, name: str, title: str, at: datetime, extension: Extension | None = None) -> ics.Entry:
    url = settings.SITE_URL + call.get_absolute_url()
    is_cancelled = call.status == CallStatus.CANCELLED
    # A cancellation comes after every change, and nothing comes after it. An extension has no version; the
    # minute in which it was given counts up as well.
    sequence = call.version + is_cancelled
    changed = call.updated_at
    if extension is not None:
        sequence += int(extension.at.timestamp()) // 60 - int(call.created_at.timestamp()) // 60
        changed = max(changed, extension.at)
    return ics.Entry(
        uid=f"{name}@{settings.SITE_URL.rpartition('/')[2]}",
        title=title,
        starts=at,
        ends=at,
        zone="UTC",
        changed=changed,
        sequence=sequence,
        cancelled=is_cancelled,
        about=f"{by_its_clock(at, call.zone, ends=True)}\n{url}",
        url=url,
        alarms=REMINDERS,
    )


def calls_atom(calls: Iterable[Call], *, title: str, link: str, own: str, closing: bool) -> str:
    """One entry for each call; addresses are absolute.

    With `closing` an entry is told as new when the call comes near its closing, else when it was published.
    """
    feed = AtomFeed(title=title, link=link, own=own)
    for call in calls:
        if call.closes_at is None or call.opens_at is None or call.published_at is None:
            continue
        name, _language = call.told_title
        closes = by_its_clock(call.closes_at, call.zone, ends=True)
        told_at = max(call.closes_at - timedelta(days=14), call.opens_at) if closing else call.published_at
        feed.add_item(
            title=_("Closes soon: %(call)s") % {"call": name} if closing else name,
            link=settings.SITE_URL + call.get_absolute_url(),
            description=_("Open from %(opens)s to %(closes)s.")
            % {"opens": by_its_clock(call.opens_at, call.zone), "closes": closes},
            unique_id=f"{settings.SITE_URL}/calls/{call.pk}" + ("#closing" if closing else ""),
            pubdate=told_at,
            updateddate=told_at if closing else max(call.updated_at, call.published_at),
        )
    return feed.writeString("utf-8")
