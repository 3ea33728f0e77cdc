"""The released programme as everybody reads it: by day, room, theme and organizer, and what is on now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.time_display import hours_between
from events.events.enums import EventStatus
from events.events.models import Event
from events.hooks import Act, Urgency
from events.programme.models import Programme, Release, ReleaseChange, Shown, Star
from events.proposals.enums import Partnering, ProposalStatus
from events.proposals.models import Partner, Proposal
from search.enums import Audience
from search.hooks import IS_CANCELLED, Entry
from stakeholders.entries.models import NOT_NAMED, DirectoryVersion, Stakeholder, name_column
from taxonomy.names.sorting import content_language


def meeting_documents(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield the entries of the index for meetings of a released programme."""
    rows = Proposal.objects.visible_to(AnonymousUser()).filter(pk__in=ids, number__isnull=False)
    rows = rows.select_related("event", "theme").prefetch_related("more_themes")
    leads = dict(
        Stakeholder.objects.named_to(AnonymousUser())
        .filter(proposals__in=[meeting.pk for meeting in rows])
        .values_list("pk", "name")
    )
    for meeting in rows:
        themes = [*([meeting.theme] if meeting.theme else []), *meeting.more_themes.all()]
        text = (
            meeting.summary,
            meeting.event.title,
            leads.get(meeting.lead_id, ""),
            " · ".join(theme.name_en for theme in themes),
        )
        yield Entry(
            object_id=meeting.pk,
            name=meeting.title,
            text="\n".join(filter(None, text)),
            language=meeting.language_id or "",
            audience=Audience.PUBLIC,
            country=meeting.event.country_id or "",
            facets=[
                *(f"topic:{theme.pk}" for theme in themes),
                *([IS_CANCELLED] if meeting.event.is_cancelled or meeting.status == "cancelled" else []),
            ],
            url_name="events:meeting",
            url_args=[meeting.event_id, meeting.event.slug, meeting.number],
        )


# How long before its start a meeting is announced as next.
SOON = timedelta(hours=12)
# The columns of a line; rows of values, since making models of five tables takes longer than the query.
_COLUMNS = (
    "proposal_id",
    "starts_at",
    "ends_at",
    "late_at",
    "room_id",
    "room__name",
    "room__translations",
    "room__position",
    "proposal__number",
    "proposal__title",
    "proposal__language_id",
    "proposal__status",
    "proposal__lead_id",
    "lead_name",
    "proposal__theme_id",
    "proposal__theme__name_en",
)
_RELEASED = (
    "proposal_id",
    "starts_at",
    "ends_at",
    "is_off",
    "sequence",
    "changed_at",
    "room__name",
    "room__translations",
    "proposal__number",
    "proposal__title",
    "proposal__language_id",
    "proposal__status",
    "proposal__updated_at",
    "proposal__summary",
    "lead_name",
)


@dataclass(slots=True)
class ProgrammeLine:
    """One meeting, or one official item (then without a number), at its released time."""

    title: str
    language: str
    room: str
    starts: datetime
    ends: datetime
    pk: int = 0
    number: int = 0
    room_pk: int | None = None
    room_language: str = ""
    position: int = -1
    cancelled: bool = False
    late: datetime | None = None
    organizers: list[tuple[int, str]] = field(default_factory=list)
    theme: str = ""
    theme_name: str = ""
    theme_sort: str = ""
    starred: bool = False

    @property
    def hours(self) -> str:
        return hours_between(self.starts, self.ends)

    @property
    def is_official(self) -> bool:
        return not self.number


class ProgrammeRow(NamedTuple):
    """Everything of one day that begins at one time: what is official, then one cell for each room."""

    starts: datetime
    official: list[ProgrammeLine]
    cells: list[list[ProgrammeLine]]


class Day(NamedTuple):
    """`rooms`: (name, its language) of each column."""

    date: date
    rooms: list[tuple[str, str]]
    rows: list[ProgrammeRow]
    has_official: bool

    @property
    def code(self) -> str:
        return self.date.isoformat()


