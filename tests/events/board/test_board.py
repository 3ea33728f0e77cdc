"""The desk's board: what it warns of, placing by form and by file, and who gets near it."""

from copy import copy
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.people.enums import Role
from events.board.enums import Clash
from events.board.queries import board_of
from events.board.queries_clashes import clashes_of
from events.programme.models import Closure, Placement, Programme
from events.proposals.models import Proposal
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import PartnerFactory, SpeakerFactory
from tests.factories.programme import OfficialFactory, RoomFactory, at, meeting_at, programme_event
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(reference):
    return programme_event()


@pytest.fixture
def rooms(event):
    return [RoomFactory(event=event, name=name) for name in ("Hall", "Blue", "Green")]


@pytest.fixture
def desk(client):
    person = person_with(Role.EVENTS)
    sign_in(client, person)
    return person


def clash_keys(event):
    return {(clash.kind, clash.number, clash.other) for clash in clashes_of(event.pk)}


def test_nothing_clashes_where_nothing_does(event, rooms):
    meeting_at(event, rooms[0], "09:00")
    meeting_at(event, rooms[1], "09:00")
    meeting_at(event, rooms[0], "10:15")
    assert clash_keys(event) == set()


def test_two_in_one_room(event, rooms):
    meeting_at(event, rooms[0], "09:00")
    meeting_at(event, rooms[0], "09:30")
    assert clash_keys(event) == {(Clash.ROOM, 1, 2)}
    assert clashes_of(event.pk)[0].sentence == "Meetings 1 and 2 are in Hall at the same time."


def test_a_cancelled_meeting_clashes_with_nothing(event, rooms):
    meeting_at(event, rooms[0], "09:00")
    gone = meeting_at(event, rooms[0], "09:30")
    gone.status = "cancelled"
    gone.save()
    assert clash_keys(event) == set()


@pytest.mark.parametrize("how", ["address", "name", "key"])
def test_a_speaker_at_two_meetings(event, rooms, how):
    meeting, other = meeting_at(event, rooms[0]), meeting_at(event, rooms[1], "09:30")
    words = {
        "address": ({"address": "a@x.org"}, {"address": "A@X.org"}),
        "name": ({"name": "Ana Ruiz"}, {"name": "ana ruiz"}),
        "key": ({"name_key": "ruiz ana"}, {"name_key": "ruiz ana"}),
    }[how]
    SpeakerFactory(proposal=meeting, **words[0])
    again = SpeakerFactory(proposal=other, **words[1])
    assert clash_keys(event) == {(Clash.SPEAKER, 1, 2)}
    again.status = "declined"
    again.save()
    assert clash_keys(event) == set()


def test_a_speaker_known_by_name_and_address_is_told_once(event, rooms):
    for meeting in (meeting_at(event, rooms[0]), meeting_at(event, rooms[1])):
        SpeakerFactory(proposal=meeting, name="Ana Ruiz", name_key="ana ruiz", address="a@x.org")
    assert [clash.kind for clash in clashes_of(event.pk)] == [Clash.SPEAKER]


def test_an_organizer_holds_two_meetings(event, rooms):
    own = StakeholderFactory(name="Coastal Watch")
    meeting_at(event, rooms[0], lead=own)
    two = meeting_at(event, rooms[1])
    partner = PartnerFactory(proposal=two, stakeholder=own)
    assert clash_keys(event) == set()  # only asked so far
    partner.status = "confirmed"
    partner.save()
    assert clash_keys(event) == {(Clash.ORGANIZER, 1, 2)}
    assert "Coastal Watch" in clashes_of(event.pk)[0].sentence


def test_room_closed_full_and_taken_by_the_official_programme(event, rooms):
    Closure.objects.create(room=rooms[0], starts_at=at("08:00"), ends_at=at("09:30"), why="Cleaning")
    OfficialFactory(event=event, room=rooms[1])
    OfficialFactory(event=event, title="Opening", keeps_free=True, starts_at=at("14:00"), ends_at=at("15:00"))
    meeting_at(event, rooms[0], "09:00")
    meeting_at(event, rooms[1], "12:00")
    meeting_at(event, rooms[2], "14:30")
    meeting_at(event, rooms[2], "09:00", expected=101)
    assert clash_keys(event) == {
        (Clash.CLOSED, 1, 0),
        (Clash.OFFICIAL_ROOM, 2, 0),
        (Clash.OFFICIAL, 3, 0),
        (Clash.CAPACITY, 4, 0),
    }
    assert "Hall, Cleaning" in next(
        clash.sentence for clash in clashes_of(event.pk) if clash.kind == Clash.CLOSED
    )


