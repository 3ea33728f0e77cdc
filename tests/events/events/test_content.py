"""What content/ tells of events: sessions, side events, documents and attendance; and the pages of it."""

import csv

import pytest
from django.http import QueryDict

from accounts.people.enums import Role
from events.calendar.filters import EventFilter
from events.events.models import Body, Event
from events.seed import LEFT_OUT, NOT_NAMED, load_events, load_sourced_events
from portal.content import FOLDER, load_content
from search.models import Document
from stakeholders.entries.models import DirectoryVersion
from taxonomy.curation.actions import merge_terms
from taxonomy.terms.models import Language, Topic
from tests.events.events.content_files import FILES, change, copy_to, rows
from tests.factories.accounts import person_with, visiting
from tests.factories.events import EventFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.taxonomy import TopicFactory
from workflow.items.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(module_rows):
    """What loading did to each file: once for all tests, of which most only read."""
    load_events()
    return load_sourced_events(FOLDER)


@pytest.fixture
def folder(tmp_path):
    return copy_to(tmp_path)


def test_all_is_loaded_with_its_sources_and_once(loaded, client):
    numbers = [len(rows(name)) for name in FILES]
    assert [loaded[name].created for name in FILES] == numbers
    assert (loaded[LEFT_OUT], loaded[NOT_NAMED]) == (0, 0)
    assert not Event.objects.filter(source="").exists()
    assert not Event.objects.filter(source_date=None).exists()
    congress = Event.objects.get(code="congress-15th")
    assert (congress.status, congress.starts_at.date().isoformat()) == (
        "published",
        "2026-09-25",
    )  # in Vienna
    assert Body.objects.filter(pk="GA").exists()
    again = load_sourced_events(FOLDER)
    assert [again[name].unchanged for name in FILES] == numbers
    shown = Event.objects.shown().count()
    submitted = sum(row["status"] == "submitted" for row in rows("events.csv"))
    assert Document.objects.filter(kind="events.event").count() == shown == sum(numbers[:2]) - submitted
    assert "Without a known date" in client.get("/en/events/?when=past&body=WG-FA").text


def test_what_the_desk_edited_stays_with_its_attendance(loaded, folder):
    session = Event.objects.get(code="cop-12th-session")
    session.title = "As the desk calls it"
    session.edited_by_hand = True
    session.save()
    change(folder, "event_attendance.csv", ",1400,participants,", ",1500,participants,")
    change(folder, "events.csv", "5th session,2010-10-18", "5th session,2010-10-19")
    again = load_sourced_events(folder)
    assert (again["events.csv"].updated, again["events.csv"].skipped) == (1, 1)
    assert (again["event_attendance.csv"].updated, again["event_attendance.csv"].skipped) == (0, 1)
    assert session.attendance.first().number == 1400
    changed = Event.objects.get(code="cop-5th-session")
    assert (changed.starts_at.day, changed.sequence) == (18, 1)  # midnight of Vienna


def test_what_no_file_names_any_more_stays_and_says_so(loaded, folder, client):
    lines = (folder / "events.csv").read_text(encoding="utf-8").splitlines()
    remaining = [line for line in lines if not line.startswith("wg-tip-12th-session")]
    (folder / "events.csv").write_text("\n".join([*remaining, ""]), encoding="utf-8")
    report = load_sourced_events(folder)
    assert (report["events.csv"].unchanged, report[NOT_NAMED]) == (len(rows("events.csv")) - 1, 1)
    left = Event.objects.get(code="wg-tip-12th-session")
    sentence = "The source list no longer contains it."
    assert sentence in client.get(left.get_absolute_url()).text
    assert load_sourced_events(FOLDER)["events.csv"].updated == 1
    assert sentence not in client.get(left.get_absolute_url()).text


