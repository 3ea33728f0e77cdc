"""Releasing versions of a programme, and what visitors, members and calendars see of them."""

import gzip
import threading
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from accounts.people.enums import Role
from core import ics
from core.errors import DomainError, WrongState
from events.board.actions import WantedPlace, place, take_off
from events.board.actions_releasing import ahead_of, release
from events.board.queries_clashes import clashes_of
from events.calendar.actions import make_address
from events.demo_programme import load_demo_programme
from events.events.models import Event
from events.programme.actions import star
from events.programme.models import MeetingLink, Programme, Release, Shown, Star
from events.proposals.actions import cancel
from events.proposals.models import Proposal, ProposalRound, Speaker
from events.rescheduling.actions import cancel_event
from notifications.happenings.words import words
from notifications.outbox.models import Message
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory, PartnerFactory, SpeakerFactory
from tests.factories.programme import OfficialFactory, RoomFactory, at, meeting_at, programme_event
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(reference):
    return programme_event()


@pytest.fixture
def rooms(event):
    return [RoomFactory(event=event, name=name) for name in ("Hall", "Blue")]


@pytest.fixture
def desk(reference):
    return person_with(Role.EVENTS)


def url(name, event, *args):
    return reverse(f"events:{name}", args=[event.pk, event.slug, *args])


def publish(event, desk, **how):
    programme = Programme.objects.filter(event=event).first()
    return release(event, actor=desk, known_version=programme.released if programme else 0, **how)


def shift(meeting, room, hour, desk, day=3):
    fresh = Proposal.objects.get(pk=meeting.pk)
    starts = at(hour, day)
    place(WantedPlace(fresh, room, starts, starts + timedelta(hours=1)), actor=desk)


def informed_addresses(version=None):
    rows = Message.objects.filter(kind="events.meeting_scheduled")
    return (
        sorted(rows.values_list("address", flat=True))
        if version is None
        else sorted(rows.filter(key__endswith=f":{version}").values_list("address", flat=True))
    )


@pytest.mark.behaviour("E-10")
def test_edits_are_private_until_a_numbered_version_is_released(client, event, rooms, desk):
    lead = StakeholderFactory()
    meeting = meeting_at(event, rooms[0], title="Fish and crime", lead=lead)
    other = meeting_at(event, rooms[1], title="Forests", lead=StakeholderFactory())
    people = {
        "one": member_of(lead),
        "two": member_of(other.lead),
        "fan": UserFactory(),
        "other": UserFactory(),
    }
    assert "not public yet" in client.get(url("programme", event)).content.decode()
    assert client.get(url("meeting", event, meeting.number)).status_code == 404

    publish(event, desk)
    page = client.get(url("programme", event)).content.decode()
    assert "Fish and crime" in page
    assert "Version 1" in page
    assert informed_addresses() == sorted([people["one"].email, people["two"].email])

    star(Proposal.objects.get(pk=meeting.pk), user=people["fan"])
    shift(meeting, rooms[1], "14:30", desk)
    page = client.get(url("meeting", event, meeting.number)).content.decode()
    assert "09:00–10:00" in page
    assert "14:30" not in page
    assert "14:30" not in client.get(url("programme", event)).content.decode()
    assert "14:30" not in client.get(url("programme_table", event, "csv")).getvalue().decode()
    assert "143000" not in client.get(url("programme_file", event)).content.decode()

    publish(event, desk, note="One meeting was moved.")
    assert "14:30–15:30" in client.get(url("meeting", event, meeting.number)).content.decode()
    changes = client.get(url("programme_changes", event)).content.decode()
    assert "One meeting was moved." in changes
    day = f"{at('09:00'):%a} 3 May"
    assert f"it was Hall, {day}, 09:00–10:00; it is Blue, {day}, 14:30–15:30" in changes
    assert informed_addresses(2) == sorted([people["one"].email, people["fan"].email])


def test_a_release_with_nothing_new_and_one_seen_too_early(event, rooms, desk):
    meeting_at(event, rooms[0])
    publish(event, desk)
    with pytest.raises(DomainError, match="Nothing has changed"):
        publish(event, desk)
    with pytest.raises(WrongState):
        release(event, actor=desk, known_version=0)
    assert Release.objects.count() == 1


def test_an_event_that_is_not_shown_releases_nothing(reference, desk):
    event = programme_event(status="draft")
    meeting_at(event, RoomFactory(event=event))
    with pytest.raises(WrongState):
        publish(event, desk)
    assert not Shown.objects.exists()


