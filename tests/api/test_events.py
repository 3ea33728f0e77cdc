"""Events and the meetings of released programmes."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.people.enums import Role
from events.board.actions_releasing import release
from tests.days import NEXT_YEAR
from tests.factories.accounts import person_with
from tests.factories.events import EventFactory
from tests.factories.programme import RoomFactory, meeting_at, programme_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
API = "/api/v1/"


def read(client, path):
    answer = client.get(f"{API}{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("number", (1, 4))
def test_the_calendar_takes_six_statements_at_most(client, number):
    events = [EventFactory(country_id="AUT") for _number in range(number)]
    EventFactory(status="draft")
    for event in events:
        event.topics.set(["firearms"])
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        calendar = read(client, "events/")
    assert len(queries) <= 6
    assert [row["id"] for row in calendar["results"]] == [event.pk for event in events]
    assert calendar["results"][0]["topics"][0]["code"] == "firearms"
    assert read(client, "events/?when=past")["count"] == 0
    assert read(client, f"events/{events[0].pk}/")["about"] == events[0].about
    assert client.get(f"{API}events/?when=never").status_code == 400


def test_a_title_is_told_in_each_language(client):
    event = EventFactory(title="Session", translations={"fr": {"title": "Séance"}})
    assert read(client, f"events/{event.pk}/?lang=fr")["title"] == "Séance"
    assert read(client, f"events/{event.pk}/?lang=all")["title"] == {"en": "Session", "fr": "Séance"}


def test_meetings_are_read_once_they_are_released(client):
    event = programme_event()
    meeting = meeting_at(event, RoomFactory(event=event, name="Hall"))
    assert read(client, "meetings/")["results"] == []
    release(event, actor=person_with(Role.EVENTS), known_version=0)
    (listed,) = read(client, f"meetings/?event={event.pk}")["results"]
    assert (listed["title"], listed["room"], listed["is_off"]) == (meeting.title, "Hall", False)
    assert listed["starts_at"] == f"{NEXT_YEAR}-05-03T07:00:00Z"
    assert read(client, f"meetings/?event={event.pk + 1}")["results"] == []
