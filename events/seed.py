"""Loads bodies, questions of eligibility and past sessions from events/data: safe to repeat, edits stay."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from core.spreadsheet_cells import SEPARATOR
from events.events.enums import EventKind, EventStatus, Mode
from events.events.models import Body, Event
from events.reviewing.models import EligibilityQuestion
from search.actions import index_many
from stakeholders.entries.models import DirectoryVersion
from taxonomy.places.models import Country
from taxonomy.seed import BadRow, Counts, load_lists
from taxonomy.terms.models import Topic
from workflow.windows.models import VIENNA

DATA = Path(__file__).resolve().parent / "data"
SESSIONS = "sessions.csv"
LISTS = (("bodies.csv", Body), ("eligibility_questions.csv", EligibilityQuestion))


def load_events(folder: Path = DATA) -> dict[str, Counts]:
    """Bring all three to what the files say, all or nothing; returns counts by file name.

    Needs the reference data. Raises BadRow. What the desk edited stays, and so does what no file names.
    """
    with transaction.atomic():
        report = load_lists(LISTS, folder)
        report[SESSIONS] = _sessions(folder / SESSIONS)
    return report


def _sessions(path: Path) -> Counts:
    counts = Counts()
    there = {event.code: event for event in Event.objects.exclude(code="").prefetch_related("topics")}
    known = {
        "body": set(Body.objects.values_list("pk", flat=True)),
        "country": set(Country.objects.values_list("pk", flat=True)),
        "topics": set(Topic.objects.values_list("pk", flat=True)),
    }
    touched = []
    for line, row in _rows(path):
        said, topics = _said(path.name, line, row, known)
        event = there.get(row["code"])
        if event is None:
            event = Event(code=row["code"], status=EventStatus.PUBLISHED, language_id="en", zone=VIENNA)
            counts.created += 1
        elif _as_told(event) == (said, topics):
            counts.unchanged += 1
            continue
        elif event.edited_by_hand:
            counts.skipped += 1
            continue
        else:
            event.sequence += 1
            counts.updated += 1
        for name, value in said.items():
            setattr(event, name, value)
        event.save()
        event.topics.set(Topic.objects.filter(pk__in=topics))
        touched.append(event.pk)
    if touched:
        index_many("events.event", touched)
        DirectoryVersion.objects.bump()
    return counts


def _said(
    file: str, line: int, row: dict[str, str], known: dict[str, set[str]]
) -> tuple[dict[str, Any], set[str]]:
    topics = {code for code in row["topics"].split(SEPARATOR) if code}
    for column, values in (
        ("body", {row["body"]} - {""}),
        ("country", {row["country"]} - {""}),
        ("topics", topics),
    ):
        if not values <= known[column]:
            raise BadRow(file, line, column, f"{row[column]!r} is not known.")
    for column, choices in (("kind", EventKind), ("mode", Mode)):
        if row[column] not in choices.values:
            raise BadRow(file, line, column, f"{row[column]!r} is not known.")
    for column in ("code", "title", "source"):
        if not row[column]:
            raise BadRow(file, line, column, "It is empty.")
    try:
        starts, ends = _days(row["starts"], row["ends"])
        source_date = date.fromisoformat(row["source_date"])
    except ValueError as wrong:
        raise BadRow(file, line, "starts", str(wrong)) from wrong
    plain = {name: row[name] for name in ("kind", "title", "mode", "city", "source", "source_url", "note")}
    return {
        **plain,
        "body_id": row["body"] or None,
        "country_id": row["country"] or None,
        "starts_at": starts,
        "ends_at": ends,
        "whole_days": starts is not None,
        "source_date": source_date,
    }, topics


def _days(first: str, last: str) -> tuple[datetime | None, datetime | None]:
    """Midnights of Vienna before the first and after the last day; both or neither."""
    if not first and not last:
        return None, None
    clock = ZoneInfo(VIENNA)
    begin = datetime.combine(date.fromisoformat(first), time(), clock)
    end = datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(), clock)
    if begin >= end:
        raise ValueError(f"{last!r} is before {first!r}.")
    return begin.astimezone(UTC), end.astimezone(UTC)


def _as_told(event: Event) -> tuple[dict[str, Any], set[str]]:
    names = (
        "kind",
        "title",
        "mode",
        "city",
        "source",
        "source_url",
        "note",
        "body_id",
        "country_id",
        "starts_at",
        "ends_at",
        "whole_days",
        "source_date",
    )
    return {name: getattr(event, name) for name in names}, {topic.pk for topic in event.topics.all()}


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            yield number, {name: (value or "").strip() for name, value in row.items()}