@pytest.mark.behaviour("E-10")
def test_changes_after_the_lock_are_marked_for_everybody(client, event, rooms, desk):
    meeting, other = meeting_at(event, rooms[0]), meeting_at(event, rooms[1])
    publish(event, desk)
    Programme.objects.update(locks_at=now() - timedelta(days=1))
    shift(meeting, rooms[0], "10:15", desk)
    publish(event, desk)
    assert (
        "after the programme was fixed" in client.get(url("meeting", event, meeting.number)).content.decode()
    )
    assert (
        "after the programme was fixed"
        not in client.get(url("meeting", event, other.number)).content.decode()
    )
    assert client.get(url("programme", event)).content.decode().count("after the programme was fixed") == 1
    assert "after the programme was fixed" in client.get(url("programme_changes", event)).content.decode()


def test_partners_are_told_too_and_those_who_only_were_asked_are_not(event, rooms, desk):
    meeting = meeting_at(event, rooms[0])
    lead, joined, invited = member_of(meeting.lead), StakeholderFactory(), StakeholderFactory()
    PartnerFactory(proposal=meeting, stakeholder=joined, status="confirmed")
    PartnerFactory(proposal=meeting, stakeholder=invited)
    partner, _other = member_of(joined), member_of(invited)
    both = member_of(joined)  # acts for the partner and marked it: told once
    Star.objects.create(user=both, proposal=meeting)
    assert ahead_of(event).people_count == 3
    publish(event, desk)
    assert informed_addresses() == sorted([lead.email, partner.email, both.email])


def test_taken_out_and_cancelled(client, event, rooms, desk):
    out, gone = meeting_at(event, rooms[0], title="Out"), meeting_at(event, rooms[1], title="Gone")
    publish(event, desk)
    take_off(Proposal.objects.get(pk=out.pk), actor=desk)
    Proposal.objects.filter(pk=gone.pk).update(status="cancelled", version=7)
    page = client.get(url("programme", event)).content.decode()
    assert "Cancelled" in page  # at once, whoever cancels it
    assert "Out" in page
    publish(event, desk)
    page = client.get(url("programme", event)).content.decode()
    assert "Out" not in page
    assert "Gone" in page  # a cancelled number stays listed
    assert "Its number stays in the list" in client.get(url("meeting", event, gone.number)).content.decode()
    assert "was taken out of the programme" in client.get(url("meeting", event, out.number)).content.decode()
    changes = client.get(url("programme_changes", event)).content.decode()
    assert changes.count("Taken out") == 1
    assert changes.count(">Cancelled<") == 1
    with pytest.raises(DomainError, match="Nothing has changed"):
        publish(event, desk)
    shift(out, rooms[0], "13:15", desk)
    publish(event, desk)
    assert "Out" in client.get(url("programme", event)).content.decode()


def test_official_items_are_private_until_released(client, event, rooms, desk):
    meeting_at(event, rooms[0])
    item = OfficialFactory(event=event, place="Plenary hall", translations={"fr": {"title": "Plénière"}})
    publish(event, desk)
    item.title, item.translations = "Committee", {}
    item.save()
    page = client.get(url("programme", event)).content.decode()
    assert "Plenary" in page
    assert "Committee" not in page
    assert "Plénière" in client.get(url("programme", event).replace("/en/", "/fr/")).content.decode()
    publish(event, desk)
    assert "Committee" in client.get(url("programme", event)).content.decode()


def test_release_page_says_how_many_are_told_and_wants_warnings_known(client, event, rooms, desk):
    sign_in(client, desk)
    lead = StakeholderFactory()
    member_of(lead)
    meeting_at(event, rooms[0], lead=lead)
    meeting_at(event, rooms[0], lead=lead)
    page = reverse("eventdesk:release", args=[event.pk])
    assert "1 person is informed" in client.get(page).content.decode()
    answer = client.post(page, {"seen": "0", "note": "First"})
    assert "Resolve the warnings of the scheduler" in answer.content.decode()
    assert 'value="First"' in answer.content.decode()
    assert not Release.objects.exists()
    client.post(page, {"seen": "0", "note": "First", "knowing": "on"})
    assert Release.objects.get().note == "First"
    assert "Nothing has changed" in client.get(page).content.decode()