def test_interpretation_rest_and_link(event, rooms):
    rooms[0].interpretation.set(["en", "fr"])
    meeting = meeting_at(event, rooms[0], "09:00")
    meeting.interpretation.set(["fr", "ar"])
    meeting_at(event, rooms[0], "10:05")
    meeting_at(event, rooms[1], "09:00", mode="hybrid")
    meeting_at(event, rooms[1], "13:00", mode="hybrid", link="https://example.org/room")
    assert clash_keys(event) == {(Clash.INTERPRETATION, 1, 0), (Clash.REST, 1, 2), (Clash.LINK, 3, 0)}
    sentences = {clash.kind: clash.sentence for clash in clashes_of(event.pk)}
    assert sentences[Clash.INTERPRETATION] == "Meeting 1 asked for interpretation: Arabic."
    assert sentences[Clash.REST] == "Between meetings 1 and 2 there are 5 minutes."
    Programme.objects.create(event=event, rest_minutes=5)
    assert Clash.REST not in {clash.kind for clash in clashes_of(event.pk)}


def test_another_event_does_not_clash(event, rooms):
    other = programme_event()
    own = StakeholderFactory()
    meeting_at(event, rooms[0], lead=own)
    meeting_at(other, RoomFactory(event=other), lead=own)
    OfficialFactory(event=other, keeps_free=True, starts_at=at("08:00"), ends_at=at("19:00"))
    assert clash_keys(event) == set()


@pytest.mark.parametrize("number", [2, 8])
def test_the_check_after_one_move_is_three_statements_at_most(
    event, rooms, number, django_assert_max_num_queries
):
    for n in range(number):
        meeting = meeting_at(event, rooms[n % 3], "09:00", mode="online", expected=200)
        meeting.interpretation.set(["ar"])
    with django_assert_max_num_queries(3):
        assert len(clashes_of(event.pk)) > number


def place(client, event, **values):
    return client.post(reverse("eventdesk:board", args=[event.pk]), values, follow=True)


@pytest.mark.behaviour("E-09")
def test_placing_by_form_warns_at_once(client, event, rooms, desk):
    own = StakeholderFactory(name="Coastal Watch")
    meeting_at(event, rooms[0], "09:00", lead=own)
    new = meeting_at(event, None, lead=own)
    page = place(client, event, meeting=new.pk, room=rooms[0].pk, slot=f"{NEXT_YEAR}-05-03T09:00/10:00")
    assert Placement.objects.get(proposal=new).starts_at == at("09:00")
    text = page.content.decode()
    assert "Meeting 2 is in Hall, 09:00–10:00." in text
    assert "Meetings 1 and 2 are in Hall at the same time." in text
    assert "Coastal Watch holds meetings 1 and 2 at the same time." in text
    page = place(client, event, meeting=new.pk, room=rooms[1].pk, slot=f"{NEXT_YEAR}-05-04T09:00/10:00")
    assert "No scheduling conflicts." in page.content.decode()
    assert 'id="clashes"' not in page.content.decode()
    assert 'aria-labelledby="waiting"' in page.content.decode()


def test_nothing_is_said_of_conflicts_before_a_meeting_is_placed(client, event, rooms, desk):
    page = client.get(reverse("eventdesk:board", args=[event.pk])).content.decode()
    assert 'id="clashes"' not in page
    assert "No scheduling conflicts." not in page
    assert 'aria-labelledby="waiting"' in page


@pytest.mark.behaviour("E-09")
def test_placing_warns_of_a_speaker_an_official_item_and_interpretation(client, event, rooms, desk):
    meeting, new = meeting_at(event, rooms[0], "09:00"), meeting_at(event, None)
    for proposal in (meeting, new):
        SpeakerFactory(proposal=proposal, name="Ana Ruiz", name_key="ana ruiz", address="ana@example.org")
    OfficialFactory(event=event, title="Opening", keeps_free=True, starts_at=at("09:30"), ends_at=at("09:45"))
    new.interpretation.set(["ar"])
    text = place(
        client, event, meeting=new.pk, room=rooms[1].pk, slot=f"{NEXT_YEAR}-05-03T09:00/10:00"
    ).content.decode()
    for warning in (
        "Ana Ruiz speaks at meetings 1 and 2 at the same time.",
        "Meeting 2 is held during an official item: Opening.",
        "Meeting 2 asked for interpretation: Arabic.",
    ):
        assert warning in text


