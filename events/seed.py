"""Loads bodies and questions of eligibility from events/data, and what sources tell of events from content/.

Safe to repeat. An event that the desk edited stays as it is, with its documents and attendance; so does what
no file names any more, which says so. A document or number that the desk edited is left alone, too. Events of
low confidence, and those of status `submitted`, wait for the desk; documents and numbers of low confidence
are not loaded.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.timezone import now

from accounts.people.enums import Role
from core.spreadsheet_cells import SEPARATOR
from core.text import clean_line
from events.events.actions import LOOK
from events.events.enums import EventKind, EventStatus, MeetingWord
from events.events.models import Body, Event
from events.events.models_sources import Attendance, EventDocument
from events.reviewing.models import EligibilityQuestion
from search.actions import index_many
from stakeholders.entries.models import DirectoryVersion
from taxonomy.places.models import Country
from taxonomy.seed import BadRow, Counts, living_codes, load_lists, mark_gone, read_rows
from taxonomy.terms.models import Language, Topic
from workflow.items.actions import open_item
from workflow.windows.models import VIENNA

DATA = Path(__file__).resolve().parent / "data"
LISTS = (("bodies.csv", Body), ("eligibility_questions.csv", EligibilityQuestion))
LOW = "low"
LEFT_OUT = "documents and numbers of low confidence, left out"
NOT_NAMED = "events that no file names any more, left as they are"
# What the files decide of an event; the rest belongs to the desk.
COLUMNS = (
    "kind",
    "body_id",
    "title",
    "language_id",
    "about",
    "part_of_id",
    "organizer_names",
    "co_organizer_names",
    "supporting_states",
    "speaker_institutions",
    "starts_at",
    "ends_at",
    "whole_days",
    "zone",
    "mode",
    "venue",
    "city",
    "country_id",
    "meeting_word",
    "source",
    "source_url",
    "source_date",
    "note",
    "left_source",
)


def load_events(folder: Path = DATA) -> dict[str, Counts]:
    """Load bodies and questions as the files have them, all or nothing; return counts by file.

    Needs the reference data. Raises BadRow. What the desk edited stays, and so does what no file names.
    """
    return load_lists(LISTS, folder)


def load_sourced_events(folder: Path) -> dict[str, Any]:
    """Load all four files, all or nothing; return counts by file. Raises BadRow."""
    with transaction.atomic():
        loader = _Loader()
        loads = {
            "events.csv": loader.load_events,
            "side_events.csv": loader.load_events,
            "event_documents.csv": loader.load_documents,
            "event_attendance.csv": loader.load_attendance,
        }
        rows = {name: _rows(folder / name) for name in loads}
        left_out = 0
        report: dict[str, Any] = {}
        for name, load in loads.items():
            usable = [row for row in rows[name] if load == loader.load_events or row["confidence"] != LOW]
            left_out += len(rows[name]) - len(usable)
            report[name] = load(usable)
        codes = {name: {row["code"] for row in rows_of_file} for name, rows_of_file in rows.items()}
        for model, name in ((EventDocument, "event_documents.csv"), (Attendance, "event_attendance.csv")):
            mark_gone(model, codes[name])
        named = codes["events.csv"] | codes["side_events.csv"]
        loader.finish(named)
    return report | {LEFT_OUT: left_out, NOT_NAMED: len(loader.events.keys() - named)}


class _CsvRow(dict[str, str]):
    """One line of a file, by column, and where it stands."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        super().__init__(cells)
        self.file, self.line = file, line

    def refuse(self, column: str, problem: str) -> BadRow:
        return BadRow(self.file, self.line, column, problem)

    def one_of(self, column: str, known: Any) -> str:
        """Return the code in this column; "" where it is empty. Raises BadRow for one that is not known."""
        code = self.get(column, "")
        if code and code not in known:
            raise self.refuse(column, f"{code!r} is not known.")
        return code

    def many_of(self, column: str, known: Any = None) -> list[str]:
        parts = [part for text in self.get(column, "").split(SEPARATOR) if (part := text.strip())]
        if known is not None and not set(known).issuperset(parts):
            raise self.refuse(column, f"{self[column]!r} is not known.")
        return parts


