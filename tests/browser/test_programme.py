"""The desk makes a programme by keyboard; a member reads it in Arabic on a phone and marks a meeting."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.people.enums import Role
from events.board.actions_releasing import release
from events.programme.models import Placement, Release, Star
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with
from tests.factories.events import PartnerFactory, SpeakerFactory
from tests.factories.programme import OfficialFactory, RoomFactory, at, meeting_at, programme_event
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")
TITLES = (
    "Following the money of illegal fishing",
    "Young people against recruitment",
    "Forests and the rule of law",
    "Protecting those who report",
    "Firearms at borders",
    "Victims first",
)


@pytest.fixture
def look_at(axe):
    """Look at a page as axe does and, where asked for, as a picture in light and dark."""

    def look(page, name: str) -> None:
        axe(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if scheme == "dark":
                axe(page)
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                page.screenshot(path=f"{SHOTS}/{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")

    return look


@pytest.fixture
def event(live_server):
    event = programme_event(title="Fifteenth Congress", translations={"ar": {"title": "المؤتمر الخامس عشر"}})
    for name, seats in (("Main Hall", 200), ("Room Blue", 60), ("Room Green", 40)):
        RoomFactory(event=event, name=name, capacity=seats)
    return event


def by_keyboard(page, meeting: str, room: str, slot: str) -> None:
    """Fill in the form of the board by keys alone: a list is chosen from by typing how its line begins."""
    page.get_by_label("Meeting", exact=True).focus()
    page.keyboard.type(meeting)
    page.keyboard.press("Tab")
    page.keyboard.type(room)
    page.keyboard.press("Tab")
    page.keyboard.type(slot)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Place it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text(f"Meeting {meeting} is in {room}")


@pytest.mark.behaviour("E-09", "E-10", "X-09")
def test_the_desk_places_mends_and_releases_by_keyboard(page, look_at, enter, event):
    own = StakeholderFactory(name="Coastal Watch")
    member_of(own)
    for title, lead in zip(TITLES, (own, StakeholderFactory(), own), strict=False):
        meeting_at(event, None, title=title, lead=lead, expected=30)
    OfficialFactory(event=event, title="Opening", keeps_free=True, starts_at=at("08:30"), ends_at=at("08:50"))
    enter(page, person_with(Role.EVENTS))
    page.goto(reverse("eventdesk:board", args=[event.pk]))
    look_at(page, "board-empty")
    nine = f"{at('09:00'):%a} 3 May · 09"
    by_keyboard(page, "1", "Main", nine)
    by_keyboard(page, "2", "Room B", nine)
    expect(page.get_by_text("No scheduling conflicts.")).to_be_visible()
    by_keyboard(page, "3", "Room G", nine)
    expect(page.get_by_text("Coastal Watch holds meetings 1 and 3 at the same time.").first).to_be_visible()
    look_at(page, "board-clash")
    page.get_by_role("link", name="Move meeting 3").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Here Room Green, 10:15–11:15").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("No scheduling conflicts.")).to_be_visible()
    assert Placement.objects.get(proposal__number=3).starts_at == at("10:15")
    page.get_by_role("link", name="Preview and publish").click()
    expect(page.get_by_text("1 person is informed")).to_be_visible()
    look_at(page, "release")
    page.get_by_role("button", name="Release this version").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 1 is public.").first).to_be_visible()
    assert Release.objects.get().number == 1
    page.get_by_role("link", name="Grid, rooms, official items").click()
    look_at(page, "plan")
    page.get_by_role("link", name="Main Hall").click()
    look_at(page, "room")


def cell(page, event, room, slot):
    pk = event.rooms.get(name=room).pk
    return page.locator(f'td[data-slots~="{NEXT_YEAR}-05-03T{slot}"][data-room="{pk}"]')


def card(page, meeting):
    return page.locator(f'[data-meeting="{meeting.pk}"]')


def test_a_meeting_is_dragged_to_its_cell_and_off_again(page, enter, event):
    own = StakeholderFactory(name="Coastal Watch")
    meeting = meeting_at(event, None, title=TITLES[0], lead=own)
    meeting_at(event, event.rooms.first(), "13:15", title=TITLES[1], lead=own)
    enter(page, person_with(Role.EVENTS))
    page.goto(reverse("eventdesk:board", args=[event.pk]))
    page.set_viewport_size({"width": 1280, "height": 2400})  # nothing scrolls while the mouse is down
    card(page, meeting).drag_to(cell(page, event, "Room Green", "13:15/14:15"))
    expect(page.locator("#said")).to_contain_text("Meeting 1 is in Room Green, 13:15–14:15.")
    expect(page.locator("#said")).to_contain_text("Coastal Watch holds meetings 1 and 2 at the same time.")
    expect(card(page, meeting)).to_contain_text("Coastal Watch holds meetings 1 and 2 at the same time.")
    assert Placement.objects.get(proposal=meeting).room.name == "Room Green"
    card(page, meeting).drag_to(page.locator("[data-waiting]"))
    expect(page.locator("#said")).to_contain_text("Meeting 1 is off the board.")
    expect(page.locator("[data-waiting]")).to_contain_text(TITLES[0])
    assert not Placement.objects.filter(proposal=meeting).exists()


@pytest.mark.behaviour("E-09")
def test_a_meeting_is_picked_up_moved_and_dropped_by_keys(page, look_at, enter, event):
    own = StakeholderFactory(name="Coastal Watch")
    first = meeting_at(event, None, title=TITLES[0], lead=own, theme_id="firearms")
    meeting_at(
        event, event.rooms.get(name="Room Blue"), "10:15", title=TITLES[1], lead=own, theme_id="corruption"
    )
    enter(page, person_with(Role.EVENTS))
    page.goto(reverse("eventdesk:board", args=[event.pk]))
    handle = page.get_by_role("button", name=f"Pick up meeting 1, {TITLES[0]}")
    announced = page.locator("#said")
    handle.focus()
    page.keyboard.press("Enter")
    expect(handle).to_have_attribute("aria-pressed", "true")
    expect(announced).to_contain_text("Meeting 1 is picked up.")
    page.keyboard.press("ArrowUp")
    expect(announced).to_have_text("Main Hall, 09:00–10:00")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(announced).to_have_text("Room Blue, 10:15–11:15. Already here: 2")
    expect(cell(page, event, "Room Blue", "10:15/11:15")).to_have_class("board-over")
    look_at(page, "board-keys")
    page.keyboard.press("Escape")
    expect(announced).to_have_text("Meeting 1 stays where it was.")
    expect(handle).to_have_attribute("aria-pressed", "false")
    expect(handle).to_be_focused()
    assert Placement.objects.count() == 1
    page.keyboard.press("Space")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(announced).to_contain_text("Meeting 1 is in Room Green, 10:15–11:15.")
    expect(announced).to_contain_text("Coastal Watch holds meetings 1 and 2 at the same time.")
    expect(handle).to_be_focused()
    assert Placement.objects.get(proposal=first).room.name == "Room Green"
    # From its place a step further, where nothing clashes; another hand was quicker the next time.
    for key in ("Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(announced).to_contain_text("Meeting 1 is in Room Green, 13:15–14:15.")
    expect(page.get_by_text("No scheduling conflicts.")).to_be_visible()
    Placement.objects.filter(proposal=first).update(changed_at=at("09:00"))
    for key in ("Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(announced).to_contain_text("Another person has moved this meeting in the meantime.")
    look_at(page, "board-placed")


def test_in_arabic_the_arrows_follow_the_eye(phone_ar, look_at, enter, event):
    meeting_at(event, event.rooms.first(), "09:00", title=TITLES[0], theme_id="firearms")
    enter(phone_ar, person_with(Role.EVENTS, language="ar"))
    phone_ar.goto(f"/ar{reverse('eventdesk:board', args=[event.pk]).removeprefix('/en')}")
    phone_ar.locator(".board-grip").focus()
    phone_ar.keyboard.press("Enter")
    phone_ar.keyboard.press("ArrowLeft")
    expect(phone_ar.locator("#said")).to_contain_text("Room Blue")
    look_at(phone_ar, "board-keys-ar")
    phone_ar.keyboard.press("Enter")
    expect(phone_ar.locator("#said .notice-success")).to_contain_text("Room Blue")
    assert Placement.objects.get().room.name == "Room Blue"


@pytest.fixture
def released(event):
    rooms = list(event.rooms.all())
    OfficialFactory(event=event, title="Opening of the Congress", place="Plenary hall")
    for n, title in enumerate(TITLES):
        meeting = meeting_at(
            event,
            rooms[n % 3],
            ("09:00", "10:15")[n // 3],
            title=title,
            theme_id="firearms",
            mode="hybrid",
            lead=StakeholderFactory(name=f"Association for {title.split()[0].lower()}"),
            link="https://example.org/room",
        )
        SpeakerFactory(proposal=meeting, name="Ana Ruiz", status="confirmed", role="chair")
    PartnerFactory(
        proposal=meeting, stakeholder=StakeholderFactory(name="مراقبة السواحل"), status="confirmed"
    )
    meeting_at(event, rooms[0], "14:30", day=4, title="مكافحة الجريمة المنظمة في البحر", language_id="ar")
    release(event, actor=person_with(Role.EVENTS), known_version=0)
    return event


def test_the_programme_at_a_desk(page, look_at, released):
    page.goto(reverse("events:programme", args=[released.pk, released.slug]))
    expect(page.get_by_role("link", name=TITLES[0])).to_be_visible()
    look_at(page, "programme")
    page.get_by_label("Room").select_option(label="Room Blue")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name=TITLES[0])).to_be_hidden()
    page.get_by_role("link", name="The whole programme").click()
    page.get_by_role("link", name="What has changed").click()
    look_at(page, "programme-changes")


def test_a_member_reads_it_in_arabic_on_a_phone_and_marks_a_meeting(phone_ar, look_at, enter, released):
    address = reverse("events:programme", args=[released.pk, released.slug]).replace("/en/", "/ar/")
    phone_ar.goto(address)
    look_at(phone_ar, "programme-phone-ar")
    me = UserFactory(language="ar", time_zone="Africa/Nairobi")
    enter(phone_ar, me)
    phone_ar.goto(address)
    phone_ar.locator('button[name="star"][value="7"]').click()
    phone_ar.wait_for_url("**#m7")
    assert Star.objects.get(user=me).proposal.number == 7
    look_at(phone_ar, "programme-member-ar")
    phone_ar.goto(address + "mine/")
    expect(phone_ar.get_by_text("مكافحة الجريمة المنظمة في البحر")).to_be_visible()
    look_at(phone_ar, "agenda-ar")
    phone_ar.goto(address.replace("programme/", "meetings/6/"))
    look_at(phone_ar, "meeting-ar")