def test_placing_at_another_time_and_by_the_cell(client, event, rooms, desk):
    new = meeting_at(event, None)
    place(
        client,
        event,
        meeting=new.pk,
        room=rooms[0].pk,
        slot="other",
        day=f"{NEXT_YEAR}-05-04",
        starts="18:10",
        ends="19:00",
    )
    assert Placement.objects.get(proposal=new).starts_at == at("18:10", 4)
    page = place(client, event, meeting=new.pk, here=f"{NEXT_YEAR}-05-03T13:15/14:15|{rooms[2].pk}")
    assert Placement.objects.get(proposal=new).room == rooms[2]
    assert "Green, 13:15–14:15" in page.content.decode()


@pytest.mark.parametrize(
    "values, words",
    [
        ({"slot": f"{NEXT_YEAR}-05-03T09:00/10:00", "room": ""}, "Choose a room."),
        ({"slot": ""}, "Choose a time."),
        ({"slot": f"{NEXT_YEAR}-05-09T09:00/10:00"}, "Choose one of the list."),
        (
            {"slot": "other", "day": f"{NEXT_YEAR}-05-03", "starts": "10:00", "ends": "09:00"},
            "The end has to come after",
        ),
        (
            {"slot": "other", "day": f"{NEXT_YEAR}-05-03", "starts": "07:00", "ends": "08:30"},
            "before or after the event",
        ),
        ({"slot": "other"}, "Enter when it begins."),
        ({"slot": f"{NEXT_YEAR}-05-03T09:00/10:00", "meeting": "99999"}, "Choose one of the list."),
        ({"here": "nonsense|x"}, "Choose one of the list."),
    ],
)
def test_a_wrong_place_is_refused_at_its_field(client, event, rooms, desk, values, words):
    new = meeting_at(event, None)
    page = place(client, event, **{"meeting": new.pk, "room": rooms[0].pk, **values})
    assert words in page.content.decode()
    assert not Placement.objects.exists()


def test_a_room_of_another_event_is_refused(client, event, rooms, desk):
    new = meeting_at(event, None)
    place(client, event, meeting=new.pk, room=RoomFactory().pk, slot=f"{NEXT_YEAR}-05-03T09:00/10:00")
    assert not Placement.objects.exists()


@pytest.mark.behaviour("E-09")
def test_the_script_gets_the_board_anew_with_what_clashes(client, event, rooms, desk):
    meeting_at(event, rooms[0], "09:00")
    new = meeting_at(event, None)
    headers = {"HX-Request": "true", "HX-Target": "scheduler"}
    url = reverse("eventdesk:board", args=[event.pk])
    sent = {"meeting": new.pk, "room": rooms[0].pk, "slot": f"{NEXT_YEAR}-05-03T09:00/10:00"}
    part = client.post(url, sent, follow=True, headers=headers)
    assert "<html" not in part.text
    alerts, board = part.text.split('<div id="scheduler"')
    for where in (alerts, board):
        assert "Meetings 1 and 2 are in Hall at the same time." in where
    # On both cards, and among all warnings.
    assert board.count("Meetings 1 and 2 are in Hall at the same time.") == 3
    refused = client.post(url, {**sent, "slot": ""}, headers=headers).text
    assert "Choose a time." in refused.split('<div id="scheduler"')[0]


def test_a_theme_has_its_colour_and_its_name(client, event, rooms, desk):
    for theme, room in (("firearms", rooms[0]), ("corruption", rooms[1]), (None, rooms[2])):
        meeting_at(event, room, theme_id=theme)
    waiting = meeting_at(event, None, theme_id="firearms")
    numbers = {topic.pk: number for topic, number in board_of(event).themes}
    assert sorted(numbers.values()) == [0, 1]
    text = client.get(reverse("eventdesk:board", args=[event.pk])).text
    assert text.count(f'class="board-card theme-{numbers["firearms"]}"') == 2
    assert f'data-meeting="{waiting.pk}"' in text
    assert text.count(f'class="board-card theme-{numbers["corruption"]}"') == 1
    assert text.count('<span class="board-theme">Firearms') == 3


