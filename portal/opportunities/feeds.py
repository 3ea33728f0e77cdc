"""Opportunities as programs read them: closings as a calendar, what is open as an Atom feed."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from core import ics
from core.feeds import AtomFeed
from core.time_display import by_its_clock
from portal.opportunities.queries import Opportunity
from reviews.call_pages.feeds import REMINDERS


def closings_ics(found: Iterable[Opportunity], *, page: str) -> str:
    """The instant at which each closes. A UID never changes; what was cancelled is told as cancelled."""
    entries = [
        ics.Entry(
            # A call has the UID of its own file.
            uid=f"{one.kind}-{one.pk}@{settings.SITE_URL.rpartition('/')[2]}",
            title=_("Closes: %(call)s") % {"call": one.told_title[0]},
            starts=one.at,
            ends=one.at,
            zone="UTC",
            changed=one.changed,
            sequence=one.sequence + one.is_cancelled,
            cancelled=one.is_cancelled,
            about=f"{one.kind.label}\n{by_its_clock(one.at, one.zone, ends=True)}\n{_address(one)}",
            url=_address(one),
            categories=(str(one.kind.label),),
            alarms=REMINDERS,
        )
        for one in found
    ]
    return ics.calendar(entries, name=_("WhatsOn: closing dates"), url=page)


def opportunities_atom(found: Iterable[Opportunity], *, page: str, own: str) -> str:
    """What is open, as new on the day on which it opened; the latest first."""
    feed = AtomFeed(title=_("WhatsOn: opportunities"), link=page, own=own)
    for one in sorted(found, key=lambda one: one.opens_at, reverse=True):
        period = _("Open from %(opens)s to %(closes)s.") % {
            "opens": by_its_clock(one.opens_at, one.zone),
            "closes": by_its_clock(one.at, one.zone, ends=True),
        }
        feed.add_item(
            title=one.told_title[0],
            link=_address(one),
            description=f"{_('Full: join the waiting list')}. {period}" if one.is_full else period,
            unique_id=f"{settings.SITE_URL}/opportunities/{one.kind}-{one.pk}",
            pubdate=one.opens_at,
            updateddate=max(one.opens_at, one.changed),
            categories=[str(one.kind.label)],
        )
    return feed.writeString("utf-8")


def _address(one: Opportunity) -> str:
    return settings.SITE_URL + one.url
