"""Recordings and slides of meetings and events go to the library: suggested once, curated by its desk."""

from collections.abc import Iterable
from typing import Any

from accounts.people.models import User
from core.uploads import StoredFile
from events.events import files
from events.events.dates import days_of
from events.events.models import Event
from events.meeting_reports.enums import LinkKind
from events.meeting_reports.models import LibraryEntry, Report
from events.proposals.models import Proposal
from resources.records.enums import Audience, ResourceKind
from resources.records.models import Resource
from resources.suggestions.actions import offer
from resources.suggestions.queries import already_there

# What of a meeting is for the library, and as what.
KINDS = {LinkKind.RECORDING: ResourceKind.VIDEO, LinkKind.SLIDES: ResourceKind.PRESENTATION}


def suggest_report_to_library(report: Report) -> None:
    """Suggest recordings and slides of a published report to the library: addresses, and files of slides."""
    common: dict[str, Any] = {
        "language": report.language_id,
        "about": report.summary,
        "by": report.written_by if report.lead_id else None,
    }
    for link in report.links.filter(kind__in=KINDS):
        suggest_to_library(
            report.event, report.proposal, kind=link.kind, title=link.title, url=link.url, **common
        )
    for file in report.files.filter(kind=LinkKind.SLIDES):
        suggest_to_library(
            report.event, report.proposal, kind=file.kind, title=file.title, file=file, **common
        )


def suggest_to_library(
    event: Event,
    meeting: Proposal | None,
    *,
    kind: str,
    title: str,
    url: str = "",
    file: StoredFile | None = None,
    language: str,
    about: str,
    by: User | None,
) -> None:
    """Suggest a recording or slides, unless the library has them or had them suggested.

    Called in the transaction of the act that makes them public. The page of the meeting then shows the
    record.
    """
    if kind not in KINDS:
        return
    library_item = already_there(url=url, sha256=file.sha256 if file else "")
    if library_item is None:
        edition = {"title": _library_title(str(meeting or event), title), "abstract": about, "link": url}
        facts: dict[str, Any] = {
            "kind": KINDS[LinkKind(kind)].value,
            "audience": Audience.PUBLIC.value,
            "language": language,
            "published_on": _day(event, meeting),
            "topics": sorted(_topics(event, meeting)),
            "source": f"{event.title} · {meeting}"[:300] if meeting else event.title,
            "source_url": _page(event, meeting),
            f"edition_{language}": {name: value for name, value in edition.items() if value},
        }
        lead = meeting.lead if meeting else event.organizer
        library_item = offer(facts, stakeholder=lead, by=by, file=file)
    _link_to_record(event, meeting, library_item)


def _link_to_record(event: Event, meeting: Proposal | None, resource: Resource) -> None:
    LibraryEntry.objects.bulk_create(
        [LibraryEntry(event=event, proposal=meeting, resource=resource)], ignore_conflicts=True
    )


def _library_title(of: str, title: str) -> str:
    """Return a title as "Fish and crime: Recording", or `title` alone where it names its meeting."""
    return (title if of.casefold() in title.casefold() else f"{of}: {title}")[:300]


def _topics(event: Event, meeting: Proposal | None) -> set[str]:
    topics: Iterable[str] = event.topics.values_list("pk", flat=True)
    if meeting is not None:
        own = meeting.more_themes.values_list("pk", flat=True)
        topics = [*own, *([meeting.theme_id] if meeting.theme_id else [])] or topics
    return {str(code) for code in topics}


def _day(event: Event, meeting: Proposal | None) -> str:
    shown = getattr(meeting, "shown", None)
    if shown is not None:
        return str(shown.starts_at.astimezone(event.clock).date().isoformat())
    return str(days_of(event)[0].isoformat()) if event.starts_at and event.ends_at else ""


def _page(event: Event, meeting: Proposal | None) -> str:
    if meeting is None or meeting.number is None:
        return files.address_of(event)
    return files.meeting_address(event, meeting.number)