def test_midnight_ends_a_day_and_is_not_told_as_its_beginning(client, rooms, desk):
    event = programme_event()
    room = RoomFactory(event=event, name="Night")
    event.ends_at = at("00:00", 6)
    event.save()
    url = reverse("eventdesk:plan", args=[event.pk])
    for hours in ("22:00-24:00", "22:00-00:00"):
        client.post(url, {"hours": hours, "rest_minutes": "10"})
        assert Programme.objects.get(event=event).slots == [["22:00", "00:00"]]
    assert "22:00-24:00</textarea>" in client.get(url).text
    late = meeting_at(event, None)
    page = place(client, event, meeting=late.pk, room=room.pk, slot=f"{NEXT_YEAR}-05-03T22:00/00:00")
    assert Placement.objects.get().ends_at == at("00:00", 4)
    assert "Meeting 1 is in Night, 22:00–23:59." in page.text
    assert "–00:00" not in page.text
    table = client.get(reverse("eventdesk:board_file", args=[event.pk])).getvalue().decode("utf-8-sig")
    assert f"1,Night,{NEXT_YEAR}-05-03,22:00,24:00," in table
    assert "0 meetings have" in load(client, event, table).text


def test_taking_a_meeting_off(client, event, rooms, desk):
    meeting = meeting_at(event, rooms[0])
    client.post(reverse("eventdesk:off", args=[event.pk, meeting.pk]))
    assert not Placement.objects.exists()


def test_the_board_costs_the_same_however_much_is_on_it(client, event, rooms, desk):
    url = reverse("eventdesk:board", args=[event.pk])

    def add():
        meeting_at(event, rooms[0], "09:00")
        meeting_at(event, None)

    assert_no_growth(lambda: client.get(url), add)


def test_the_file_goes_out_and_in(client, event, rooms, desk):
    meeting, other = meeting_at(event, rooms[0]), meeting_at(event, None)
    text = client.get(reverse("eventdesk:board_file", args=[event.pk])).getvalue().decode("utf-8-sig")
    assert text.splitlines()[1].startswith(f"1,Hall,{NEXT_YEAR}-05-03,09:00,10:00,")
    changed = text.replace(
        f"1,Hall,{NEXT_YEAR}-05-03,09:00,10:00", f"1,Blue,{NEXT_YEAR}-05-04,14:00,15:00"
    ).replace("2,,,,", f"2,Hall,{NEXT_YEAR}-05-03,9:00,10:00")
    page = load(client, event, changed)
    assert "2 meetings have another place now." in page.content.decode()
    assert Placement.objects.get(proposal=meeting).starts_at == at("14:00", 4)
    assert Placement.objects.get(proposal=other).room == rooms[0]
    assert "0 meetings have" in load(client, event, changed).content.decode()


