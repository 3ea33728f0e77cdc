"""The closings as a calendar, and the open opportunities as an Atom feed."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from core import ics
from core.feeds import AtomFeed
from core.time_display import by_its_clock
from portal.opportunities.queries import Opportunity
from reviews.call_pages.feeds import REMINDERS


def closings_ics(opportunities: Iterable[Opportunity], *, page: str) -> str:
    """Return a calendar of the closings. A UID never changes; a cancelled entry has STATUS:CANCELLED."""
    entries = [
        ics.Entry(
            # A call has the UID of its own file.
            uid=f"{opportunity.code}@{settings.SITE_URL.rpartition('/')[2]}",
            title=_("Closes: %(call)s") % {"call": opportunity.told_title[0]},
            starts=opportunity.closes_at,
            ends=opportunity.closes_at,
            zone="UTC",
            changed=opportunity.changed,
            sequence=opportunity.sequence + opportunity.is_cancelled,
            cancelled=opportunity.is_cancelled,
            about="\n".join(
                [
                    str(opportunity.kind.label),
                    by_its_clock(opportunity.closes_at, opportunity.zone, ends=True),
                    _address(opportunity),
                ]
            ),
            url=_address(opportunity),
            categories=(str(opportunity.kind.label),),
            alarms=REMINDERS,
        )
        for opportunity in opportunities
        if opportunity.closes_at is not None
    ]
    return ics.calendar(entries, name=_("WhatsOn: closing dates"), url=page)


def opportunities_atom(opportunities: Iterable[Opportunity], *, page: str, own: str) -> str:
    """Return an Atom feed of what is open, dated by its opening, the latest first."""
    feed = AtomFeed(title=_("WhatsOn: opportunities"), link=page, own=own)
    for opportunity in sorted(opportunities, key=lambda opportunity: opportunity.opens_at, reverse=True):
        period = _period(opportunity)
        feed.add_item(
            title=opportunity.told_title[0],
            link=_address(opportunity),
            description=f"{_('Full: join the waiting list')}. {period}" if opportunity.is_full else period,
            unique_id=f"{settings.SITE_URL}/opportunities/{opportunity.code}",
            pubdate=opportunity.opens_at,
            updateddate=max(opportunity.opens_at, opportunity.changed),
            categories=[str(opportunity.kind.label)],
        )
    return feed.writeString("utf-8")


def _period(opportunity: Opportunity) -> str:
    if opportunity.closes_at is None:
        return _("Open at any time.")
    return _("Open from %(opens)s to %(closes)s.") % {
        "opens": by_its_clock(opportunity.opens_at, opportunity.zone),
        "closes": by_its_clock(opportunity.closes_at, opportunity.zone, ends=True),
    }


def _address(opportunity: Opportunity) -> str:
    return settings.SITE_URL + opportunity.url