class ProgrammeQuery(NamedTuple):
    """What the reader narrows the programme to; "" where nothing was chosen."""

    day: str = ""
    room: str = ""
    theme: str = ""
    organizer: str = ""

    @property
    def narrows(self) -> bool:
        return any(self)


class ReleasedMeeting(NamedTuple):
    """A released meeting with what a calendar shows of it; a row of values, as the columns above."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    sequence: int
    changed_at: datetime
    room: str
    rooms: dict[str, dict[str, str]]
    number: int | None
    title: str
    language: str | None
    status: str
    updated_at: datetime
    summary: str
    lead: str

    @classmethod
    def of(cls, shown: Shown, user: Any) -> "ReleasedMeeting":
        meeting, room = shown.proposal, shown.room
        return cls(
            meeting.pk,
            shown.starts_at,
            shown.ends_at,
            shown.is_off,
            shown.sequence,
            shown.changed_at,
            room.name,
            room.translations,
            meeting.number,
            meeting.title,
            meeting.language_id,
            meeting.status,
            meeting.updated_at,
            meeting.summary,
            meeting.lead.name_for(user),
        )

    def room_name(self, own_language: str) -> str:
        """Return the name of the room in the reader's language where it is translated."""
        language = content_language()
        return (language != own_language and self.rooms.get(language, {}).get("name")) or self.room


def event_of(user: Any, pk: int) -> Event | None:
    """Return an event that the person may see, with its programme where it has one."""
    return Event.objects.visible_to(user).select_related("programme").filter(pk=pk).first()


def programme_of(event: Event) -> Programme | None:
    return getattr(event, "programme", None)


def event_part(_user: Any, event: Event) -> Mapping[str, Any] | None:
    """Return the link to the programme, once a version of it is public."""
    programme = programme_of(event) if event.has_programme else None
    if programme is None or not programme.released:
        return None
    is_on = event.has_started and not event.is_over
    url = reverse("events:programme", args=[event.pk, event.slug])
    act = Act(Urgency.UNDER_WAY if is_on else Urgency.LOOK_AHEAD, _("See the programme"), url)
    return {"programme": programme, "act": act}


def lines_of(user: Any, event: Event, *, starred_only: bool = False) -> list[ProgrammeLine]:
    """Return every meeting of the released programme and every official item, by time and room.

    Times are in the event's zone.
    """
    language = content_language()
    rows = _released_rows(user, event).filter(is_off=False)
    if starred_only:
        rows = rows.filter(proposal__stars__user=user)
    meetings = list(
        rows.values(*_COLUMNS, f"proposal__theme__name_{language}", f"proposal__theme__sort_{language}")
    )
    partners = _partners(user, [row["proposal_id"] for row in meetings])
    stars: Collection[int] = ()
    if user.is_authenticated and not starred_only:
        stars = set(
            Star.objects.filter(user=user, proposal__event=event).values_list("proposal_id", flat=True)
        )
    lines = [
        _line(
            row,
            event,
            language,
            partners.get(row["proposal_id"], []),
            starred=starred_only or row["proposal_id"] in stars,
        )
        for row in meetings
    ]
    if not starred_only:
        lines += official_of(event, rooms={line.room_pk: line.room for line in lines if line.room_pk})
    return sorted(lines, key=lambda line: (line.starts, line.position, line.room, line.number))


def released_meetings(
    user: Any, event: Event, *, starred_only: bool = False, number: int | None = None
) -> list[ReleasedMeeting]:
    """Return the released meetings of the event for calendars, with those that are off."""
    rows = _released_rows(user, event)
    if starred_only:
        rows = rows.filter(proposal__stars__user=user)
    if number is not None:
        rows = rows.filter(proposal__number=number)
    return [ReleasedMeeting(*row) for row in rows.values_list(*_RELEASED)]


def _released_rows(user: Any, event: Event) -> QuerySet[Shown]:
    shown = Shown.objects.visible_to(user).filter(
        proposal__event=event, proposal__status__in=ProposalStatus.NUMBERED
    )
    named = shown.annotate(lead_name=name_column(user, "proposal__lead"))
    return named.order_by("starts_at", "room__position", "pk")


