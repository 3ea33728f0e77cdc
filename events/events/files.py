"""Events as calendar files, as a feed, as an attachment of mails, and as machines read a page."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import ics
from core.feeds import AtomFeed
from core.text import in_script
from events.events.dates import days_of, when
from events.events.enums import Mode
from events.events.models import Event
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.identifiers import REGISTRIES, linked_body
from stakeholders.entries.models import Stakeholder

MODES = {
    Mode.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Mode.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Mode.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


def host() -> str:
    return settings.SITE_URL.rpartition("/")[2].partition(":")[0]


def address_of(event: Event) -> str:
    return settings.SITE_URL + event.get_absolute_url()


def place_of(event: Event) -> str:
    """Return venue, city and country as one line; "" for an event that is held online alone."""
    return pgettext("between the parts of an address", ", ").join(parts_of_place(event))


def parts_of_place(event: Event) -> list[str]:
    country = event.country.name if event.country else ""
    return [part for part in (event.venue, event.city, country) if part]


def entry_of(event: Event) -> ics.Entry:
    """What a calendar shows of an event that has a date; never the link for taking part."""
    if event.starts_at is None or event.ends_at is None:
        raise ValueError("An event without a date is on no calendar.")
    title, language = event.told_title
    return ics.Entry(
        uid=f"event-{event.pk}@{host()}",
        title=_("Cancelled: %(title)s") % {"title": title} if event.is_cancelled else title,
        starts=event.starts_at,
        ends=event.ends_at,
        zone=event.zone,
        whole_days=event.whole_days,
        changed=event.updated_at,
        sequence=event.sequence,
        cancelled=event.is_cancelled,
        language=language,
        about=event.told_about[0],
        place=place_of(event) or (str(Mode.ONLINE.label) if event.mode == Mode.ONLINE else ""),
        url=address_of(event),
        categories=(event.get_kind_display(),),
    )


def calendar_of(events: Iterable[Event], *, name: str, url: str = "", about: str = "") -> str:
    return ics.calendar([entry_of(event) for event in events], name=name, url=url, about=about)


def atom_of(events: Iterable[Event], *, title: str, link: str, own: str) -> str:
    feed = AtomFeed(title=title, link=link, own=own)
    for event in events:
        event_title = event.told_title[0]
        feed.add_item(
            title=_("Cancelled: %(title)s") % {"title": event_title} if event.is_cancelled else event_title,
            link=address_of(event),
            description="\n".join(filter(None, (when(event).text, place_of(event), event.told_about[0]))),
            unique_id=f"{settings.SITE_URL}/events/{event.pk}",
            pubdate=event.published_at,
            updateddate=event.updated_at,
        )
    return feed.writeString("utf-8")


def linked_data(user: Any, event: Event, languages: Iterable[str], previous_start: str = "") -> SafeString:
    """JSON-LD of what the page shows to `user`, safe inside a script element."""
    starts, ends = event.starts_at, event.ends_at
    where: list[dict[str, Any]] = []
    if event.mode in Mode.ON_SITE and (event.city or event.country):
        address = {
            "@type": "PostalAddress",
            "addressLocality": event.city,
            "addressCountry": event.country.iso2 if event.country else "",
        }
        address = {key: value for key, value in address.items() if value}
        where.append({"@type": "Place", "name": event.venue or event.city, "address": address})
    if event.mode in Mode.REMOTE:
        where.append({"@type": "VirtualLocation", "url": event.url or address_of(event)})
    names = [] if event.organizer else event.organizer_names
    if not event.organizer and not names and (event.code == "" or event.body_id):
        names = [_("United Nations Office on Drugs and Crime")]
    organizers = [{"@type": "Organization", "name": name} for name in names]
    if event.organizer and event.organizer.is_named_to(user):
        organizers.append(_body(event.organizer))
    status = "EventCancelled" if event.is_cancelled else "EventScheduled"
    if previous_start and not event.is_cancelled:
        status = "EventRescheduled"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.told_title[0],
        "description": event.told_about[0],
        "url": address_of(event),
        "startDate": _iso_moment(event, starts, first=True),
        "endDate": _iso_moment(event, ends, first=False),
        "previousStartDate": previous_start,
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": MODES[Mode(event.mode)] if event.mode else "",
        "location": where,
        "inLanguage": list(languages),
        "organizer": organizers,
    }
    return in_script({key: value for key, value in data.items() if value})


def _body(entry: Stakeholder) -> dict[str, Any]:
    """Return the organization with its page and registry numbers where it is public, else its name alone."""
    if entry.status not in Status.SHOWN or entry.listing != Listing.PUBLIC:
        return {"@type": "Organization", "name": entry.name}
    columns = {name: str(getattr(entry, name)) for name in ("kind", "name", *REGISTRIES)}
    return linked_body(columns, settings.SITE_URL + entry.get_absolute_url())


def _iso_moment(event: Event, moment: Any, *, first: bool) -> str:
    if moment is None:
        return ""
    if event.whole_days:
        return days_of(event)[0 if first else 1].isoformat()
    return str(moment.astimezone(event.clock).isoformat())


def calendar_file(message: Any) -> list[tuple[str, str, str]]:
    """The event as a calendar file, as it stands when the mail leaves: same UID, its present SEQUENCE."""
    if message.subject_kind == "events.event":
        event = Event.objects.select_related("country").filter(pk=message.subject_id).first()
    else:
        of = Event.objects.filter(registration_rules__registrations=message.subject_id)
        event = of.select_related("country").first()
    if event is None or event.starts_at is None:
        return []
    text = calendar_of([event], name=event.told_title[0], url=address_of(event))
    return [(f"event-{event.pk}.ics", text, "text/calendar")]


def meeting_address(event: Event, number: int) -> str:
    return settings.SITE_URL + reverse("events:meeting", args=[event.pk, event.slug, number])