class _Loader:
    def __init__(self) -> None:
        events = Event.objects.exclude(code="").select_for_update(of=("self",)).prefetch_related("topics")
        self.events = {event.code: event for event in events}
        self.bodies, self.countries, self.topics, self.languages = (
            living_codes(model) for model in (Body, Country, Topic, Language)
        )
        self.touched: set[int] = set()

    def load_events(self, rows: list[_CsvRow]) -> Counts:
        """Take in events; one that belongs to another stands below it in its file.

        One of low confidence waits for the desk, as does one that its row says is `submitted`.
        """
        counts = Counts()
        for row in rows:
            columns, topics = self._read(row)
            event = self.events.get(row["code"])
            if event is None:
                status = EventStatus.SUBMITTED if row["confidence"] == LOW else row["status"]
                event = Event(code=row["code"], status=status)
                counts.created += 1
            elif _columns(event) == columns and {topic.pk for topic in event.topics.all()} == topics:
                counts.unchanged += 1
                continue
            elif event.edited_by_hand:
                counts.skipped += 1
                continue
            else:
                event.sequence += 1
                event.version += 1
                event.updated_at = now()
                counts.updated += 1
            for name, value in columns.items():
                setattr(event, name, value)
            _check(event, row)
            is_new = event.pk is None
            event.save()
            if is_new and event.status == EventStatus.SUBMITTED:
                open_item(event, LOOK, waits_for=Role.EVENTS)
            event.topics.set(Topic.objects.filter(pk__in=topics))
            self.events[event.code] = event
            self.touched.add(event.pk)
        return counts

    def _read(self, row: _CsvRow) -> tuple[dict[str, Any], set[str]]:
        """Return (value by column, topics); a merged topic or language is replaced by where it leads."""
        row.one_of("status", EventStatus.values)
        zone = row.get("zone") or VIENNA
        starts, ends, whole = _times(row, zone)
        part_of = row.one_of("part_of", self.events)
        word = MeetingWord.ANCILLARY if row["kind"] == EventKind.CONGRESS else MeetingWord.SIDE_EVENT
        columns: dict[str, Any] = {
            "body_id": row.one_of("body", self.bodies) or None,
            "language_id": self.languages[row.one_of("language", self.languages) or "en"],
            "part_of_id": self.events[part_of].pk if part_of else None,
            "organizer_names": row.many_of("organizer_names"),
            "co_organizer_names": row.many_of("co_organizer_names"),
            "supporting_states": row.many_of("supporting_states", self.countries),
            "speaker_institutions": row.many_of("speaker_institutions"),
            "starts_at": starts,
            "ends_at": ends,
            "whole_days": whole,
            "zone": zone,
            "country_id": row.one_of("country", self.countries) or None,
            "meeting_word": word.value,
            "source_date": _day(row),
            "left_source": False,
        }
        plain = ("kind", "title", "about", "mode", "venue", "city", "source", "source_url", "note")
        topics = {self.topics[code] for code in row.many_of("topics", self.topics)}
        return columns | {name: row.get(name, "") for name in plain}, topics

    def load_documents(self, rows: list[_CsvRow]) -> Counts:
        plain = ("symbol", "title", "source", "source_url")
        return self._load_of_events(
            EventDocument, rows, {row["code"]: {name: row[name] for name in plain} for row in rows}
        )

    def load_attendance(self, rows: list[_CsvRow]) -> Counts:
        plain = ("precision", "what", "counted_by", "source_url")
        values = {row["code"]: {name: row[name] for name in plain} | {"number": _number(row)} for row in rows}
        return self._load_of_events(Attendance, rows, values)

    def _load_of_events(self, model: Any, rows: list[_CsvRow], values: dict[str, dict[str, Any]]) -> Counts:
        """Load documents or attendance of events and return the counts."""
        counts = Counts()
        present = {stored.code: stored for stored in model.objects.exclude(code="")}
        new, changed = [], []
        for row in rows:
            event = self.events.get(row["event"])
            if event is None:
                raise row.refuse("event", f"{row['event']!r} is not known.")
            columns = values[row["code"]] | {
                "event_id": event.pk,
                "source_date": _day(row),
                "gone_since": None,
            }
            stored = present.get(row["code"])
            if stored is not None and all(getattr(stored, name) == value for name, value in columns.items()):
                counts.unchanged += 1
                continue
            if event.edited_by_hand or (stored is not None and stored.edited_by_hand):
                counts.skipped += 1
                continue
            if stored is None:
                stored = model(code=row["code"])
                new.append(stored)
            else:
                changed.append(stored)
            for name, value in columns.items():
                setattr(stored, name, value)
            _check(stored, row)
            self.touched.add(event.pk)
        model.objects.bulk_create(new)
        if changed:
            model.objects.bulk_update(changed, [*columns])
        counts.created, counts.updated = len(new), len(changed)
        return counts

    def finish(self, named: set[str]) -> None:
        """Mark what no file names any more, and update index and cached pages of what was changed."""
        left = {
            event.pk
            for code, event in self.events.items()
            if code not in named and not event.edited_by_hand and not event.left_source
        }
        Event.objects.filter(pk__in=left).update(left_source=True)
        self.touched |= left
        if self.touched:
            parts = Event.objects.filter(part_of__in=self.touched).values_list("pk", flat=True)
            index_many("events.event", sorted({*self.touched, *parts}))
            DirectoryVersion.objects.bump()


