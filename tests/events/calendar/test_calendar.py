"""The public calendar, one event's page, and the desk that writes, publishes, moves and cancels."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from events.events.forms import DeskEventForm
from events.events.models import Event
from events.hooks import Act, LoadedPart, Urgency, after_change, strongest_act
from events.meeting_reports.models import Report, ReportLink
from events.programme.models import Programme
from events.registrations.models import Registration
from events.rescheduling import actions as rescheduling_actions
from notifications.follows.models import Deadline
from notifications.happenings.models import Happening
from search.actions import index, learn_words
from search.models import Document
from tests.days import CLOCKS_FORWARD, NEXT_YEAR
from tests.events.forms import MAY, form
from tests.factories.accounts import UserFactory, person_with, visiting
from tests.factories.dialogues import DialogueFactory
from tests.factories.events import EventFactory, RoundFactory
from tests.factories.registrations import RulesFactory, registration_in
from tests.factories.stakeholders import StakeholderFactory
from tests.support import markup_of, statements_of, write_steps

pytestmark = pytest.mark.django_db
LIST, DESK = "/en/events/", "/en/desk/events/"


@pytest.fixture
def desk(reference):
    return visiting(person_with(Role.EVENTS))


def test_the_desk_writes_an_event_and_publishes_it(desk, client, reference):
    sent = write_steps(desk, f"{DESK}new/", form(topics=["firearms"], languages=["en", "fr"]))
    event = Event.objects.get()
    assert sent["Location"] == f"{DESK}{event.pk}/check/"
    assert f"{DESK}{event.pk}/publish/" in desk.get(sent["Location"]).text
    assert (event.status, event.starts_at, event.ends_at) == ("draft", MAY, MAY + timedelta(hours=3))
    assert desk.get(f"{DESK}{event.pk}/publish/").status_code == 200
    assert desk.post(f"{DESK}{event.pk}/publish/").status_code == 302
    event.refresh_from_db()
    assert (event.status, event.sequence) == ("published", 0)
    happening = Happening.objects.get(kind="events.event_published")
    assert {f"event:{event.pk}", "country:AUT", "topic:firearms", "region:150"} <= set(happening.terms)
    assert Document.objects.get(kind="events.event").title == event.title
    assert Deadline.objects.get(kind="events.event_near").at == MAY
    page = client.get(event.get_absolute_url())
    assert "09:00 to 12:00 (Vienna time, UTC+2)" in page.text
    description = re.search(r'<meta name="description" content="([^"]*)">', page.text)[1]
    assert description == f"5 May {NEXT_YEAR}, 09:00 to 12:00 (Vienna time, UTC+2) Vienna, Austria"
    assert event.title in client.get(LIST).text
    assert client.get(f"/en/events/{event.pk}/")["Location"] == event.get_absolute_url()


def test_in_arabic_the_parts_of_a_place_read_in_their_order(client, reference):
    event = EventFactory(city="Abu Dhabi", country_id="ARE")
    index(event)
    place = "<bdi>Abu Dhabi</bdi>، <bdi>الإمارات العربية المتحدة</bdi>"
    assert place in markup_of(client.get(event.get_absolute_url().replace("/en/", "/ar/")))
    assert place in markup_of(client.get("/ar/events/"))


@pytest.mark.parametrize(
    ("values", "field"),
    (
        ({"title": ""}, "title"),
        ({"start_time": "", "end_time": "12:00"}, "start_time"),
        ({"start_time": "12:00", "end_time": "12:00"}, "end_time"),
        ({"last_day": f"{NEXT_YEAR}-05-04"}, "last_day"),
        ({"first_day": "", "start_time": "09:00"}, "first_day"),
        ({"first_day": "1066-10-14", "last_day": ""}, "first_day"),
        ({"first_day": f"{CLOCKS_FORWARD}", "start_time": "02:30", "end_time": "05:00"}, "start_time"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"country": "XXX"}, "country"),
    ),
)
def test_a_bad_input_is_told_at_its_field_and_nothing_is_lost(desk, reference, values, field):
    page = write_steps(desk, f"{DESK}new/", form(**values))
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["step_label"] == DeskEventForm.STEPS[DeskEventForm.step_of(field)][0]
    for name in set(page.context["form"].fields) & set(form()) - {*values}:
        assert page.context["form"][name].value() == form()[name]


def test_what_lacks_is_told_before_an_event_is_published(desk, reference):
    write_steps(desk, f"{DESK}new/", form(first_day="", start_time="", end_time="", city="", country=""))
    event = Event.objects.get()
    publish = f"{DESK}{event.pk}/publish/"
    before, after = desk.get(f"{DESK}{event.pk}/"), desk.post(publish)
    assert after.status_code == 200
    assert publish not in before.text  # the button would only be refused: editing comes first
    for text in (
        "Enter when the event takes place.",
        "Enter the city where the event takes place",
        "Choose the country or area",
    ):
        assert text in before.text
        assert text in after.text
    event.refresh_from_db()
    assert event.status == "draft"


def test_whole_days_are_midnights_of_the_zone(desk, client, reference):
    write_steps(desk, f"{DESK}new/", form(start_time="", end_time="", last_day=f"{NEXT_YEAR}-05-09"))
    event = Event.objects.get()
    assert event.whole_days
    assert (event.starts_at, event.ends_at) == (
        datetime(NEXT_YEAR, 5, 4, 22, tzinfo=UTC),
        datetime(NEXT_YEAR, 5, 9, 22, tzinfo=UTC),
    )
    page = desk.get(f"{DESK}{event.pk}/edit/when/")
    assert f'value="{NEXT_YEAR}-05-05"' in page.text
    assert f'value="{NEXT_YEAR}-05-09"' in page.text


@pytest.mark.behaviour("E-11")
def test_both_clocks_are_shown_where_they_differ(client, reference):
    event = EventFactory(starts_at=MAY, ends_at=MAY + timedelta(hours=3), zone="Europe/Vienna")
    abroad = visiting(UserFactory(time_zone="Africa/Nairobi"))
    for path in (LIST, event.get_absolute_url(), f"/en/events/agenda/?from={NEXT_YEAR}-05-01"):
        page = abroad.get(path)
        assert "09:00 to 12:00 (Vienna time, UTC+2)" in page.text
        assert "10:00 to 13:00 (Nairobi time, UTC+3)" in page.text
    near = visiting(UserFactory(time_zone="Europe/Paris"))
    assert "Paris time" not in near.get(event.get_absolute_url()).text
    visitor = client.get(event.get_absolute_url())
    assert "Nairobi time" not in visitor.text
    in_nairobi = client.get(event.get_absolute_url() + "?clock=Africa/Nairobi")
    assert "10:00 to 13:00 (Nairobi time, UTC+3)" in in_nairobi.text
    assert client.get(event.get_absolute_url() + "?clock=../../etc").status_code == 200


def test_the_filters_find_what_they_say(client, reference):
    training = EventFactory(
        kind="training",
        mode="hybrid",
        country_id="KEN",
        body_id=None,
        organizer=StakeholderFactory(kind="ngo"),
    )
    training.topics.set(["firearms"])
    training.languages.set(["fr"])
    other = EventFactory(kind="webinar", mode="online", country=None)
    over = EventFactory(starts_at=now() - timedelta(days=9), kind="training")
    for query in (
        "kind=training",
        "kind=training&kind=congress",
        "mode=in_person",
        "topic=firearms",
        "country=KEN",
        "region=002",
        "region=202",
        "language=fr",
        "organizer=ngo",
        "organizer=ngo&organizer=academia",
    ):
        page = client.get(f"{LIST}?{query}").text
        assert training.title in page, query
        assert other.title not in page, query
        assert over.title not in page, query
    assert other.title in client.get(f"{LIST}?mode=online").text
    assert training.title in client.get(f"{LIST}?mode=online").text
    assert other.title in client.get(f"{LIST}?organizer=un").text
    past = client.get(f"{LIST}?when=past").text
    assert over.title in past
    assert training.title not in past
    odd = client.get(f"{LIST}?kind=party&topic=%00&when=never&page=x")
    assert odd.status_code == 200
    assert "Not understood and left out" in odd.text


@pytest.mark.behaviour("E-26")
def test_the_calendar_is_searched_by_words_as_far_as_the_reader_may_find(client, reference):
    coming = EventFactory(title="Training on tracing weapons", about="Serial numbers.", kind="training")
    over = EventFactory(title="Tracing in Kyoto", starts_at=now() - timedelta(days=9), kind="congress")
    draft = EventFactory(title="Tracing, not yet public", status="draft")
    for event in (coming, over, draft):
        index(event)
    page = client.get(f"{LIST}?q=tracing")
    assert coming.title in page.text
    assert over.title not in page.text
    assert draft.title not in page.text
    assert page.context["tabs"] == [("coming", "Upcoming", 1), ("past", "Past", 1)]
    assert "“tracing”" in page.text.partition('class="chips"')[2]
    assert 'name="q" value="tracing"' in page.text
    past = client.get(f"{LIST}?q=tracing&when=past")
    assert over.title in past.text
    assert '<input type="hidden" name="when" value="past">' in past.text
    assert 'href="?q=tracing&amp;when=coming"' in past.text
    # Nothing is to come, so the page leads to what was.
    nothing = client.get(f"{LIST}?q=kyoto").text
    assert "See 1 past event" in nothing
    assert 'href="?q=kyoto&amp;when=past"' in nothing
    assert "/en/search/?q=kyoto" in nothing
    assert over.title not in client.get("/en/events/calendar.ics?q=weapons").text
    assert coming.title in client.get("/en/events/calendar.ics?q=weapons").text
    assert [event["id"] for event in client.get("/api/v1/events/?q=tracing").json()["results"]] == [coming.pk]


def test_a_slip_in_the_words_leads_to_the_spelling_that_finds_events(client, reference):
    over = EventFactory(title="Ornithology congress", starts_at=now() - timedelta(days=9))
    draft = EventFactory(title="Glaciology congress", status="draft")
    for event in (over, draft):
        index(event)
    learn_words()
    page = markup_of(client.get(f"{LIST}?q=ornitholgy"))
    assert 'Did you mean: <a href="?q=ornithology&amp;when=past"><bdi>ornithology</bdi></a>' in page
    assert over.title in client.get(f"{LIST}?q=ornithology&when=past").text
    for other in ("q=ornithology", "q=ornitholgy&kind=webinar", "q=glaciolgy"):
        assert "Did you mean:" not in client.get(f"{LIST}?{other}").text


@pytest.mark.behaviour("E-26")
def test_each_choice_has_the_number_of_events_that_it_leads_to(client, reference):
    both_ways = EventFactory(kind="training", mode="hybrid", country_id="KEN", organizer=StakeholderFactory())
    both_ways.topics.set(["firearms", "corruption"])
    both_ways.languages.set(["fr"])
    EventFactory(kind="webinar", mode="online", country=None)
    EventFactory(kind="webinar", mode="online", country=None, starts_at=now() - timedelta(days=9))
    EventFactory(kind="congress", status="draft")
    page = client.get(LIST)
    facets = {facet.name: facet for facet in (*page.context["facets"], *page.context["rare"])}
    numbers = {
        name: {choice.code: choice.count for choice in facet.choices} for name, facet in facets.items()
    }
    assert numbers == {
        "kind": {"training": 1, "webinar": 1},
        "topic": {"firearms": 1, "corruption": 1},
        "country": {"KEN": 1},
        "mode": {"in_person": 1, "online": 2, "hybrid": 1},
        "region": {"002": 1},
        "organizer": {"un": 1, "ngo": 1},
        "language": {"fr": 1},
    }
    for name, counted in numbers.items():
        for code, number in counted.items():
            narrowed = client.get(f"{LIST}?{name}={code}")
            assert narrowed.context["page"].paginator.count == len(narrowed.context["page"]) == number
    # A choice leaves its own facet as it was: another one can be taken beside it.
    kinds = client.get(f"{LIST}?kind=training").context["facets"][0]
    assert [(choice.code, choice.count) for choice in kinds.choices] == [("training", 1), ("webinar", 1)]


def test_rare_filters_are_closed_until_one_of_them_is_used(client, reference):
    EventFactory(country_id="KEN")
    assert '<details class="leave-out">' in client.get(LIST).text
    page = client.get(f"{LIST}?region=202&kind=nonsense&when=past").text
    assert '<details class="leave-out" open>' in page
    assert 'href="?when=past">Clear all' in page


def test_a_list_that_a_script_brings_has_the_address_of_what_was_chosen(client, reference):
    EventFactory(kind="webinar")
    head = {"HX-Request": "true", "HX-Target": "results"}
    page = client.get(f"{LIST}?q=&kind=webinar&topic=&when=past", headers=head)
    assert page["HX-Push-Url"] == f"{LIST}?kind=webinar&when=past"
    assert "HX-Push-Url" not in client.get(LIST)


def test_lists_show_no_draft_and_ask_a_fixed_number_of_times(client, reference):
    draft = EventFactory(status="draft")
    EventFactory(starts_at=MAY, ends_at=MAY + timedelta(hours=1), country_id="KEN")
    paths = (LIST, f"/en/events/agenda/?from={NEXT_YEAR}-05-01", f"/en/events/month/{NEXT_YEAR}/5/")
    counts = {}
    for path in paths:
        assert draft.title not in client.get(path).text
        counts[path] = _queries(client, path)
    for _n in range(3):
        EventFactory(
            starts_at=MAY, ends_at=MAY + timedelta(hours=1), country_id="KEN", organizer=StakeholderFactory()
        )
    for path in paths:
        assert _queries(client, path) == counts[path]


def test_the_page_of_a_country_leads_to_the_events_that_it_has_no_room_for(client, reference):
    for number in range(6):
        page = client.get("/en/countries/KEN/").text
        assert page.count("Workshop in Kenya") == number
        assert "All events there" not in page
        EventFactory(title="Workshop in Kenya", country_id="KEN")
    assert "All events there" in client.get("/en/countries/KEN/").text


def test_the_page_of_a_country_has_what_was_held_there_too(client, reference):
    past = [MAY - timedelta(days=days) for days in range(1000, 1007)]
    for number, day in enumerate(past):
        EventFactory(
            title=f"Congress {number}", country_id="JPN", starts_at=day, ends_at=day + timedelta(hours=1)
        )
    EventFactory(title="Without a day", country_id="JPN", code="x", starts_at=None, ends_at=None)
    EventFactory(title="Not published", country_id="JPN", status="draft", starts_at=past[0])
    page = client.get("/en/countries/JPN/").text
    titles = [f"Congress {number}" for number in range(7)]
    assert [title in page for title in titles] == [True] * 5 + [False] * 2  # the latest
    assert sorted(titles[:5], key=page.index) == titles[:5]
    assert "Upcoming events" not in page
    assert "Not published" not in page
    assert 'href="/en/events/?country=JPN&amp;when=past"' in page
    EventFactory(title="To come", country_id="JPN")
    page = client.get("/en/countries/JPN/").text
    assert page.index("Upcoming events") < page.index("To come") < page.index("Past events")
    assert "Events in Kenya" not in client.get("/en/countries/KEN/").text


def test_of_events_without_a_day_the_page_of_a_country_has_the_last_ones_first(client, reference):
    titles = [f"Without a day {number}" for number in range(7)]
    for title in titles:
        EventFactory(title=title, country_id="JPN", code=title, starts_at=None, ends_at=None)
    page = client.get("/en/countries/JPN/").text
    assert [title in page for title in titles] == [False] * 2 + [True] * 5
    assert sorted(titles[2:], key=page.index) == titles[:1:-1]


def test_the_page_of_an_event_asks_a_fixed_number_of_times(client, reference):
    event = EventFactory(country_id="KEN", organizer=StakeholderFactory())
    path = event.get_absolute_url()
    event.topics.set(["firearms"])
    few = _queries(client, path)
    event.topics.set(["firearms", "terrorism", "corruption"])
    event.languages.set(["en", "fr", "es"])
    for _n in range(3):
        EventFactory(part_of=event, country_id="AUT", organizer=StakeholderFactory())
    assert _queries(client, path) == few


def _queries(client, path):
    client.get(path)
    return statements_of(lambda: client.get(path))


@pytest.mark.time_machine("2031-04-01T12:00Z")
def test_a_month_shows_an_event_on_each_of_its_days(client, reference):
    EventFactory(
        title="Three days",
        starts_at=datetime(2031, 5, 30, 22, tzinfo=UTC),
        ends_at=datetime(2031, 6, 2, 22, tzinfo=UTC),
        whole_days=True,
    )
    page = client.get("/en/events/month/2031/6/")
    days = [day.day.day for week in page.context["weeks"] for day in week if day.events]
    assert days == [31, 1, 2]
    for path in ("2031/13", "2031/0", "9999/1", "1999/12"):
        assert client.get(f"/en/events/month/{path}/").status_code == 404
    for path in ("2000/1", "2199/12"):
        assert client.get(f"/en/events/month/{path}/").status_code == 200
    for query in ("from=x", "from=2026-02-31", "from=0001-01-01", "from=9999-12-31"):
        assert client.get(f"/en/events/agenda/?{query}").status_code == 200


def test_what_is_hidden_answers_as_what_is_missing(client, reference):
    draft = EventFactory(status="draft")
    for path in (draft.get_absolute_url(), f"/en/events/{draft.pk}/", draft.get_absolute_url() + "event.ics"):
        assert client.get(path).status_code == 404
    stranger = visiting(UserFactory())
    for path in (
        draft.get_absolute_url(),
        f"{DESK}{draft.pk}/",
        f"{DESK}new/",
        DESK,
        f"{DESK}{draft.pk}/publish/",
    ):
        assert stranger.get(path).status_code == 404


# --- Moving and cancelling ----------------------------------------------------------------------------------
@pytest.fixture
def heard(monkeypatch):
    calls = []
    monkeypatch.setattr(after_change, "_function", lambda *arguments: calls.append(arguments))
    return calls


def test_moving_raises_the_sequence_and_tells_all_whom_it_concerns(desk, client, reference, heard):
    event = EventFactory(starts_at=MAY, ends_at=MAY + timedelta(hours=3), country_id="AUT", mode="in_person")
    page = desk.get(f"{DESK}{event.pk}/move/")
    assert page.status_code == 200
    values = form(version=event.version, first_day=f"{NEXT_YEAR}-05-06", note="The room is flooded.")
    assert desk.post(f"{DESK}{event.pk}/move/", values).status_code == 302
    event.refresh_from_db()
    assert (event.starts_at, event.sequence) == (MAY + timedelta(days=1), 1)
    assert [(arguments[1], arguments[3]) for arguments in heard] == [("moved", "The room is flooded.")]
    assert Happening.objects.get(kind="events.event_moved").facts["note"] == "The room is flooded."
    text = client.get(event.get_absolute_url()).text
    assert "Moved: it was" in text
    assert "EventRescheduled" in text
    # The same form again: another window was first.
    again = desk.post(f"{DESK}{event.pk}/move/", values)
    assert "Another person has changed this" in again.text
    assert len(heard) == 1


def test_text_of_a_published_event_changes_without_a_move(desk, reference, heard):
    event = EventFactory(starts_at=MAY, ends_at=MAY + timedelta(hours=3), country_id="AUT", mode="in_person")
    values = form(
        version=event.version,
        title="Another title",
        first_day=f"{NEXT_YEAR + 9}-01-01",
        zone="Africa/Nairobi",
    )
    assert write_steps(desk, f"{DESK}{event.pk}/edit/what/", values)["Location"] == f"{DESK}{event.pk}/check/"
    assert desk.post(f"{DESK}{event.pk}/edit/when/", values)["Location"] == f"{DESK}{event.pk}/"
    event.refresh_from_db()
    assert (event.title, event.starts_at, event.zone, event.sequence) == (
        "Another title",
        MAY,
        "Europe/Vienna",
        1,
    )
    assert heard == []


def test_cancelling_tells_why_and_keeps_the_event_on_the_calendar(desk, client, reference, heard):
    event = EventFactory(starts_at=MAY, ends_at=MAY + timedelta(hours=3))
    assert "Please give a reason." in desk.post(f"{DESK}{event.pk}/cancel/", {"note": " "}).text
    assert desk.post(f"{DESK}{event.pk}/cancel/", {"note": "No quorum."}).status_code == 302
    event.refresh_from_db()
    assert (event.status, event.sequence) == ("cancelled", 1)
    assert [arguments[1] for arguments in heard] == ["cancelled"]
    assert not Deadline.objects.filter(kind="events.event_near").exists()
    page = client.get(event.get_absolute_url())
    assert "No quorum." in page.text
    assert "EventCancelled" in page.text
    assert event.title in client.get(LIST).text


def test_what_hears_of_a_change_is_in_its_transaction(reference, monkeypatch):
    event = EventFactory()

    def fail(*_arguments):
        raise RuntimeError

    monkeypatch.setattr(after_change, "_function", fail)
    with pytest.raises(RuntimeError):
        rescheduling_actions.cancel_event(event, actor=person_with(Role.EVENTS), note="Why")
    event.refresh_from_db()
    assert event.status == "published"
    assert not Happening.objects.exists()


@pytest.mark.parametrize("days", [20, -20])
def test_a_past_event_offers_neither_calendar_nor_following(client, reference, days):
    starts = now() + timedelta(days=days)
    event = EventFactory(starts_at=starts, ends_at=starts + timedelta(hours=2))
    dialogue = DialogueFactory(event__starts_at=starts, event__ends_at=starts + timedelta(hours=2))
    for page in (client.get(event.get_absolute_url()).text, client.get(dialogue.get_absolute_url()).text):
        assert ("Add to my calendar" in page) is (days > 0)
        assert ('class="follow"' in page) is (days > 0)


# --- The act that matters -------------------------------------------------------------------------------
def _strong(client, event):
    """What the strong buttons of an event's page say, in the order of the page."""
    page = client.get(event.get_absolute_url()).text.partition('id="main"')[2]
    return [words.strip() for words in re.findall(r'class="btn btn-primary"[^>]*>([^<]*)<', page)]


