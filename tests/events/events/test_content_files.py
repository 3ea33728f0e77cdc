"""What content/ tells of events, before it is loaded: its rows, what is refused, and events beside it."""

import shutil

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from events.calendar.filters import EventFilter
from events.events.files import linked_data
from events.events.models import Event
from events.events.models_sources import Attendance, EventDocument
from events.seed import load_events, load_sourced_events
from portal.content import FOLDER, PACKS, load_content
from taxonomy.seed import BadRow
from tests.events.events.content_files import FILES, change, copy_to, rows
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return copy_to(tmp_path)


def test_every_row_of_the_files_says_where_it_was_read():
    for name in FILES:
        for row in rows(name):
            assert row["source_date"], row["code"]
            assert row["confidence"] in ("high", "medium", "low"), row["code"]
            is_linked = row["source_url"].startswith(("https://", "http://"))
            is_copy = "Read in a copy; no official address was found." in row["note"]
            assert is_linked or is_copy or row["confidence"] == "low", row["code"]
            assert "@" not in "".join(row.values()), row["code"]


BAD_ROWS = (
    ("events.csv", ",conference,COP,", ",party,COP,", "kind"),
    ("events.csv", ",conference,COP,", ",conference,XYZ,", "body"),
    ("events.csv", "2005-10-10,2005-10-21", "2005-10-10,2005-10-01", "ends"),
    ("events.csv", "2005-10-10,2005-10-21", "October,2005-10-21", "starts"),
    ("side_events.csv", "Europe/Vienna", "Mars/Olympus", "starts"),
    ("side_events.csv", ",cop-10th-session,", ",cop-99th-session,", "part_of"),
    ("event_attendance.csv", ",120,delegates", ",many,delegates", "number"),
    ("event_attendance.csv", ",more_than,120", ",some,120", "precision"),
    ("event_documents.csv", "https://docs.un.org/en/CTOC/COP/2008/16", "docs: ", "source_url"),
    ("event_documents.csv", ",cop-4th-session,", ",cop-99th-session,", "event"),
    ("event_documents.csv", "2026-11-28", "soon", "source_date"),
)


def test_a_bad_row_loads_nothing_and_is_told_with_its_line(reference, folder, subtests):
    load_events()
    for name, before, after, column in BAD_ROWS:
        with subtests.test(name=name, after=after):
            change(folder, name, before, after)
            with pytest.raises(BadRow, match=rf"{name}, line \d+, column '{column}'"):
                load_sourced_events(folder)
            assert not Event.objects.exists()
        shutil.copy(FOLDER / name, folder)


def test_a_dry_run_saves_nothing(reference):
    load_events()
    report = load_content(["events"], dry_run=True)
    assert report["events.csv"].created == len(rows("events.csv"))
    assert not Event.objects.exists()
    assert "events" in PACKS


def test_nobody_is_called_the_organizer_where_no_source_names_one():
    events = [
        EventFactory(organizer_names=[], code=code, body_id=None, organizer=None) for code in ("", "sourced")
    ]
    listed = EventFilter(QueryDict("organizer=un&when=coming"), Event.objects.all(), countries=[]).qs
    assert set(listed) == {events[0]}
    assert ["United Nations Office" in linked_data(AnonymousUser(), event, ["en"]) for event in events] == [
        True,
        False,
    ]


def test_a_page_costs_the_same_for_one_document_and_for_many(client, reference):
    def statements(event):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(event.get_absolute_url()).status_code == 200
        return len(queries)

    few, many = EventFactory(has_programme=False), EventFactory(has_programme=False)
    for event, number in ((few, 1), (many, 3)):
        for n in range(number):
            EventDocument.objects.create(event=event, symbol=f"CTOC/COP/{event.pk}/{n}")
            Attendance.objects.create(event=event, what="persons", number=n, counted_by="UNODC")
            EventFactory(part_of=event, kind="side_event", organizer_names=["A", "B"])
    statements(few)
    assert statements(few) == statements(many)
