"""What Google, Outlook and Apple want of a calendar: a test for each, with its reason and where it is said.

None of the three was at hand: what is held here is what the standards and Microsoft's [MS-OXCICAL] (iCalendar
to Appointment Object Conversion Algorithm) say, and how others use the addresses of Google and Outlook. What
every reader wants (folding, zones, any text) is tried beside, in test_ics.py; that UID stays and SEQUENCE
rises with what is moved and cancelled, and that an address is gone once it is revoked, in test_files.py.
"""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.urls import reverse

from core.calendar_links import adding, subscribing
from core.ics import Entry, calendar
from events.calendar.actions import make_address, revoke_address
from tests.days import NEXT_YEAR
from tests.events.forms import MAY
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory

ALL = "/en/events/calendar.ics"
FEED = "https://whatson.example/en/events/mine/s3cret.ics"
VIENNA = ZoneInfo("Europe/Vienna")


def entry(**values):
    starts = datetime(NEXT_YEAR, 5, 5, 9, tzinfo=VIENNA)
    return Entry(
        **{
            "uid": "event-1@whatson.example",
            "title": "Room; one, two\nthree",
            "starts": starts,
            "ends": starts + timedelta(hours=3),
            "zone": "Europe/Vienna",
            "changed": datetime(NEXT_YEAR, 4, 1, 12, tzinfo=UTC),
            "about": "One line,\nand another; with \\ in it",
            "place": "Vienna, Room C",
            "url": "https://whatson.example/en/events/1-room/",
            **values,
        }
    )


def lines(*entries) -> list[str]:
    text = calendar(entries or [entry()], name="WhatsOn: my events")
    icalendar.Calendar.from_ical(text)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")


def query_of(url) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}


# --- In the file --------------------------------------------------------------------------------------


def test_outlook_takes_a_published_calendar_for_no_invitation():
    """[MS-OXCICAL], property METHOD: PUBLISH is imported as appointments, REQUEST as something to answer.

    RFC 5546, 3.2.1 wants an organizer with it. We name none: no person stands behind a whole calendar.
    """
    assert "METHOD:PUBLISH" in lines()
    assert not [line for line in lines() if line.startswith(("ORGANIZER", "ATTENDEE"))]


def test_google_and_apple_name_the_calendar_as_the_file_does():
    """X-WR-CALNAME is what all three read ([MS-OXCICAL] names it); NAME is its successor (RFC 7986, 5.1)."""
    assert {"X-WR-CALNAME:WhatsOn: my events", "NAME:WhatsOn: my events"} <= set(lines())