def load(client, event, text):
    sent = SimpleUploadedFile("board.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("eventdesk:load", args=[event.pk]), {"file": sent}, follow=True)


@pytest.mark.parametrize(
    "line, words",
    [
        (f"7,Hall,{NEXT_YEAR}-05-03,09:00,10:00", "Line 3: there is no accepted meeting 7."),
        (f"2,Nowhere,{NEXT_YEAR}-05-03,09:00,10:00", "there is no room “Nowhere”."),
        ("2,Hall,3.5.2027,09:00,10:00", ", hours 09:30."),
        (f"2,Hall,{NEXT_YEAR}-05-03,10:00,09:00", "it ends before it begins."),
        (f"2,Hall,{NEXT_YEAR}-06-03,09:00,10:00", "this is before or after the event."),
        (f"1,Hall,{NEXT_YEAR}-05-03,09:00,10:00", "meeting 1 appears twice."),
    ],
)
def test_one_wrong_line_and_nothing_is_placed(client, event, rooms, desk, line, words):
    meeting_at(event, None)
    meeting_at(event, None)
    page = load(client, event, f"number,room,day,starts,ends\n1,Hall,{NEXT_YEAR}-05-03,09:00,10:00\n{line}\n")
    assert words in page.content.decode()
    assert not Placement.objects.exists()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00", '"number,room\n1'])
def test_what_is_no_table_is_refused(client, event, desk, text):
    page = load(client, event, text or "\n")
    assert page.status_code == 200
    assert "field-error" in page.content.decode()


def test_rooms_closures_official_items_and_the_grid_by_form(client, event, desk):
    def send(address, *args, **values):
        return client.post(reverse(f"eventdesk:{address}", args=[event.pk, *args]), values, follow=True)

    saved = send("room_new", name="Hall", capacity="40", position="0", interpretation=["fr"]).text
    assert "Back to the scheduler" in saved
    assert "Add another room" in saved
    room = event.rooms.get()
    assert [language.pk for language in room.interpretation.all()] == ["fr"]
    assert "with this name already" in send("room_new", name="Hall", position="1").content.decode()
    eight, nine, seven = (f"{NEXT_YEAR}-05-03T0{hour}:00" for hour in (8, 9, 7))
    send("close", room.pk, **{"closed-starts_at": eight, "closed-ends_at": nine})
    assert room.closures.get().starts_at == at("08:00")
    wrong = send("close", room.pk, **{"closed-starts_at": eight, "closed-ends_at": seven})
    assert "The end has to come after the start." in wrong.content.decode()
    send(
        "official_new",
        title="Plenary",
        language="en",
        starts_at=f"{NEXT_YEAR}-05-03T10:00",
        ends_at=f"{NEXT_YEAR}-05-03T13:00",
    )
    item = event.official_items.get()
    assert item.starts_at == at("10:00")
    assert (
        f"{NEXT_YEAR}-05-03T10:00"
        in client.get(reverse("eventdesk:official", args=[event.pk, item.pk])).content.decode()
    )
    send("plan", hours="9:00 - 10:00\n11:00–12:30", rest_minutes="10", locks_at=f"{NEXT_YEAR}-04-01T12:00")
    programme = Programme.objects.get()
    assert programme.slots == [["09:00", "10:00"], ["11:00", "12:30"]]
    for bad in ("9 to 10", "25:00-26:00", "10:00-09:00"):
        assert "field-error" in send("plan", hours=bad, rest_minutes="10").content.decode()
    send("official_remove", item.pk)
    send("reopen", room.pk, room.closures.get().pk)
    send("room_remove", room.pk)
    assert not event.rooms.exists()
    assert not event.official_items.exists()


def test_a_room_in_use_stays(client, event, rooms, desk):
    meeting_at(event, rooms[0])
    page = client.post(reverse("eventdesk:room_remove", args=[event.pk, rooms[0].pk]), follow=True)
    assert "A meeting is placed in this room." in page.content.decode()


@pytest.mark.parametrize("who", ["visitor", "member", "vetting"])
def test_nobody_else_gets_near_the_board(client, event, rooms, who):
    meeting = meeting_at(event, rooms[0])
    if who != "visitor":
        sign_in(client, UserFactory() if who == "member" else person_with(Role.VETTING))
    for name, args in (
        ("board", []),
        ("release", []),
        ("board_file", []),
        ("load", []),
        ("plan", []),
        ("room_new", []),
        ("room", [rooms[0].pk]),
        ("official_new", []),
    ):
        answer = client.get(reverse(f"eventdesk:{name}", args=[event.pk, *args]))
        assert answer.status_code == (302 if who == "visitor" else 404), name
    client.post(reverse("eventdesk:off", args=[event.pk, meeting.pk]))
    place(client, event, meeting=meeting.pk, room=rooms[1].pk, slot=f"{NEXT_YEAR}-05-03T09:00/10:00")
    assert Placement.objects.get().room == rooms[0]


def test_the_buttons_of_the_cells_know_the_place_that_was_seen(client, event, rooms, desk):
    meeting = meeting_at(event, rooms[0])
    page = client.get(reverse("eventdesk:board", args=[event.pk]), {"pick": meeting.pk}).content.decode()
    was = meeting.placement.changed_at.isoformat()
    assert f'name="was" value="{was}"' in page
    assert place(
        client, event, meeting=meeting.pk, was=was, here=f"{NEXT_YEAR}-05-03T13:15/14:15|{rooms[2].pk}"
    )
    assert Placement.objects.get().room == rooms[2]


def test_who_moves_what_another_has_moved_is_told(client, event, rooms, desk):
    meeting = meeting_at(event, rooms[0])
    was = meeting.placement.changed_at
    Placement.objects.filter(proposal=meeting).update(changed_at=was + timedelta(seconds=1))
    page = place(
        client,
        event,
        meeting=meeting.pk,
        room=rooms[1].pk,
        slot=f"{NEXT_YEAR}-05-03T09:00/10:00",
        was=was.isoformat(),
    )
    assert "Another person has moved this" in page.content.decode()
    assert Placement.objects.get().room == rooms[0]


def test_what_takes_several_slots_spans_them_and_stands_once(event, rooms, desk, client):
    Programme.objects.create(event=event, slots=[["09:00", "10:00"], ["10:15", "11:15"], ["12:00", "13:00"]])
    meeting_at(event, rooms[0], "09:00", title="Long", minutes=135)
    meeting_at(event, rooms[0], "10:15", title="Clashing")
    meeting_at(event, rooms[1], "12:00", title="Short")
    meeting_at(event, rooms[2], "14:00", title="Off the grid")
    OfficialFactory(event=event, title="Plenary", starts_at=at("09:30"), ends_at=at("12:30"))
    rows = board_of(event).rows
    assert [row.label for row in rows] == ["09:00–10:00", "10:15–11:15", "12:00–13:00", "14:00–15:00"]
    assert [row.official and row.official.rows for row in rows] == [3, None, None, 1]
    shown = [
        [(cell.rows, [str(placement.proposal) for placement in cell.held]) for cell in row.cells]
        for row in rows
    ]
    assert shown == [
        [(2, ["Long", "Clashing"]), (1, []), (1, [])],
        [(1, []), (1, [])],
        [(1, []), (1, ["Short"]), (1, [])],
        [(1, []), (1, []), (1, ["Off the grid"])],
    ]
    text = client.get(reverse("eventdesk:board", args=[event.pk])).content.decode()
    assert text.count("Plenary</bdi>") == 1
    assert 'rowspan="3"' in text
    assert "09:00–11:15" in text
    # Every slot that it covers can still be chosen.
    picked = board_of(event).meetings[0].pk
    text = client.get(reverse("eventdesk:board", args=[event.pk]), {"pick": picked}).content.decode()
    assert text.count('name="here"') == 9


def test_what_an_event_was_moved_away_from_is_not_placed_any_more(client, event, rooms, desk):
    meeting = meeting_at(event, rooms[0], title="Left behind")
    for field in ("starts_at", "ends_at"):
        setattr(event, field, getattr(event, field) + timedelta(days=7))
    event.save()
    board = board_of(event)
    assert list(board.waiting) == [meeting]
    url = reverse("eventdesk:board", args=[event.pk])
    page = client.get(f"{url}?pick={meeting.pk}")
    assert "Left behind" in page.text
    assert "Placed outside of the days of the event: <time" in page.text
    assert f">3 May {NEXT_YEAR}, 09:00 Vienna time</time>" in page.text
    here = {"meeting": meeting.pk, "here": f"{NEXT_YEAR}-05-10T10:15/11:15|{rooms[0].pk}"}
    was = Placement.objects.get().changed_at.isoformat()
    assert client.post(url, {**here, "was": was}).status_code == 302
    assert Placement.objects.get().starts_at == at("10:15", 10)
    assert not board_of(event).waiting


def test_of_two_thousand_meetings_the_board_shows_a_page_and_a_day_and_still_places_any(
    event, rooms, desk, client
):
    first = meeting_at(event, None, number=1)
    rows = [copy(first) for _number in range(1999)]
    for number, row in enumerate(rows, start=2):
        row.pk, row.number, row.title = None, number, f"Meeting {number}"
    Proposal.objects.bulk_create(rows)
    Placement.objects.bulk_create(
        Placement(proposal=row, room=rooms[0], starts_at=at("09:00", 4), ends_at=at("10:00", 4))
        for row in rows[:60]
    )
    address = reverse("eventdesk:board", args=[event.pk])
    page = client.get(address, {"day": f"{NEXT_YEAR}-05-03", "page": "2"}).content.decode()
    assert page.count('<option value="') < 100
    assert page.count("data-meeting=") == 50
    assert "Meeting 161" not in page
    assert "1940" in page
    assert "These are the 50 gravest." in page
    last = rows[-1]
    page = client.get(address, {"day": f"{NEXT_YEAR}-05-03", "pick": last.pk}).content.decode()
    assert f'<option value="{last.pk}" selected>2000 · Meeting 2000</option>' in page
    sent = {"meeting": last.pk, "room": rooms[1].pk, "slot": f"{NEXT_YEAR}-05-03T09:00/10:00"}
    assert client.post(address, sent).status_code == 302
    assert last.placement.room == rooms[1]
