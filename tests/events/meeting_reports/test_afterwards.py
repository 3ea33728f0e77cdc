"""What is left of an event: the reports of its meetings, and its numbers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError
from events.events.models import Event
from events.meeting_reports import actions as meeting_reports_actions
from events.meeting_reports.enums import REPORT_MOVES, ReportStatus
from events.meeting_reports.models import Report, ReportFile
from events.programme.models import Shown
from notifications.outbox.models import Message
from resources.curation import actions as curation_actions
from resources.records.models import Resource
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.programme import meeting_at, programme_event
from tests.factories.registrations import RulesFactory, registration_in
from tests.factories.stakeholders import PDF, StakeholderFactory, member_of
from tests.support import assert_no_growth, lines_of, text_of
from tests.workflow.exhaustive import CASE, attempt, cases
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return person_with(Role.EVENTS)


def held_meeting(**fields):
    """A meeting that has begun, of an event that has, in the public programme."""
    event = programme_event()
    room = event.rooms.create(name="Room A", position=1)
    meeting = meeting_at(event, room, number=7, public_at=now(), **fields)
    starts = now() - timedelta(hours=3)
    Event.objects.filter(pk=event.pk).update(starts_at=starts, ends_at=now() + timedelta(days=1))
    Shown.objects.create(proposal=meeting, room=room, starts_at=starts, ends_at=starts + timedelta(hours=1))
    return meeting


FORM_VALUES = {
    "rapporteur": "Amina Haile",
    "language": "en",
    "summary": "We spoke of <b>boats</b>.",
    "outcomes": "A network",
    "recommendations": "Count them",
    "attended_in_person": "41",
    "attended_online": "",
    "counted_by": "At the door",
}


def report_in(state, **fields):
    meeting = fields.pop("meeting", None) or held_meeting()
    report = Report(
        event=meeting.event, proposal=meeting, status=state, rapporteur="R", language_id="en", summary="S"
    )
    for name, value in fields.items():
        setattr(report, name, value)
    report.save()
    return report


MOVES = list(
    cases(
        REPORT_MOVES,
        ReportStatus.values,
        people=("desk", "lead", "other"),
        allowed={"submit": {"desk", "lead"}, "publish": {"desk"}, "return": {"desk"}},
    )
)


@pytest.mark.parametrize(CASE, MOVES)
def test_every_move(move, state, who, expected, reference):
    report = report_in(state)
    people = {
        "desk": person_with(Role.EVENTS),
        "lead": member_of(report.proposal.lead),
        "other": UserFactory(),
    }
    how = {"note": "Please"} if move == "return" else {}
    assert attempt(report, move, people[who], **how) == expected


def test_a_rapporteur_reports_and_everybody_reads_it_once_the_desk_has(  # noqa: PLR0915  one whole story
    client, reference, desk
):
    meeting = held_meeting()
    lead, stranger = member_of(meeting.lead), UserFactory()
    event = meeting.event
    at = [event.pk, event.slug, meeting.number]
    page, begin = reverse("events:meeting", args=at), reverse("events:write_meeting_report", args=at)
    sign_in(client, stranger)
    assert client.get(begin).status_code == 404
    assert "Write the report" not in text_of(client.get(page))
    sign_in(client, lead)
    assert "Write the report" in text_of(client.get(page))
    unsaid = text_of(client.post(begin, {**FORM_VALUES, "counted_by": ""}))
    assert "Enter who counted, or leave the" in unsaid
    assert "We spoke of &lt;b&gt;boats" in unsaid  # nothing typed is lost
    client.post(begin, FORM_VALUES)
    report = Report.objects.get()
    assert (report.proposal, report.attended_in_person, report.attended_online) == (meeting, 41, None)
    own = report.get_absolute_url()
    client.post(own, {"kind": "slides", "title": "Slides", "upload": PDF("slides.pdf")})
    assert "one of the two" in text_of(client.post(own, {"kind": "recording", "title": "Film"}))
    client.post(own, {"kind": "recording", "title": "Film", "url": "https://video.example/1"})
    file = reverse("core:file", args=["report", ReportFile.objects.get().pk])
    edit = reverse("events:report_edit", args=[report.pk])
    client.post(edit, {**FORM_VALUES, "summary": "We spoke of boats.", "version": "0"})
    assert "in the meantime" in text_of(
        client.post(edit, {**FORM_VALUES, "version": "0"})
    )  # of two, the second is told
    report.refresh_from_db()

    def click(person, name, version=None, **data):
        sign_in(client, person)
        data["version"] = report.version if version is None else version
        answer = client.post(reverse("events:report_move", args=[report.pk, name]), data, follow=True)
        report.refresh_from_db()
        return answer

    click(lead, "submit")
    assert report.status == "sent"
    assert WorkItem.objects.about(report).open().get().what == "publish"
    assert click(lead, "publish").status_code == 404
    for person in (stranger, None):
        sign_in(client, person) if person else client.logout()
        assert "We spoke" not in text_of(client.get(page))
        assert client.get(file).status_code in (302, 404)
    sign_in(client, desk)
    assert "report of meeting 7 to publish" in text_of(client.get(reverse("eventdesk:home")))
    assert client.get(file).status_code == 200
    assert "This field is required" in text_of(click(desk, "return", note=""))
    click(desk, "return", note="Who is Amina?")
    assert "Who is Amina?" in text_of(click(lead, "submit", version=99))  # a stale page sends nothing
    assert report.status == "returned"
    click(lead, "submit")
    click(desk, "publish")
    kinds = Message.objects.filter(user=lead).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["events.report_returned", "events.report_published"]
    client.logout()
    public_text = text_of(client.get(page))
    for words in (
        "We spoke of boats.",
        "Count them",
        "41",
        "At the door",
        "Slides",
        "https://video.example/1",
    ):
        assert words in public_text
    assert client.get(file).status_code == 200
    sign_in(client, stranger)
    assert client.get(own).status_code == 404
    with pytest.raises(DomainError):
        meeting_reports_actions.save_report(report, actor=lead, values={}, fields=[], version=report.version)


def test_recordings_and_slides_reach_the_library_once_by_the_desk_s_queue(client, reference, desk):
    meeting = held_meeting(title="Boats and fish", theme_id="trafficking-in-persons")
    lead, curator = member_of(meeting.lead), person_with(Role.CURATION)
    event = meeting.event
    page = reverse("events:meeting", args=[event.pk, event.slug, meeting.number])
    sign_in(client, lead)
    client.post(
        reverse("events:write_meeting_report", args=[event.pk, event.slug, meeting.number]), FORM_VALUES
    )
    report = Report.objects.get()
    own = report.get_absolute_url()
    client.post(own, {"kind": "slides", "title": "Slides", "upload": PDF("slides.pdf")})
    client.post(own, {"kind": "recording", "title": "Film", "url": "https://video.example/1"})
    client.post(own, {"kind": "document", "title": "Paper", "url": "https://paper.example/1"})
    meeting_reports_actions.act(report, "submit", actor=lead, version=report.version)
    assert not Resource.objects.exists()
    report.refresh_from_db()
    meeting_reports_actions.act(report, "publish", actor=desk, version=report.version)

    film, slides = Resource.objects.order_by("kind").reverse()
    assert (film.kind, slides.kind) == ("video", "presentation")
    assert (film.title, film.status, film.audience) == ("Boats and fish: Film", "pending", "public")
    assert (film.suggested_for, film.suggested_by, film.source) == (
        meeting.lead,
        lead,
        "Congress · Boats and fish",
    )
    assert film.source_url.endswith(page.partition("/events")[2])
    assert slides.editions.get().files.get().sha256 == ReportFile.objects.get().sha256
    assert WorkItem.objects.about(film).open().exists()
    arrived = Message.objects.filter(user=curator, kind="resources.arrived")
    assert arrived.count() == 2
    sign_in(client, curator)
    assert "Boats and fish: Film" in text_of(client.get(reverse("resourcedesk:home")))

    # The same address again, by the page of the meeting and by another report: no second suggestion.
    sign_in(client, lead)
    link = {"kind": "recording", "title": "Film again", "url": "http://video.example/1/"}
    assert client.post(page, link).status_code == 302
    other = report_in("sent", meeting=meeting_at(event, None, number=8, public_at=now(), lead=meeting.lead))
    other.links.create(kind="recording", title="Film", url="https://video.example/1")
    other.files.create(
        kind="slides",
        title="Same",
        name="s.pdf",
        media_type="application/pdf",
        size=1,
        file="none.pdf",
        sha256=ReportFile.objects.get().sha256,
    )
    meeting_reports_actions.act(other, "publish", actor=desk, version=other.version)
    assert Resource.objects.count() == 2

    assert "In the library" not in text_of(client.get(page))  # before the desk of the library decides
    curation_actions.publish(film, actor=curator)
    for address in (page, event.get_absolute_url()):
        client.logout()
        shown = text_of(client.get(address))
        assert "In the library" in shown
        assert shown.count("Boats and fish: Film") == 1
    # What the library did not take is not suggested again.
    curation_actions.refuse(slides, actor=curator, reason="scope")
    again = report_in("sent", meeting=meeting_at(event, None, number=9, public_at=now()))
    again.files.create(
        kind="slides",
        title="Same",
        name="s.pdf",
        media_type="application/pdf",
        size=1,
        file="none.pdf",
        sha256=ReportFile.objects.first().sha256,
    )
    meeting_reports_actions.act(again, "publish", actor=desk, version=again.version)
    assert Resource.objects.count() == 2
    # An event of the house has no stakeholder behind it: the record is the desk's, and waits all the same.
    whole = Report.objects.create(event=event, status="sent", rapporteur="R", language_id="en", summary="S")
    whole.links.create(kind="recording", title="Opening", url="https://video.example/2")
    meeting_reports_actions.act(whole, "publish", actor=desk, version=whole.version)
    opening = Resource.objects.get(title="Congress: Opening")
    assert (opening.suggested_for, opening.status) == (None, "pending")


def test_reports_begin_once_the_meeting_has_and_there_is_one(client, reference, desk):
    meeting = held_meeting()
    lead = member_of(meeting.lead)
    values = {"rapporteur": "R", "language_id": "en", "summary": "S"}
    Shown.objects.update(starts_at=now() + timedelta(hours=1), ends_at=now() + timedelta(hours=2))
    meeting.refresh_from_db()
    with pytest.raises(PermissionDenied):
        meeting_reports_actions.begin_report(meeting.event, meeting, actor=lead, values=values)
    Shown.objects.update(starts_at=now() - timedelta(hours=1))
    meeting.refresh_from_db()
    meeting_reports_actions.begin_report(meeting.event, meeting, actor=lead, values=values)
    with pytest.raises(DomainError, match="colleague"):
        meeting_reports_actions.begin_report(meeting.event, meeting, actor=desk, values=values)
    # An event has its own, with the numbers that were counted in.
    event = meeting.event
    event.refresh_from_db()
    registration_in("confirmed", rules=RulesFactory(event=event), attended_at=now(), counted_by=desk)
    sign_in(client, desk)
    address = reverse("events:write_report", args=[event.pk, event.slug])
    assert 'name="attended_in_person" value="1"' in text_of(client.get(address))
    client.post(address, FORM_VALUES)
    assert Report.objects.filter(event=event, proposal=None).count() == 1
    mine = Report.objects.visible_to
    assert (mine(lead).count(), mine(desk).count(), mine(UserFactory()).count()) == (1, 1, 0)


def test_an_event_in_numbers_tells_no_few(client, reference, desk):
    meeting = held_meeting(lead=StakeholderFactory(kind="ngo"), theme_id="corruption")
    event = Event.objects.get(pk=meeting.event_id)
    rules = RulesFactory(event=event)
    earlier = RulesFactory(
        event=EventFactory(starts_at=now() - timedelta(days=99), ends_at=now() - timedelta(days=98))
    )
    address = reverse("events:statistics", args=[event.pk, event.slug])
    for n in range(6):
        registration = registration_in("confirmed", rules=rules, attended_at=now() if n < 4 else None)
        if n == 0:
            registration_in("confirmed", rules=earlier, user=registration.user, attended_at=now())
    registration_in("confirmed", rules=rules, mode="online")
    registration_in("waiting", rules=rules)

    def cells():
        address = reverse("events:statistics_table", args=[event.pk, event.slug, "csv"])
        return {
            (row["table"], row["code"]): (row["number"], row["suppressed"])
            for row in lines_of(client.get(address))
        }

    assert cells() == {
        ("meetings_by_kind", "ngo"): ("1", ""),
        ("meetings_by_region", meeting.lead.country.region_id): ("1", ""),
        ("meetings_by_theme", meeting.theme_id): ("1", ""),
        ("confirmed_by_mode", "in_person"): ("", "1"),
        ("confirmed_by_mode", "online"): ("", "1"),
        ("counted_by_mode", "in_person"): ("", "1"),
        ("confirmed_by_time", "first"): ("", "1"),
        ("confirmed_by_time", "again"): ("", "1"),
    }
    page = text_of(client.get(address))
    assert "Suppressed" in page
    assert page.count('<svg class="row-bar"') == 3
    assert_no_growth(
        lambda: client.get(address), lambda: registration_in("confirmed", rules=rules, mode="online")
    )
    # Before it begins, numbers of people are the desk's alone.
    Event.objects.filter(pk=event.pk).update(
        starts_at=now() + timedelta(days=1), ends_at=now() + timedelta(days=2)
    )
    assert not [cell for cell in cells() if cell[0].startswith("co")]
    sign_in(client, desk)
    assert ("confirmed_by_mode", "in_person") in cells()
