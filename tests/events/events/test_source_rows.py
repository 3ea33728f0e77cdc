"""Documents and numbers of an event at its desk page, and what becomes of them when content is loaded."""

import csv
import shutil

import pytest

from accounts.people.enums import Role
from events.events.models import Event
from events.events.models_sources import Attendance, EventDocument
from events.seed import load_events, load_sourced_events
from portal.content import FOLDER
from tests.factories.accounts import person_with, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(module_rows):
    load_events()
    load_sourced_events(FOLDER)


@pytest.fixture
def session(reference, loaded):
    return Event.objects.get(code="congress-14th")


@pytest.fixture
def desk(client):
    return sign_in(client, person_with(Role.EVENTS))


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "content")


def post(client, event, where, **values):
    version = Event.objects.get(pk=event.pk).version
    return client.post(f"/en/desk/events/{event.pk}/{where}/", {"version": version, **values})


def drop(folder, name, code):
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    with (folder / name).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, table[0].keys())
        writer.writeheader()
        writer.writerows(row for row in table if row["code"] != code)


def test_the_desk_adds_edits_and_removes_and_all_is_said_on_the_page(client, desk, session):
    answer = post(client, session, "documents/new", source="UNODC", source_date="2026-11-29")
    assert "Give the symbol of the document, or its title." in answer.text
    values = {"symbol": "A/CONF.234/99", "title": "A paper", "source": "UNODC", "source_date": "2026-11-29"}
    assert post(client, session, "documents/new", **values).status_code == 302
    added = EventDocument.objects.get(symbol="A/CONF.234/99")
    page = client.get(f"/en/desk/events/{session.pk}/").text
    assert "added by the desk" in page
    assert "A paper" in client.get(session.get_absolute_url()).text
    assert (
        post(client, session, f"documents/{added.pk}", **{**values, "title": "Its paper"}).status_code == 302
    )
    assert "Its paper" in client.get(session.get_absolute_url()).text
    assert post(client, session, f"documents/{added.pk}/remove").status_code == 302
    assert not EventDocument.objects.filter(pk=added.pk).exists()
    assert Event.objects.get(pk=session.pk).edited_by_hand is False  # nothing of the file was taken away

    number = {"what": "speakers", "number": "12", "counted_by": "UNODC", "source_url": "https://a.example"}
    answer = post(client, session, "numbers/new", **number)
    assert "Enter the day on which it was read in the source." in answer.text
    number |= {"source_date": "2026-11-29", "precision": "about"}
    assert post(client, session, "numbers/new", **number).status_code == 302
    assert "about 12" in client.get(session.get_absolute_url()).text


def test_what_the_desk_edited_or_removed_survives_the_next_load(client, desk, session):
    attendance = session.attendance.exclude(code="").first()
    edited = {"what": "people", "number": "7", "counted_by": "UNODC"}
    assert post(client, session, f"numbers/{attendance.pk}", **edited).status_code == 302
    assert "edited by the desk" in client.get(f"/en/desk/events/{session.pk}/").text
    assert load_sourced_events(FOLDER)["event_attendance.csv"].skipped == 1
    assert session.attendance.get(pk=attendance.pk).what == "people"
    gone = session.documents.exclude(code="").first()
    assert post(client, session, f"documents/{gone.pk}/remove").status_code == 302
    load_sourced_events(FOLDER)
    assert not session.documents.filter(code=gone.code).exists()


def test_a_second_window_and_another_events_row_are_refused(client, desk, session):
    row = session.documents.first()
    stale = {"symbol": "A/1", "source": "UNODC", "source_date": "2026-11-29", "version": session.version - 1}
    answer = client.post(f"/en/desk/events/{session.pk}/documents/{row.pk}/", stale)
    assert answer.status_code == 200
    assert 'value="A/1"' in answer.text  # nothing typed is lost
    other = Event.objects.exclude(pk=session.pk).first()
    assert client.get(f"/en/desk/events/{other.pk}/documents/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "model"), [("event_documents.csv", EventDocument), ("event_attendance.csv", Attendance)]
)
def test_a_row_that_left_its_file_says_so_until_it_comes_back(client, desk, session, folder, name, model):
    row = model.objects.filter(event=session).exclude(code="").first()
    own = model.objects.create(
        event=session, **({"title": "Own"} if model is EventDocument else {"number": 1})
    )
    drop(folder, name, row.code)
    load_sourced_events(folder)
    assert "not in our sources since" in client.get(session.get_absolute_url()).text
    assert "no longer in the content file since" in client.get(f"/en/desk/events/{session.pk}/").text
    own.refresh_from_db()
    assert own.gone_since is None
    assert load_sourced_events(FOLDER)[name].updated == 1
    assert "not in our sources since" not in client.get(session.get_absolute_url()).text
