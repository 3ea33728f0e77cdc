"""Files that programs read: deadlines as a calendar, changes as an Atom feed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core import ics
from core.feeds import AtomFeed
from core.partial_dates import date_text
from reviews.mechanism.enums import StepStatus
from reviews.mechanism.queries import phase_name
from reviews.tracker.models import CountryReview, StepRecord
from reviews.tracker.queries_deadlines import Due


def deadlines_ics(review: CountryReview, dues: Iterable[Due], url: str) -> str:
    """Return a calendar of whole days, without steps that are done."""
    name = review.country.name
    host = settings.SITE_URL.rpartition("/")[2]
    entries = []
    for due in dues:
        if due.done:
            continue
        title = _("%(country)s: %(step)s due (%(phase)s)") % {
            "country": name,
            "step": due.step.name,
            "phase": phase_name(due.cluster.pk, due.cluster.name),
        }
        starts = datetime.combine(due.day, time(), UTC)
        entries.append(
            ics.Entry(
                uid=f"review-{review.country_id}-{due.cluster.pk}-{due.step.pk}@{host}",
                title=title,
                starts=starts,
                ends=starts + timedelta(days=1),
                zone="UTC",
                whole_days=True,
                changed=now(),
                about=_("Counted by the rule of the mechanism; the sources may differ."),
                url=url,
            )
        )
    return ics.calendar(entries, name=_("Country review of %(country)s") % {"country": name}, url=url)


def changes_atom(
    records: Sequence[StepRecord], *, title: str, link: str, own: str, url_of: Mapping[str, str]
) -> str:
    """Return the newest records. `url_of`: ISO3 → the page of its review; addresses are absolute."""
    feed = AtomFeed(title=title, link=link, own=own)
    for record in records:
        feed.add_item(
            title=_("%(country)s: %(step)s (%(phase)s)")
            % {
                "country": record.review.country.name,
                "step": record.step.name,
                "phase": phase_name(record.cluster.pk, record.cluster.name),
            },
            link=url_of[record.review.country_id],
            description=_sentence_of(record),
            unique_id=f"{settings.SITE_URL}/reviews/records/{record.pk}",
            pubdate=record.recorded_at,
            updateddate=record.recorded_at,
        )
    return feed.writeString("utf-8")


def _sentence_of(record: StepRecord) -> str:
    facts: dict[str, Any] = {
        "status": StepStatus(record.status).label,
        "date": date_text(record.date),
        "source": record.source,
    }
    if record.is_demo:
        return _("Demonstration: %(status)s. Source: %(source)s") % facts
    if record.date:
        return _("%(status)s, %(date)s. Source: %(source)s") % facts
    return _("%(status)s. Source: %(source)s") % facts