def _columns(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in COLUMNS}


def _check(stored: models.Model, row: _CsvRow) -> None:
    """Raise BadRow where a value does not fit its column; relations were looked up before."""
    others = [field.name for field in stored._meta.concrete_fields if field.is_relation]
    try:
        stored.clean_fields(exclude=others)
    except ValidationError as problem:
        column, messages = next(iter(problem.message_dict.items()))
        raise row.refuse(column, " ".join(messages)) from problem


def _day(row: _CsvRow) -> date:
    try:
        return date.fromisoformat(row["source_date"])
    except ValueError as problem:
        raise row.refuse("source_date", str(problem)) from problem


def _number(row: _CsvRow) -> int:
    if not row["number"].isdecimal():
        raise row.refuse("number", f"{row['number']!r} is no number.")
    return int(row["number"])


def _times(row: _CsvRow, zone: str) -> tuple[datetime | None, datetime | None, bool]:
    """Return start, end, and whether these are midnights of `zone`."""
    first, last = row["starts"], row["ends"]
    if not first and not last:
        return None, None, False
    whole = "T" not in first
    try:
        clock = ZoneInfo(zone)
        if whole:
            begin = datetime.combine(date.fromisoformat(first), time(), clock)
            end = datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(), clock)
        else:
            begin, end = (datetime.fromisoformat(text).replace(tzinfo=clock) for text in (first, last))
    except (ValueError, OSError, ZoneInfoNotFoundError) as problem:
        raise row.refuse("starts", str(problem)) from problem
    if begin >= end:
        raise row.refuse("ends", f"{last!r} is before {first!r}.")
    return begin.astimezone(UTC), end.astimezone(UTC), whole


def _rows(path: Path) -> list[_CsvRow]:
    rows, codes = [], set()
    for line, cells in read_rows(path):
        row = _CsvRow(path.name, line, {name: clean_line(text) for name, text in cells.items()})
        for column in ("code", "source_date", "confidence"):
            if not row[column]:
                raise row.refuse(column, "It is empty.")
        if row["code"] in codes:
            raise row.refuse("code", f"{row['code']!r} stands in the file twice.")
        codes.add(row["code"])
        rows.append(row)
    return rows