@pytest.mark.parametrize("number", [1, 6])
def test_the_programme_asks_the_same_however_much_it_holds(client, event, rooms, desk, number, settings):
    settings.KEEP_PAGES_SECONDS = 0
    for n in range(number):
        meeting = meeting_at(event, rooms[n % 2], f"{9 + n:02}:00")
        PartnerFactory(proposal=meeting, status="confirmed")
    OfficialFactory(event=event)
    publish(event, desk)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url("programme", event)).status_code == 200
    assert len(queries) <= 6, [query["sql"][:90] for query in queries]


def test_filters_by_day_room_theme_and_organizer(client, event, rooms, desk):
    own = StakeholderFactory(name="Coastal Watch")
    meeting_at(event, rooms[0], title="Alpha", theme_id="firearms")
    two = meeting_at(event, rooms[1], title="Beta", day=4)
    PartnerFactory(proposal=two, stakeholder=own, status="confirmed")
    publish(event, desk)

    def shown(**query):
        page = client.get(url("programme", event), query).content.decode()
        return {name for name in ("Alpha", "Beta") if name in page}

    assert shown() == {"Alpha", "Beta"}
    assert shown(day=f"{NEXT_YEAR}-05-04") == {"Beta"}
    assert shown(room=rooms[0].pk) == {"Alpha"}
    assert shown(theme="firearms") == {"Alpha"}
    assert shown(organizer=own.pk) == {"Beta"}
    assert shown(organizer=own.pk, day=f"{NEXT_YEAR}-05-03") == set()
    assert shown(day="nonsense", room="x", theme="'") == {"Alpha", "Beta"}


def test_now_and_next(client, event, rooms, desk):
    meeting_at(event, rooms[0], "09:00", title="Alpha")
    meeting_at(event, rooms[1], "11:00", title="Beta")
    publish(event, desk)
    assert "On now" not in client.get(url("programme", event)).content.decode()
    with time_machine.travel(at("09:30"), tick=False):
        page = client.get(url("programme", event)).content.decode()
    assert page.index("On now") < page.index("Alpha") < page.index("Next") < page.index("Beta")


@pytest.mark.behaviour("E-10")
def test_a_page_that_is_kept_never_shows_an_old_version(client, event, rooms, desk):
    meeting = meeting_at(event, rooms[0], title="Alpha")
    publish(event, desk)
    client.get(url("programme", event))
    shift(meeting, rooms[0], "14:30", desk)
    publish(event, desk)
    assert "14:30" in client.get(url("programme", event)).content.decode()
    Proposal.objects.update(status="cancelled")
    assert "Cancelled" in client.get(url("programme", event)).content.decode()


