"""Opportunities: what is open or opens soon, of every kind, in one list, as a calendar and as a feed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from events.registrations.enums import Admission
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory
from tests.factories.events import EventFactory, RoundFactory
from tests.factories.registrations import RulesFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth, markup_of

pytestmark = pytest.mark.django_db

LIST, CLOSINGS, FEED = (f"/en/opportunities/{rest}" for rest in ("", "closings.ics", "opportunities.atom"))


def titles(client, address=LIST):
    page = markup_of(client.get(address))
    return re.findall(r'<bdi lang="en">([^<]+)</bdi></a></h3>', page[page.index('id="results"') :])


def everything(firearms="firearms", number=1):
    for n in range(number):
        call = CallFactory(title=f"Call {n}", closes_at=now() + timedelta(days=9))
        call.topics.set([firearms])
        call.countries.set(["KEN"])
        DialogueFactory(
            event__title=f"Dialogue {n}", closes_at=now() + timedelta(days=3), topics=["corruption"]
        )
        later = now() + timedelta(days=90)
        RoundFactory(event=EventFactory(title=f"Session {n}", starts_at=later, ends_at=later + timedelta(1)))
        RulesFactory(event=EventFactory(title=f"Training {n}", starts_at=later, ends_at=later + timedelta(1)))


def test_everything_open_is_in_one_list_by_its_closing(client, reference):
    everything()
    assert titles(client) == ["Dialogue 0", "Call 0", "Session 0", "Training 0"]
    page = markup_of(client.get(LIST))
    for words in ("4 open now", "3 days left", "9 days left", "Applications to a constructive dialogue"):
        assert words in page
    assert 'href="/en/opportunities/" aria-current="page"' in page


def test_closings_are_told_by_the_clock_of_the_account_too(client, reference):
    CallFactory(closes_at=now() + timedelta(days=9))
    sign_in(client, UserFactory(time_zone="Asia/Tokyo"))
    page = client.get(LIST).text
    assert " in Tokyo)</time>" in page
    assert "data-own-clock" not in page


def test_it_asks_the_same_statements_for_any_number(client, reference):
    for query in ("", "?page=2"):
        assert_no_growth(lambda query=query: client.get(f"{LIST}{query}"), everything)


def test_what_closes_is_gone_and_what_opens_soon_stands_apart(client, reference, time_machine):
    time_machine.move_to(now().replace(hour=12))  # so that in an hour it is still today
    call = CallFactory(title="Closes", closes_at=now() + timedelta(hours=1))
    CallFactory(title="Opens", opens_at=now() + timedelta(hours=2), closes_at=now() + timedelta(days=40))
    CallFactory(title="Over", opens_at=now() - timedelta(days=9), closes_at=now() - timedelta(days=2))
    CallFactory(title="Draft", status="draft")
    page = markup_of(client.get(LIST))
    assert page.index("Closes today") < page.index("Opening soon") < page.index("Opens</bdi>")
    assert "Over</bdi>" not in page
    assert "Draft</bdi>" not in page
    time_machine.move_to(now() + timedelta(hours=3))
    later = markup_of(client.get(LIST))
    assert call.title not in titles(client)
    assert "Opening soon" not in later
    assert titles(client) == ["Opens"]


def test_a_page_is_kept_until_what_it_shows_changes(client, reference, settings):
    settings.KEEP_PAGES_SECONDS = 600
    call = CallFactory(title="Before")
    assert titles(client) == ["Before"]
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    assert len(queries) == 1
    call.title = "After"
    call.save()
    assert titles(client) == ["After"]
    call.topics.set(["firearms"])
    assert "Firearms" in markup_of(client.get(LIST))


def test_what_names_no_topic_or_country_answers_to_all_of_them(client, reference):
    everything()
    assert titles(client, f"{LIST}?topic=firearms") == ["Call 0", "Session 0", "Training 0"]
    assert titles(client, f"{LIST}?country=KEN") == ["Dialogue 0", "Call 0", "Session 0", "Training 0"]
    assert titles(client, f"{LIST}?country=PER") == ["Dialogue 0", "Session 0", "Training 0"]
    assert titles(client, f"{LIST}?kind=call&kind=dialogue&country=PER") == ["Dialogue 0"]
    page = markup_of(client.get(f"{LIST}?kind=proposals&topic=corruption&topic=nothing"))
    assert "“nothing” is not a choice of the filter “Topic” and was left out." in page
    boxes = dict(re.findall(r'value="(\w+)"[^>]*><span>[^<]+</span> <span[^>]*>(\d+)', page))
    assert (boxes.get("call"), boxes["dialogue"], boxes["proposals"]) == (None, "1", "1")
    assert "noindex, follow" in page
    # What is open to all counts for a country that nothing names.
    assert "Peru (1)" in markup_of(client.get(f"{LIST}?kind=proposals&country=PER"))


def test_a_training_on_the_spot_is_of_its_country_and_a_session_of_all(client, reference):
    coming = {"starts_at": now() + timedelta(days=60), "ends_at": now() + timedelta(days=61)}
    place = {"country": Country.objects.get(pk="PER"), "mode": "in_person"}
    watch = StakeholderFactory(name="Coastal Watch")
    RulesFactory(event=EventFactory(title="Training", organizer=watch, **coming, **place))
    RulesFactory(event=EventFactory(title="Webinar", organizer=watch, **coming, **place | {"mode": "online"}))
    RulesFactory(event=EventFactory(title="Session", **coming, **place))
    RulesFactory(event=EventFactory(title="Invited", **coming), admission=Admission.INVITATION)
    assert set(titles(client)) == {"Training", "Webinar", "Session"}
    assert set(titles(client, f"{LIST}?country=KEN")) == {"Webinar", "Session"}
    assert set(titles(client, f"{LIST}?country=PER")) == {"Training", "Webinar", "Session"}


def test_where_nothing_is_open_it_says_what_can_be_done(client, reference):
    page = client.get(LIST).text
    assert "Nothing is open now" in page
    assert "Apply filters" not in page
    for address in ("/en/me/follows/", "/en/calls/", "/en/newsletter/"):
        assert f'href="{address}"' in page[page.index('id="results"') :]
    CallFactory().topics.set([Topic.objects.get(pk="firearms")])
    assert "Remove a filter to see more." in client.get(f"{LIST}?topic=firearms&kind=dialogue").text


def test_closings_are_a_calendar_in_which_cancelled_ones_are_told(client, reference):
    everything()
    call = CallFactory(title="Called off", status="cancelled", version=3)
    text = client.get(CLOSINGS).text.replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 5
    entry = text[text.index(f"UID:call-{call.pk}@") :]
    assert "SEQUENCE:4\r\n" in entry
    assert "STATUS:CANCELLED" in entry[: entry.index("END:VEVENT")]
    assert client.get(f"{CLOSINGS}?kind=dialogue").text.count("BEGIN:VEVENT") == 1
    calendar = client.get(f"/en/calls/{call.pk}/closing.ics").text
    assert f"UID:call-{call.pk}@" in calendar


def test_the_feed_tells_what_is_open_the_latest_first(client, reference):
    everything()
    CallFactory(title="Newest", opens_at=now() - timedelta(minutes=1))
    CallFactory(title="Not yet", opens_at=now() + timedelta(days=1), closes_at=now() + timedelta(days=9))
    text = client.get(FEED).text
    entries = re.findall(r"<entry><title>([^<]+)</title>", text)
    assert entries[0] == "Newest"
    assert "Not yet" not in entries
    assert len(entries) == 5
    assert len(re.findall(r"<entry>", client.get(f"{FEED}?topic=corruption").text)) == 4
