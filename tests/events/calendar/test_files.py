"""Calendar files, secret addresses, feeds, JSON-LD, sitemap: what programs read of events."""

import json
import re
from datetime import UTC, timedelta

import icalendar
import pytest
from django.test import Client
from django.utils.timezone import now

from accounts.people.enums import Role
from events.calendar.models import CalendarAddress
from events.rescheduling import actions as rescheduling_actions
from notifications.follows.models import Follow
from tests.days import NEXT_YEAR
from tests.events.forms import MAY
from tests.factories.accounts import UserFactory, person_with, visiting
from tests.factories.events import EventFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from whatson.settings.logging import leave_out_secrets

pytestmark = pytest.mark.django_db
ALL = "/en/events/calendar.ics"


def read(response):
    assert response["Content-Type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def titles(response):
    return {str(event["SUMMARY"]) for event in read(response)}


@pytest.fixture
def event(reference):
    return EventFactory(
        title="Konferenz über Grenzen; «عبر الحدود», 跨越国界 " * 3,
        starts_at=MAY,
        ends_at=MAY + timedelta(hours=3),
        kind="training",
        country_id="AUT",
        venue="Room, 1",
        link="https://secret.example.org/join",
    )


@pytest.mark.behaviour("E-12")
def test_a_file_tells_zone_and_sequence_and_that_an_event_is_cancelled(client, event):
    address = f"{event.get_absolute_url()}event.ics"
    (entry,) = read(client.get(address))
    uid = str(entry["UID"])
    assert str(entry["SUMMARY"]) == event.title
    assert entry["DTSTART"].params["TZID"] == "Europe/Vienna"
    assert entry["DTSTART"].dt.astimezone(UTC) == MAY
    assert (entry["SEQUENCE"], entry["STATUS"]) == (0, "CONFIRMED")
    assert "Room, 1" in str(entry["LOCATION"])
    desk = person_with(Role.EVENTS)
    moved = rescheduling_actions.reschedule_event(
        event,
        actor=desk,
        version=event.version,
        values={"starts_at": MAY + timedelta(days=1), "ends_at": MAY + timedelta(days=1, hours=2)},
    )
    (entry,) = read(client.get(address))
    assert (entry["SEQUENCE"], entry["DTSTART"].dt.astimezone(UTC)) == (1, MAY + timedelta(days=1))
    rescheduling_actions.cancel_event(moved, actor=desk, note="No room.")
    (entry,) = read(client.get(address))
    assert (entry["SEQUENCE"], entry["STATUS"], str(entry["UID"])) == (2, "CANCELLED", uid)
    (entry,) = read(client.get(ALL))
    assert (entry["STATUS"], str(entry["UID"])) == ("CANCELLED", uid)


@pytest.mark.behaviour("E-12")
def test_a_file_of_what_was_filtered_holds_that_and_nothing_else(client, event):
    other = EventFactory(kind="webinar", mode="online")
    draft = EventFactory(kind="training", status="draft")
    undated = EventFactory(kind="training", starts_at=None, ends_at=None)
    trainings = titles(client.get(f"{ALL}?kind=training"))
    assert trainings == {event.title}
    assert titles(client.get(ALL)) == {event.title, other.title}
    for hidden in (draft, undated):
        assert client.get(f"{hidden.get_absolute_url()}event.ics").status_code == 404
    assert len(read(client.get(f"{ALL}?country=AUT"))) == 1
    assert "webinar" in client.get(f"{ALL}?kind=webinar").text.lower()


@pytest.mark.behaviour("E-13")
def test_a_public_file_is_never_empty_while_there_are_events(client, reference):
    assert read(client.get(ALL)) == []
    over = EventFactory(starts_at=now() - timedelta(days=900))
    assert titles(client.get(ALL)) == {over.title}


@pytest.mark.behaviour("E-13")
def test_a_secret_address_opens_ones_own_calendar_until_it_is_revoked(client, event):
    own = StakeholderFactory()
    person = member_of(own)
    organized, draft = EventFactory(organizer=own), EventFactory(organizer=own, status="draft")
    muted = EventFactory()
    EventFactory()  # nobody's
    Follow.objects.create(user=person, terms=[f"event:{event.pk}"])
    Follow.objects.create(user=person, terms=[f"event:{muted.pk}"], level="muted")
    browser, program = visiting(person), client
    page = browser.post("/en/events/mine/make/")
    url = re.search(r'value="(http[^"]+\.ics)"', page.text)[1]
    path = url.removeprefix("http://testserver")
    address = CalendarAddress.objects.get()
    secret = path.rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in (address.digest, str(address))
    assert titles(program.get(path)) == {event.title, organized.title}
    answer = program.get(path)
    assert "secret.example.org" not in answer.text
    assert draft.title not in answer.text
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Robots-Tag"] == "noindex"
    assert secret not in browser.get("/en/events/mine/").text  # shown once
    for logged in ({"request": f"GET {path}"}, {"event": f"Not Found: {path}"}):
        assert secret not in str(leave_out_secrets(None, "info", logged))
    browser.post("/en/events/mine/make/")
    assert program.get(path).status_code == 404  # the new one stands in its place
    live = CalendarAddress.objects.live().get()
    stranger = visiting(UserFactory())
    assert stranger.post(f"/en/events/mine/{live.pk}/revoke/").status_code == 404
    browser.post(f"/en/events/mine/{live.pk}/revoke/")
    assert not CalendarAddress.objects.live().exists()
    for guess in ("a", "0" * 43, live.digest):
        assert program.get(f"/en/events/mine/{guess}.ics").status_code == 404


def test_the_address_of_who_is_locked_out_opens_nothing(reference):
    person = UserFactory()
    page = visiting(person).post("/en/events/mine/make/")
    path = re.search(r'value="http://testserver([^"]+\.ics)"', page.text)[1]
    assert Client().get(path).status_code == 200
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert Client().get(path).status_code == 404


def test_feed_sitemap_and_json_ld_tell_what_the_page_tells(client, event):
    draft = EventFactory(status="draft")
    feed = client.get("/en/events/events.atom?kind=training")
    assert event.title in feed.text
    assert draft.title not in feed.text
    assert "/sitemap-events-1.xml" in client.get("/sitemap.xml").text
    sitemap = client.get("/sitemap-events-1.xml").text
    assert f"/ar/events/{event.pk}-" in sitemap
    assert f"/events/{draft.pk}-" not in sitemap
    page = client.get(event.get_absolute_url()).text
    data = json.loads(re.search(r'ld\+json">(.+?)</script>', page)[1])
    assert data["startDate"] == f"{NEXT_YEAR}-05-05T09:00:00+02:00"
    assert data["location"][0]["address"]["addressCountry"] == "AT"
    assert "secret.example.org" not in page


def test_json_ld_cannot_end_its_element(client, reference):
    event = EventFactory(title="</script><script>alert(1)</script>")
    assert "<script>alert" not in client.get(event.get_absolute_url()).text