def test_the_strong_button_of_an_event_is_what_matters_to_its_reader_now(client, reference):
    person = UserFactory()
    own = visiting(person)
    event = EventFactory()
    assert _strong(client, event) == ["Add to my calendar"]
    Event.objects.filter(pk=event.pk).update(url="https://example.org/session")
    assert _strong(client, event) == ["Open the event’s page"]
    Programme.objects.create(event=event, released=1, released_at=now())
    assert _strong(client, event) == ["See the programme"]
    RoundFactory(event=event)
    assert _strong(client, event) == ["Propose a meeting"]
    rules = RulesFactory(event=event, seats_in_person=1, has_waiting_list=True)
    assert _strong(client, event) == ["Register"]
    seat = registration_in("confirmed", rules=rules, user=person)
    assert _strong(own, event) == ["See your registration"]
    assert _strong(client, event) == ["Join the waiting list"]
    Registration.objects.filter(pk=seat.pk).update(status="offered", offer_until=now() + timedelta(hours=9))
    assert _strong(own, event) == ["Accept or leave"]
    Registration.objects.filter(pk=seat.pk).update(status="confirmed", offer_until=None)
    rules.admission = "invitation"
    rules.save()
    assert _strong(client, event) == ["Propose a meeting"]

    Event.objects.filter(pk=event.pk).update(starts_at=now() - timedelta(hours=1))
    assert _strong(client, event) == ["See the programme"]
    assert _strong(own, event) == ["See your registration"]
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    assert _strong(own, event) == []

    over = {
        "status": "published",
        "starts_at": now() - timedelta(days=3),
        "ends_at": now() - timedelta(days=1),
    }
    Event.objects.filter(pk=event.pk).update(**over)
    assert _strong(own, event) == ["See the programme"]
    words = {"rapporteur": "R", "language_id": "en", "summary": "S", "published_at": now()}
    report = Report.objects.create(event=event, status="published", **words)
    assert _strong(client, event) == ["Read the report"]
    ReportLink.objects.create(report=report, kind="recording", title="Day 1", url="https://video.example/1")
    assert _strong(client, event) == ["See the recordings"]
    assert 'href="#report"' in client.get(event.get_absolute_url()).text


def test_of_acts_alike_the_first_on_the_page_is_strong():
    """Not the first by its words, which differ from language to language."""
    acts = [Act(Urgency.LOOK_BACK, label, url) for label, url in (("See", "#report"), ("Read", "#library"))]
    assert strongest_act(LoadedPart("", {"act": act}) for act in acts) == acts[0]


def test_the_strong_button_of_a_dialogue_leads_to_its_call(client, reference):
    dialogue = DialogueFactory()
    assert _strong(client, dialogue.event) == ["See the call"]
