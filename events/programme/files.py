"""What is public of a programme, as calendars and as a table."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import ics
from core.spreadsheets import Column
from events.events.files import meeting_address
from events.events.models import Event
from events.programme.queries import ReleasedMeeting
from events.proposals.enums import ProposalStatus
from taxonomy.names.models import choices_of
from taxonomy.terms.models import Language


def programme_columns(event: Event) -> list[Column]:
    """The public programme: a row for each meeting or official item."""
    languages = dict(choices_of(Language)[0])
    clock = _("By the clock of the event.")
    return [
        Column(_("Number"), lambda line: line.number or "", "", "number"),
        Column(_("Day"), lambda line: line.starts.date(), clock, "day"),
        Column(
            _("Start"), lambda line: line.starts.time(), clock, "starts", lambda line: f"{line.starts:%H:%M}"
        ),
        Column(_("End"), lambda line: line.ends.time(), clock, "ends", lambda line: f"{line.ends:%H:%M}"),
        Column(_("Time zone"), lambda line: event.zone, "", "zone"),
        Column(_("Room"), lambda line: line.room, "", "room"),
        Column(_("Title"), lambda line: line.title, "", "title"),
        Column(
            _("Language"),
            lambda line: languages.get(line.language, line.language),
            "",
            "language",
            lambda line: line.language,
        ),
        Column(
            _("Organizers"), lambda line: "; ".join(name for _pk, name in line.organizers), "", "organizers"
        ),
        Column(_("Theme"), lambda line: line.theme_name, "", "theme", lambda line: line.theme),
        Column(
            _("Status"),
            lambda line: _("Cancelled") if line.cancelled else "",
            "",
            "status",
            lambda line: "cancelled" if line.cancelled else "",
        ),
        Column(
            _("Address"),
            lambda line: meeting_address(event, line.number) if line.number else "",
            "",
            "address",
        ),
    ]


def calendar(event: Event, shown: Iterable[ReleasedMeeting], *, name: str) -> str:
    """Return meetings as a calendar file; cancelled and removed ones have the status CANCELLED."""
    url = settings.SITE_URL + reverse("events:programme", args=[event.pk, event.slug])
    return ics.calendar([entry_of(event, meeting) for meeting in shown], name=name, url=url)


def entry_of(event: Event, meeting: ReleasedMeeting) -> ics.Entry:
    """Return the calendar entry of one meeting; the link for taking part is not in it."""
    cancelled = meeting.is_off or event.is_cancelled or meeting.status == ProposalStatus.CANCELLED
    title = f"{meeting.number} · {meeting.title}"
    changes = [meeting.changed_at, *([meeting.updated_at] if cancelled else [])]
    return ics.Entry(
        uid=f"meeting-{meeting.pk}@{settings.SITE_URL.rpartition('/')[2].partition(':')[0]}",
        title=_("Cancelled: %(title)s") % {"title": title} if cancelled else title,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        zone=event.zone,
        # A cancellation, of it or of the whole event, comes after every change of its time.
        changed=max(*changes, event.updated_at) if event.is_cancelled else max(changes),
        sequence=meeting.sequence + (cancelled and not meeting.is_off),
        cancelled=cancelled,
        language=meeting.language or "",
        about="\n".join(filter(None, (meeting.lead, meeting.summary))),
        place=pgettext("between the parts of an address", ", ").join(
            filter(None, (meeting.room_name(event.language_id), event.venue, event.city))
        ),
        url=meeting_address(event, meeting.number or 0),
    )