def test_outlook_and_apple_are_told_how_often_to_look():
    """[MS-OXCICAL], property X-PUBLISHED-TTL; REFRESH-INTERVAL for the others (RFC 7986, 5.7)."""
    assert {"X-PUBLISHED-TTL:PT12H", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"} <= set(lines())


def test_outlook_finds_the_zone_that_it_does_not_know_by_name():
    """[MS-OXCICAL], component VTIMEZONE: a TZID is looked up in the file itself; Windows has other names."""
    written = lines()
    assert written.index("TZID:Europe/Vienna") < written.index("BEGIN:VEVENT")
    assert f"DTSTART;TZID=Europe/Vienna:{NEXT_YEAR}0505T090000" in written


def test_all_three_take_whole_days_by_the_day_after_the_last():
    """RFC 5545, 3.6.1: DTEND is not part of it. [MS-OXCICAL] makes an all-day event of two dates."""
    starts = datetime(NEXT_YEAR, 5, 5, tzinfo=VIENNA)
    written = lines(entry(starts=starts, ends=starts + timedelta(days=2), whole_days=True))
    assert {f"DTSTART;VALUE=DATE:{NEXT_YEAR}0505", f"DTEND;VALUE=DATE:{NEXT_YEAR}0507"} <= set(written)


def test_what_stands_between_signs_of_the_format_is_marked():
    """RFC 5545, 3.3.11: a bare comma, semicolon or line end would begin another value or another line."""
    written = lines()
    assert r"SUMMARY:Room\; one\, two\nthree" in written
    assert r"DESCRIPTION:One line\,\nand another\; with \\ in it" in written
    assert r"LOCATION:Vienna\, Room C" in written


def test_the_same_calendar_is_the_same_file_at_any_time():
    """RFC 5545, 3.8.7.2: with a METHOD, DTSTAMP says when this version was made, not when asked for."""
    assert f"DTSTAMP:{NEXT_YEAR}0401T120000Z" in lines()
    assert lines() == lines()


# --- Over HTTP ----------------------------------------------------------------------------------------


@pytest.fixture
def event(reference):
    return EventFactory(title="Séance – 跨越国界", starts_at=MAY, ends_at=MAY + timedelta(hours=3))


@pytest.mark.django_db
def test_a_calendar_that_has_it_already_is_answered_in_a_few_bytes(client, event):
    """RFC 9110, 13.1.2: who follows a calendar sends back its ETag; gzip on the way makes it a weak one."""
    first = client.get(ALL)
    again = client.get(ALL, headers={"If-None-Match": first["ETag"]})
    weak = client.get(ALL, headers={"If-None-Match": f"W/{first['ETag']}", "Accept-Encoding": "gzip"})
    assert [(answer.status_code, answer.content) for answer in (again, weak)] == [(304, b"")] * 2
    event.title = "Another"
    event.save()
    assert client.get(ALL, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_a_calendar_that_only_looks_gets_no_body(client, event):
    """RFC 9110, 9.3.2: HEAD says what GET would, the type among it."""
    answer = client.head(ALL)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"


@pytest.mark.django_db
def test_the_type_and_the_name_are_those_that_every_client_opens(client, event):
    """RFC 5545, 8.1 and RFC 6266, appendix D: UTF-8 is said, and the name is ASCII whatever the title is."""
    answer = client.get(f"{event.get_absolute_url()}event.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert re.fullmatch(r'inline; filename="event-\d+\.ics"', answer["Content-Disposition"])


@pytest.mark.django_db
def test_ones_own_is_kept_by_no_store_on_the_way_and_asked_for_anew(client, event):
    """RFC 9111, 5.2.2: private and no-cache. What was there before opens nothing once it is revoked."""
    person = UserFactory()
    address, secret = make_address(actor=person)
    url = reverse("events:own_file", args=[secret])
    first = client.get(url)
    assert {"private", "no-cache"} <= set(re.split(r",\s*", first["Cache-Control"]))
    known = {"If-None-Match": first["ETag"]}
    assert client.get(url, headers=known).status_code == 304
    revoke_address(address, actor=person)
    assert client.get(url, headers=known).status_code == 404


# --- The links ----------------------------------------------------------------------------------------


def test_subscribing_leads_into_each_of_the_three():
    """Google and Outlook on the web do not document these addresses, in wide use. webcal: is Apple's."""
    links = subscribing(FEED, "Mine & yours")
    assert links["apple"] == "webcal://whatson.example/en/events/mine/s3cret.ics"
    assert query_of(links["google"]) == {"cid": links["apple"]}
    assert query_of(links["outlook"]) == {"url": FEED, "name": "Mine & yours"}


def test_adding_one_tells_google_its_own_clock_and_outlook_the_instant():
    links = adding(entry())
    google, outlook = query_of(links["google"]), query_of(links["outlook"])
    assert (google["dates"], google["ctz"]) == (
        f"{NEXT_YEAR}0505T090000/{NEXT_YEAR}0505T120000",
        "Europe/Vienna",
    )
    assert (outlook["startdt"], outlook["allday"]) == (f"{NEXT_YEAR}-05-05T09:00:00+02:00", "false")
    assert google["text"] == outlook["subject"] == "Room; one, two\nthree"
    assert google["details"].endswith("\n\nhttps://whatson.example/en/events/1-room/")


def test_whole_days_end_differently_in_the_two():
    """Google's last day is the one after, as in the file; Outlook's is the last itself."""
    starts = datetime(NEXT_YEAR, 5, 5, tzinfo=VIENNA)
    links = adding(entry(starts=starts, ends=starts + timedelta(days=2), whole_days=True))
    assert query_of(links["google"])["dates"] == f"{NEXT_YEAR}0505/{NEXT_YEAR}0507"
    parameters = query_of(links["outlook"])
    assert (parameters["startdt"], parameters["enddt"], parameters["allday"]) == (
        f"{NEXT_YEAR}-05-05",
        f"{NEXT_YEAR}-05-06",
        "true",
    )


@pytest.mark.django_db
def test_the_links_stand_where_the_file_does(client, event):
    """And the link for taking part is in none of them."""
    event.link = "https://secret.example.org/join"
    event.save()
    for path in (event.get_absolute_url(), "/en/events/"):
        page = client.get(path).text
        assert "https://calendar.google.com/calendar/" in page, path
        assert "https://outlook.office.com/calendar/0/" in page, path
        assert "secret.example.org" not in page
    client.force_login(UserFactory())
    assert 'href="webcal://testserver/en/events/mine/' in client.post("/en/events/mine/make/").text