def test_the_calendar_is_kept_compressed_and_never_an_old_version(client, event, rooms, desk):
    meeting = meeting_at(event, rooms[0], title="Alpha")
    publish(event, desk)
    plain = client.get(url("programme_file", event))
    zipped = client.get(url("programme_file", event), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["Content-Encoding"] == "gzip"
    assert [answer[name] for answer in (plain, zipped) for name in ("Content-Type", "Vary")] == [
        ics.TYPE,
        "Accept-Encoding, Cookie",
    ] * 2
    shift(meeting, rooms[0], "14:30", desk)
    publish(event, desk)
    assert b"T143000" in client.get(url("programme_file", event)).content


def test_both_clocks(client, event, rooms, desk):
    meeting_at(event, rooms[0], "09:00")
    publish(event, desk)
    assert 'data-zone="Europe/Vienna"' in client.get(url("programme", event)).content.decode()
    sign_in(client, UserFactory(time_zone="Africa/Nairobi"))
    assert "(10:00 in Nairobi)" in client.get(url("programme", event)).content.decode()
    assert "(10:00 in Nairobi)" in client.get(url("meeting", event, 1)).content.decode()


def test_my_agenda_works_by_plain_forms_and_is_mine_alone(client, event, rooms, desk):
    meeting_at(event, rooms[0], "09:00", title="Alpha")
    meeting_at(event, rooms[1], "09:30", title="Beta")
    hidden = meeting_at(event, None, title="Gamma")
    publish(event, desk)
    assert client.post(url("mark", event), {"star": "1"}).status_code == 302  # to the sign-in
    assert not Star.objects.exists()
    me, other = UserFactory(), UserFactory()
    sign_in(client, me)
    for _twice in range(2):
        client.post(url("mark", event), {"star": "1"})
    client.post(url("mark", event), {"star": "2", "back": "meeting"})
    assert Star.objects.filter(user=me).count() == 2
    page = client.get(url("own_agenda", event)).content.decode()
    assert page.count("At the same time as another") == 2
    assert "Alpha" in client.get(url("agenda_file", event)).content.decode()
    for wrong in (str(hidden.number), "99", "x", ""):
        assert client.post(url("mark", event), {"star": wrong}).status_code == 404
    client.post(url("mark", event), {"unstar": "2"})
    assert Star.objects.get(user=me).proposal.number == 1
    sign_in(client, other)
    assert "Alpha" not in client.get(url("own_agenda", event)).content.decode()


def test_a_meeting_names_organizers_and_confirmed_speakers_without_addresses(client, event, rooms, desk):
    listed = StakeholderFactory(name="Listed Watch")
    unlisted = StakeholderFactory(name="Quiet Watch", listing="members")
    meeting = meeting_at(event, rooms[0], lead=listed, link="https://secret.example/room", mode="hybrid")
    PartnerFactory(proposal=meeting, stakeholder=unlisted, status="confirmed")
    PartnerFactory(proposal=meeting, stakeholder=StakeholderFactory(name="Only Asked"))
    for name, status in (("Ana", "confirmed"), ("Ben", "named"), ("Cem", "declined")):
        SpeakerFactory(proposal=meeting, name=f"{name} Speaks", status=status, address=f"{name}@x.org")
    publish(event, desk)
    page = client.get(url("meeting", event, 1)).content.decode()
    assert f'href="{listed.get_absolute_url()}"' in page
    assert "A stakeholder that is not listed" in page
    assert "Quiet Watch" not in page
    assert unlisted.get_absolute_url() not in page
    member = Client()
    sign_in(member, member_of(StakeholderFactory()))
    assert unlisted.get_absolute_url() in member.get(url("meeting", event, 1)).content.decode()
    assert "Ana Speaks" in page
    assert "1 speaker has not confirmed yet." in page
    for hidden in ("Only Asked", "Ben Speaks", "Cem Speaks", "x.org", "secret.example"):
        assert hidden not in page, hidden


def test_links_of_a_meeting(client, event, rooms, desk):
    meeting = meeting_at(event, rooms[0])
    publish(event, desk)
    page = url("meeting", event, 1)
    values = {"kind": "report", "title": "Contributions", "url": "https://example.org/report.pdf"}
    assert client.post(page, values).status_code == 404
    sign_in(client, UserFactory())
    assert client.post(page, values).status_code == 404
    sign_in(client, member_of(meeting.lead))
    assert "field-error" in client.post(page, {**values, "url": "javascript:alert(1)"}).content.decode()
    client.post(page, values)
    link = MeetingLink.objects.get()
    assert "Contributions" in client.get(page).content.decode()
    sign_in(client, UserFactory())
    assert client.post(url("unlink", event, 1, link.pk)).status_code == 404
    sign_in(client, desk)
    client.post(url("unlink", event, 1, link.pk))
    assert not MeetingLink.objects.exists()


def test_calendars_rise_in_sequence_and_tell_what_is_off(client, event, rooms, desk):
    meeting, other = meeting_at(event, rooms[0], title="Ärger; Meer, Öl"), meeting_at(event, rooms[1])
    publish(event, desk)
    text = client.get(url("programme_file", event)).content.decode()
    assert f"UID:meeting-{meeting.pk}@" in text
    assert f"TZID=Europe/Vienna:{NEXT_YEAR}0503T090000" in text
    assert "SEQUENCE:0" in text
    shift(meeting, rooms[1], "14:30", desk)
    take_off(Proposal.objects.get(pk=other.pk), actor=desk)
    publish(event, desk)
    text = client.get(url("meeting_file", event, 1)).content.decode()
    assert "SEQUENCE:1" in text
    assert f"{NEXT_YEAR}0503T143000" in text
    assert "STATUS:CANCELLED" in client.get(url("meeting_file", event, 2)).content.decode()
    Proposal.objects.filter(pk=meeting.pk).update(status="cancelled")
    text = client.get(url("meeting_file", event, 1)).content.decode()
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:2" in text


def test_what_is_not_shown_is_not_there(client, reference, desk):
    draft = programme_event(status="draft")
    plain = EventFactory(has_programme=False)
    for event in (draft, plain):
        addresses = [url(name, event) for name in ("programme", "programme_changes", "programme_file")]
        for address in (*addresses, url("programme_table", event, "csv")):
            assert client.get(address).status_code == 404, address
    shown = programme_event()
    meeting_at(shown, None)
    assert client.get(url("meeting", shown, 1)).status_code == 404
    assert client.get(url("meeting", shown, 10**15)).status_code == 404
    assert client.get(url("meeting_file", shown, 1)).status_code == 404


def test_the_csv_cannot_run_as_a_formula(client, event, rooms, desk):
    meeting_at(event, rooms[0], title="=HYPERLINK(1)")
    publish(event, desk)
    assert ",'=HYPERLINK(1)," in client.get(url("programme_table", event, "csv")).getvalue().decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_release_at_once_make_one_version():
    event = programme_event()
    meeting_at(event, RoomFactory(event=event))
    desk = person_with(Role.EVENTS)
    start, outcomes = threading.Barrier(2), []

    def act():
        try:
            start.wait()
            release(event, actor=desk, known_version=0)
            outcomes.append("released")
        except WrongState:
            outcomes.append("late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["late", "released"]
    assert Release.objects.count() == 1


def test_the_demonstration_is_loaded_once(client, reference, desk):
    event = programme_event(is_demo=True)
    for name in ("Coast", "Forest", "Harbour"):
        StakeholderFactory(name=f"Demo {name} Watch")
    for _twice in range(2):
        load_demo_programme({"events": desk})
    assert Shown.objects.count() == 6
    assert Release.objects.count() == 1
    assert "Demo: firearms at borders" in client.get(url("programme", event)).content.decode()
    assert not clashes_of(event.pk)
    for meeting in Proposal.objects.filter(event=event):
        sign_in(client, member_of(meeting.lead))
        assert client.get(f"/en/events/proposals/{meeting.pk}/").status_code == 200


def test_a_meeting_that_came_without_a_round_is_shown_and_closed(client, event, rooms, desk):
    """The desk may take a programme over that was made elsewhere."""
    meeting = meeting_at(event, rooms[0])
    page = f"/en/events/proposals/{meeting.pk}/"
    sign_in(client, member_of(meeting.lead))
    assert client.get(page).status_code == 200
    assert client.get(f"{page}write/").status_code < 500
    assert client.post(f"{page}revise/").status_code < 500
    sign_in(client, desk)
    assert client.get(f"/en/desk/events/proposals/{meeting.pk}/").status_code == 200
    assert not ProposalRound.objects.exists()


def test_asking_for_the_rules_of_a_meeting_gives_its_event_no_round(event, rooms):
    meeting = meeting_at(event, rooms[0])
    assert meeting.rules.is_open_for(meeting.party) is False
    with pytest.raises(ProposalRound.DoesNotExist):
        meeting.event.round


def test_visible_to(event, rooms, desk):
    meeting_at(event, rooms[0])
    publish(event, desk)
    assert Shown.objects.visible_to(AnonymousUser()).count() == 1
    event.status = "draft"
    event.save()
    assert Shown.objects.visible_to(AnonymousUser()).count() == 0


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_programme_on_paper(client, event, rooms, desk, language, settings):
    address = url("programme_paper", event).replace("/en/", f"/{language}/")
    assert client.get(address).status_code == 404
    meeting_at(event, rooms[0], title='#panic("x") $1$ *bold* \\ [', language_id="en")
    meeting_at(event, rooms[1], title="مكافحة الجريمة المنظمة في البحر 打击有组织犯罪")
    publish(event, desk)
    paper = client.get(address)
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert b"pdfuaid" in paper.content
    assert client.get(address).content == paper.content


def test_a_letter_that_no_font_has_stops_no_paper(client, event, rooms, desk):
    meeting_at(event, rooms[0], title="ไทย 🐟")
    publish(event, desk)
    assert client.get(url("programme_paper", event)).content.startswith(b"%PDF-")


@pytest.mark.behaviour("E-12")
def test_marked_meetings_are_in_the_calendar_of_the_person_and_of_nobody_else(client, event, rooms, desk):
    marked, other = meeting_at(event, rooms[0]), meeting_at(event, rooms[1])
    publish(event, desk)
    unplaced = meeting_at(event, None)
    person, stranger = UserFactory(), UserFactory()
    star(Proposal.objects.get(pk=marked.pk), user=person)
    Star.objects.create(user=person, proposal=unplaced)
    secrets = {owner: make_address(actor=owner)[1] for owner in (person, stranger)}
    files = {owner: client.get(reverse("events:own_file", args=[secrets[owner]])).text for owner in secrets}
    assert f"UID:meeting-{marked.pk}@" in files[person]
    assert f"UID:meeting-{other.pk}@" not in files[person]
    assert f"UID:meeting-{unplaced.pk}@" not in files[person]
    assert "UID:meeting-" not in files[stranger]
    sign_in(client, person)
    page = client.get(reverse("events:own_calendar")).text
    assert marked.title in page
    assert unplaced.title not in page
    Proposal.objects.filter(pk=marked.pk).update(status="cancelled")
    personal = client.get(reverse("events:own_file", args=[secrets[person]])).text
    assert "STATUS:CANCELLED" in personal
    # Built from a model there and from a row of values here, and the same to the last byte.
    whole = client.get(url("meeting_file", event, 1)).text
    entry = whole[whole.index("BEGIN:VEVENT") : whole.index("END:VEVENT")]
    assert entry in personal
    assert marked.title not in client.get(reverse("events:own_calendar")).text


def test_another_zone_with_the_same_hour_is_told_once(client, event, rooms, desk):
    meeting_at(event, rooms[0])
    publish(event, desk)
    sign_in(client, UserFactory(time_zone="Europe/Paris"))
    for address in (url("programme", event), url("meeting", event, 1), url("own_agenda", event)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "in Paris" not in answer.text


@pytest.mark.behaviour("E-10")
def test_speakers_who_confirmed_hear_of_their_own_meeting_and_can_still_answer(
    client, event, rooms, desk, django_assert_num_queries
):
    meeting, other = meeting_at(event, rooms[0], title="Moved one"), meeting_at(event, rooms[1])
    speaks = SpeakerFactory(proposal=meeting, status="confirmed", address="speaks@example.org")
    SpeakerFactory(proposal=meeting, status="named", address="asked@example.org")
    SpeakerFactory(proposal=meeting, status="declined", address="no@example.org")
    SpeakerFactory(proposal=meeting, status="confirmed", address="")
    SpeakerFactory(proposal=other, status="confirmed", address="other@example.org")
    rooms[0].translations = {"ar": {"name": "القاعة"}}
    rooms[0].save()
    publish(event, desk)
    mails = Message.objects.filter(kind="events.speaker_told").order_by("pk")
    assert not mails.exists()  # they know of nothing that could move

    shift(meeting, rooms[1], "14:30", desk)
    assert ahead_of(event).people_count == 1
    publish(event, desk)
    [mail] = mails
    assert mail.address == "speaks@example.org"
    letter = words(mail, {"facts": mail.facts, "time_zone": ""})
    assert "14:30" in letter.todo
    assert "Hall" in letter.todo
    with override("ar"):
        assert "القاعة" in words(mail, {"facts": mail.facts, "time_zone": ""}).todo
    page = client.get(mail.url)
    assert "14:30–15:30" in page.content.decode()
    client.post(mail.url, {"decline": "1"})
    speaks.refresh_from_db()
    assert speaks.status == "declined"

    # A meeting that is cancelled, by its organizer or with the event: its own speakers, each once.
    cancel(Proposal.objects.get(pk=other.pk), actor=member_of(other.lead), note="Nobody can come.")
    assert [message.address for message in mails.all()[1:]] == ["other@example.org"]
    letter = words(mails.all()[1], {"facts": mails.all()[1].facts, "time_zone": ""})
    assert "Nobody can come." in letter.todo
    Speaker.objects.filter(pk=speaks.pk).update(status="confirmed")
    cancel_event(Event.objects.get(pk=event.pk), actor=desk, note="Postponed.")
    [mail] = Message.objects.filter(kind="events.speaker_event")
    assert mail.address == "speaks@example.org"


def test_a_room_is_called_in_the_reader_s_language_everywhere(client, event, rooms, desk):
    sign_in(client, desk)
    room = rooms[0]
    address = reverse("eventdesk:room", args=[event.pk, room.pk])
    sent = {"name": "Hall", "position": "0", "name_ar": "القاعة", "name_fr": "Salle <b>"}
    assert client.post(address, sent).status_code == 302
    assert "القاعة" in client.get(address).content.decode()
    meeting = meeting_at(event, room)
    publish(event, desk)
    client.logout()
    for name, args in (("programme", ()), ("meeting", (meeting.number,)), ("programme_file", ())):
        with override("ar"):
            read = client.get(url(name, event, *args)).content.decode()
        assert "القاعة" in read, name
        assert "Hall" in client.get(url(name, event, *args)).content.decode(), name
    with override("fr"):
        assert "Salle &lt;b&gt;" in client.get(url("programme", event)).content.decode()
    shift(meeting, rooms[1], "14:30", desk)
    publish(event, desk)
    with override("ar"):
        assert "القاعة" in client.get(url("programme_changes", event)).content.decode()