def marked_meetings(person: Any, *, coming: bool = False) -> QuerySet[Shown]:
    """Return the released meetings of all events that the person marked, as everybody sees them.

    Those that are off or cancelled are among them, unless only what is still `coming` is asked for.
    """
    rows = Shown.objects.visible_to(AnonymousUser()).filter(
        proposal__stars__user=person, proposal__status__in=ProposalStatus.NUMBERED
    )
    if coming:
        rows = rows.filter(
            ends_at__gte=now(),
            is_off=False,
            proposal__status=ProposalStatus.ACCEPTED,
            proposal__event__status=EventStatus.PUBLISHED,
        )
    return rows.select_related("room", "proposal__lead", "proposal__event").order_by("starts_at", "pk")


def official_of(event: Event, rooms: Mapping[int, str]) -> list[ProgrammeLine]:
    """Return the official items as they were released; `rooms` maps ids to names."""
    programme = programme_of(event)
    clock, language = event.clock, content_language()
    items = []
    for item in programme.official if programme else ():
        translated = item["translations"].get(language, {}).get("title", "")
        items.append(
            ProgrammeLine(
                title=translated or item["title"],
                language=language if translated else item["language"],
                room=rooms.get(item["room"] or 0) or item["place"],
                starts=datetime.fromisoformat(item["starts"]).astimezone(clock),
                ends=datetime.fromisoformat(item["ends"]).astimezone(clock),
            )
        )
    return items


def choices(lines: Iterable[ProgrammeLine]) -> dict[str, list[tuple[str, str]]]:
    """Return (code, name) of every day, room, theme and organizer that the programme has."""
    lines = list(lines)
    days = sorted({line.starts.date() for line in lines})
    rooms = {(line.position, line.room, str(line.room_pk)) for line in lines if line.room_pk}
    themes = {(line.theme_sort, line.theme, line.theme_name) for line in lines if line.theme}
    organizers = {(name.casefold(), str(pk), name) for line in lines for pk, name in line.organizers if pk}
    return {
        "day": [(day.isoformat(), date_format(day, "l, j F")) for day in days],
        "room": [(code, name) for _position, name, code in sorted(rooms)],
        "theme": [(code, name) for _sort, code, name in sorted(themes)],
        "organizer": [(code, name) for _sort, code, name in sorted(organizers)],
    }


def narrow_lines(lines: Iterable[ProgrammeLine], query: ProgrammeQuery) -> list[ProgrammeLine]:
    """Return the lines that match every filter of the query; official items match a day alone."""
    return [
        line
        for line in lines
        if (not query.day or line.starts.date().isoformat() == query.day)
        and (not query.room or str(line.room_pk) == query.room)
        and (not query.theme or line.theme == query.theme)
        and (not query.organizer or any(str(pk) == query.organizer for pk, _name in line.organizers))
    ]


def days_of(lines: Iterable[ProgrammeLine]) -> list[Day]:
    by_day: dict[date, list[ProgrammeLine]] = defaultdict(list)
    for line in lines:
        by_day[line.starts.date()].append(line)
    return [_day(day, of_day) for day, of_day in sorted(by_day.items())]


def on_now(
    lines: Iterable[ProgrammeLine], at: datetime | None = None
) -> tuple[list[ProgrammeLine], list[ProgrammeLine]]:
    """Return (what is on, what begins next); each is empty where nothing is near."""
    moment = at or now()
    held = [line for line in lines if not line.cancelled]
    running = [line for line in held if line.starts <= moment < line.ends]
    coming = [line for line in held if moment < line.starts <= moment + SOON]
    first = min((line.starts for line in coming), default=None)
    return running, [line for line in coming if line.starts == first]