def test_what_leaves_the_file_is_indexed_once_and_a_doubtful_row_is_still_named(loaded, folder):
    with (folder / "events.csv").open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    table = [row for row in table if row["code"] != "wg-tip-12th-session"]
    next(row for row in table if row["code"] == "cop-5th-session")["confidence"] = "low"
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, table[0].keys())
        writer.writeheader()
        writer.writerows(table)
    versions = [DirectoryVersion.objects.current()]
    for _time in range(2):
        load_sourced_events(folder)
        versions.append(DirectoryVersion.objects.current())
    assert versions[1:] == [versions[0] + 1] * 2
    assert list(Event.objects.filter(left_source=True).values_list("code", flat=True)) == [
        "wg-tip-12th-session"
    ]


def test_a_merged_topic_or_language_is_followed(loaded, folder):
    event = Event.objects.filter(topics="firearms", code__in=[row["code"] for row in rows("events.csv")])[0]
    head = person_with(Role.CURATION)
    old = Topic.objects.get(pk="firearms")
    merge_terms(old, TopicFactory(code="arms", kind=old.kind), actor=head)
    change(folder, "events.csv", "5th session,2010-10-18", "5th session,2010-10-19")
    assert load_sourced_events(folder)["events.csv"].updated == 1
    assert event.topics.filter(pk="arms").exists()
    merge_terms(Language.objects.get(pk="en"), Language.objects.get(pk="fr"), actor=head)
    load_sourced_events(folder)
    assert set(Event.objects.values_list("language_id", flat=True)) == {"fr"}


# --- Pages ------------------------------------------------------------------------------------------------
def test_a_session_shows_documents_numbers_and_side_events(loaded, client):
    session = Event.objects.get(code="cop-11th-session")
    page = client.get(session.get_absolute_url()).text
    for words in (
        "about 1,500",
        "UNODC on the opening day",
        "more than 1,500",
        "UNODC at the close",
        "Mapping illicit hubs in West Africa",
        "The title is our wording.",
    ):
        assert words in page
    page = client.get(Event.objects.get(code="congress-14th").get_absolute_url()).text
    assert "A/CONF.234/16" in page
    assert "Ancillary meetings" in page


def test_a_side_event_is_on_its_session_and_on_a_page_of_its_own_not_on_the_calendar(loaded, client):
    meeting = Event.objects.get(title__startswith="Partnership for UNTOC implementation")
    page = client.get(meeting.get_absolute_url()).text
    for words in ("Conference Support Section", "Canada", "Room M5", meeting.part_of.title):
        assert words in page
    assert meeting.title not in client.get("/en/events/?when=past&page=2").text
    assert meeting.title not in client.get("/en/events/month/2022/10/").text
    assert meeting.title in client.get(f"{meeting.get_absolute_url()}event.ics").text.replace("\r\n ", "")


def test_organizers_lead_to_their_public_entry_and_to_no_other(loaded, client):
    name = "Global Initiative Against Transnational Organized Crime"
    meeting = Event.objects.get(title="Mapping illicit hubs in West Africa")

    def link(entry):
        return f'href="{entry.get_absolute_url()}"' in client.get(meeting.get_absolute_url()).text

    entry = StakeholderFactory(name=name.upper(), listing="members")
    assert not link(entry)
    entry.listing = "public"
    entry.save()
    assert link(entry)
    other = StakeholderFactory(name=name)
    assert not link(entry)
    assert not link(other)


def test_an_event_without_a_way_of_taking_part_is_shown_and_edited(loaded, client):
    event = Event.objects.get(code="ieg-environment-2nd-meeting")
    page = client.get(event.get_absolute_url()).text
    assert "Format" not in page
    assert "eventAttendanceMode" not in page
    desk = visiting(person_with(Role.EVENTS))
    address = f"/en/desk/events/{event.pk}/edit/what/"
    form = desk.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert desk.post(address, values | {"version": event.version, "title": "By the desk"}).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.mode, event.edited_by_hand) == ("By the desk", "", True)
    assert load_sourced_events(FOLDER)["events.csv"].skipped == 1


def test_days_of_observance_wait_for_the_desk_and_stay_refused(loaded, client):
    day = Event.objects.get(code="day-anti-corruption-2026")
    assert day.title not in client.get("/en/events/").text
    desk = visiting(person_with(Role.EVENTS))
    assert day.title in desk.get("/en/desk/events/?state=waiting").text
    assert WorkItem.objects.about(day).open().count() == 1
    assert desk.get(f"/en/desk/events/{day.pk}/return/").status_code == 404
    desk.post(f"/en/desk/events/{day.pk}/refuse/", {"reason": "unclear"})
    assert load_sourced_events(FOLDER)["events.csv"].unchanged == len(rows("events.csv"))
    day.refresh_from_db()
    assert day.status == "refused"
    assert not WorkItem.objects.about(day).open().exists()


def test_an_event_of_low_confidence_waits_for_the_desk_wherever_the_portal_runs(loaded, client):
    low = [row for row in rows("events.csv") if row["confidence"] == "low"]
    assert "cop-13th-session" in {row["code"] for row in low}
    desk = visiting(person_with(Role.EVENTS))
    page = desk.get("/en/desk/events/?state=waiting").text
    for event in Event.objects.filter(code__in=[row["code"] for row in low]):
        assert event.status == "submitted"
        assert event.title in page
        assert WorkItem.objects.about(event).open().count() == 1
        assert event.title not in client.get("/en/events/?when=past").text


def test_the_kyoto_pages_hold_the_figures_and_institutions_and_the_launch_once(loaded, client):
    congress = Event.objects.get(code="congress-14th")
    page = client.get(congress.get_absolute_url()).text
    for number in ("about 5,680", "more than 830", "about 150", "about 130", "about 50"):
        assert number in page
    assert "a-multistakeholder-approach-to-combating-organized-crime-highlighted-at-kyoto-congress" in page
    launch = Event.objects.filter(about__contains="WhatsOn was launched")
    assert launch.count() == 1
    assert not Event.objects.filter(title__contains="WhatsOn launch at the Kyoto").exists()
    page = client.get(launch[0].get_absolute_url()).text
    for name in ("Italy", "United States of America", "Global Initiative Against", "Tokyo University", "104"):
        assert name in page


def test_an_event_that_stood_twice_goes_with_an_upgrade_unless_somebody_uses_it(loaded):
    for edited in (True, False):
        Event.objects.filter(code="whatson-launch-2021").delete()
        EventFactory(code="whatson-launch-2021", edited_by_hand=edited)
        load_content(["events"])
        assert Event.objects.filter(code="whatson-launch-2021").exists() == edited


def test_no_copy_at_a_sharing_site_is_a_source():
    copies = ("pdfslide", "docslib", "scribd", "vdocument", "fdocuments", "pdf4pro")
    for name in FILES:
        for row in rows(name):
            assert not any(copy in row["source_url"] for copy in copies), row["code"]


def test_the_united_nations_did_not_hold_what_others_held(loaded):
    events = EventFilter(QueryDict("organizer=un"), Event.objects.all(), countries=[]).qs
    codes = set(events.values_list("code", flat=True))
    assert "congress-14th" in codes
    assert "alliance-100th-meeting" not in codes


# --- Search -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "title"),
    (
        ("Kyoto", "14th United Nations Congress"),
        ("Kyoto", "Resilience Fund: Supporting Community Responses"),
        ("A/CONF.234/16", "14th United Nations Congress"),
        ("CTOC/COP/WG.10/2020/3", "established by resolution 9/1: 2nd meeting"),
        ("Tronie Foundation", "Launch of the Resilience Fund"),
    ),
)
def test_search_finds_a_congress_its_meetings_and_symbols(loaded, client, words, title):
    assert title in client.get("/en/search/", {"q": words}).text