def stamp_of(event: Event) -> str:
    """Return a key for cached pages of the programme.

    It changes with every release, with what is cancelled or hidden, and with names of the directory.
    """
    programme = programme_of(event)
    shown = Shown.objects.filter(proposal__event=event).aggregate(
        cancelled=Count("pk", filter=Q(proposal__status=ProposalStatus.CANCELLED)),
        hidden=Count("pk", filter=Q(proposal__status__in=ProposalStatus.OUT_OF_VIEW)),
    )
    of_event = f"{event.pk}:{event.version}:{event.sequence}"
    released = programme.released if programme else 0
    names = DirectoryVersion.objects.current()
    return f"{of_event}:{released}:{shown['cancelled']}:{shown['hidden']}:{names}"


def releases_of(event: Event) -> list[Release]:
    """Return all versions, the newest first, each with its changes as `lines`.

    Changes of meetings that are hidden are left out.
    """
    releases = list(Release.objects.filter(programme__event=event))
    changes: dict[int, list[ReleaseChange]] = defaultdict(list)
    rows = ReleaseChange.objects.filter(release__in=releases).select_related("proposal")
    for change in rows.exclude(proposal__status__in=ProposalStatus.OUT_OF_VIEW):
        changes[change.release_id].append(change)
    for version in releases:
        version.lines = changes[version.pk]  # type: ignore[attr-defined]
    return releases


def partners_of(meeting: Proposal) -> list[Stakeholder]:
    confirmed = meeting.partners.filter(status=Partnering.CONFIRMED).select_related("stakeholder__logo")
    return [partner.stakeholder for partner in confirmed]


def _partners(user: Any, meetings: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    partners: dict[int, list[tuple[int, str]]] = defaultdict(list)
    confirmed = Partner.objects.filter(proposal__in=meetings, status=Partnering.CONFIRMED)
    named = confirmed.annotate(named=name_column(user, "stakeholder"))
    for meeting, pk, name in named.values_list("proposal_id", "stakeholder_id", "named"):
        partners[meeting].append(_organizer(pk, name))
    return partners


def _organizer(pk: int, name: str) -> tuple[int, str]:
    """Return (id, name); the id is 0 where the name is not shown, since it would lead to the profile."""
    return (0 if name == str(NOT_NAMED) else pk), name


def _line(
    row: Mapping[str, Any], event: Event, language: str, partners: list[tuple[int, str]], *, starred: bool
) -> ProgrammeLine:
    clock = event.clock
    translated = row["room__translations"].get(language, {}).get("name", "")
    cancelled = event.is_cancelled or row["proposal__status"] == ProposalStatus.CANCELLED
    return ProgrammeLine(
        title=row["proposal__title"],
        language=row["proposal__language_id"] or "",
        room=translated or row["room__name"],
        room_language=language if translated else event.language_id,
        starts=row["starts_at"].astimezone(clock),
        ends=row["ends_at"].astimezone(clock),
        pk=row["proposal_id"],
        number=row["proposal__number"],
        room_pk=row["room_id"],
        position=row["room__position"],
        cancelled=cancelled,
        late=row["late_at"],
        organizers=[_organizer(row["proposal__lead_id"], row["lead_name"]), *partners],
        theme=row["proposal__theme_id"] or "",
        theme_name=row[f"proposal__theme__name_{language}"] or row["proposal__theme__name_en"] or "",
        theme_sort=row[f"proposal__theme__sort_{language}"] or "",
        starred=starred,
    )


def _day(day: date, lines: list[ProgrammeLine]) -> Day:
    rooms = sorted(
        {(line.position, line.room, line.room_pk, line.room_language) for line in lines if line.room_pk}
    )
    rows = []
    for starts in sorted({line.starts for line in lines}):
        here = [line for line in lines if line.starts == starts]
        cells: dict[int | None, list[ProgrammeLine]] = {pk: [] for _position, _name, pk, _language in rooms}
        for line in here:
            if line.room_pk:
                cells[line.room_pk].append(line)
        rows.append(ProgrammeRow(starts, [line for line in here if line.is_official], list(cells.values())))
    named = [(name, language) for _position, name, _pk, language in rooms]
    return Day(day, named, rows, any(row.official for row in rows))
