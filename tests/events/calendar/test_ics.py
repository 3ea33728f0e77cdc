"""Calendar files: as another parser reads them, whatever is in them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.ics import Entry, calendar, fold_line

pytestmark = pytest.mark.time_machine("2026-11-25T10:00Z")

ZONES = (
    "Europe/Vienna",
    "America/New_York",
    "Africa/Casablanca",
    "Africa/Nairobi",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/St_Johns",
    "Europe/Dublin",
    "Asia/Gaza",
    "UTC",
)


def wall_clock(*parts):
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


MOMENT = datetime(2031, 5, 5, 7, tzinfo=UTC)
# What a database can hold: no lone surrogates, no NUL.
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=400)


def entry(**values):
    return Entry(
        **{
            "uid": "event-1@example.org",
            "title": "Title",
            "starts": MOMENT,
            "ends": MOMENT + timedelta(hours=3),
            "zone": "Europe/Vienna",
            "changed": MOMENT,
            **values,
        }
    )


def read(text):
    return icalendar.Calendar.from_ical(text.encode())


def only(text):
    (event,) = read(text).walk("VEVENT")
    return event


@given(TEXT)
@example("a" * 300)
@example("é" * 200)
@example("国" * 200)
@example("a" + "𝄞" * 100)
@settings(max_examples=150, deadline=None)
def test_folding_never_cuts_a_character_and_unfolds_to_what_it_was(text):
    line = "SUMMARY:" + text.replace("\r", "").replace("\n", "")
    parts = fold_line(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


@given(TEXT, TEXT, TEXT)
@settings(max_examples=100, deadline=None)
def test_text_comes_back_as_it_was_said(title, about, place):
    event = only(calendar([entry(title=title, about=about, place=place)], name=title))
    for name, text in (("SUMMARY", title), ("DESCRIPTION", about), ("LOCATION", place)):
        assert str(event.get(name, "")) == _carried(text)


def _carried(text):
    """Line ends are one sign, controls are gone: what RFC 5545 can carry."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = {*map(chr, range(32)), "\x7f", "\x85", "\u2028", "\u2029"} - {"\n", "\t"}
    return "".join(sign for sign in text if sign not in odd)


@given(
    st.datetimes(wall_clock(2000, 1, 2), wall_clock(2060, 12, 30)),
    st.sampled_from(ZONES),
    st.timedeltas(timedelta(minutes=1), timedelta(days=20)),
)
@settings(max_examples=60, deadline=None)
def test_an_instant_is_the_same_by_the_zones_own_rules_and_by_ours(naive, zone, lasts):
    starts = naive.replace(microsecond=0, tzinfo=UTC)
    ends = starts + lasts - timedelta(microseconds=lasts.microseconds) + timedelta(seconds=1)
    text = calendar([entry(starts=starts, ends=ends, zone=zone)], name="x")
    event = only(text)
    # A wall clock that strikes an hour twice cannot say which one it means; RFC 5545 takes the first.
    for name, moment in (("DTSTART", starts), ("DTEND", ends)):
        local = moment.astimezone(ZoneInfo(zone))
        read_as = event[name].dt.replace(tzinfo=ZoneInfo(zone)) if zone != "UTC" else event[name].dt
        assert read_as.replace(fold=local.fold).astimezone(UTC) == moment
    if zone != "UTC":
        assert f"TZID:{zone}\r\n" in text
        assert _by_its_vtimezone(text, event["DTSTART"].dt.replace(tzinfo=None)) in _offsets(starts, zone)


def _offsets(moment, zone):
    local = moment.astimezone(ZoneInfo(zone))
    return {local.utcoffset(), local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()}


def _by_its_vtimezone(text, wall):
    """The offset that a reader without any knowledge of zones would take."""
    (zone,) = read(text).walk("VTIMEZONE")
    onsets = sorted(
        (part["DTSTART"].dt.replace(tzinfo=None), part["TZOFFSETTO"].td) for part in zone.subcomponents
    )
    assert onsets[0][0] <= wall
    return [offset for onset, offset in onsets if onset <= wall][-1]


@pytest.mark.parametrize(
    ("wall", "offset"),
    (
        (wall_clock(2031, 3, 30, 1, 59), 1),
        (wall_clock(2031, 3, 30, 3, 0), 2),
        (wall_clock(2031, 10, 26, 1, 59), 2),
        (wall_clock(2031, 10, 26, 3, 0), 1),
    ),
)
def test_the_change_of_clocks_is_told_to_the_minute(wall, offset):
    starts = wall.replace(tzinfo=ZoneInfo("Europe/Vienna"))
    text = calendar([entry(starts=starts, ends=starts + timedelta(hours=1))], name="x")
    assert _by_its_vtimezone(text, wall) == timedelta(hours=offset)
    assert only(text)["DTSTART"].dt.replace(tzinfo=None) == wall


def test_an_onset_is_told_by_the_clock_that_stood_before_it():
    """RFC 5545, 3.6.5: the local time at which it begins, as it was before."""
    (zone,) = read(calendar([entry()], name="x")).walk("VTIMEZONE")
    onsets = {(part.name, part["DTSTART"].dt.replace(tzinfo=None)) for part in zone.subcomponents}
    assert ("DAYLIGHT", wall_clock(2031, 3, 30, 2)) in onsets
    assert ("STANDARD", wall_clock(2031, 10, 26, 3)) in onsets


def test_whole_days_are_dates_and_end_the_day_after():
    clock = ZoneInfo("Europe/Vienna")
    text = calendar(
        [
            entry(
                starts=datetime(2031, 5, 5, tzinfo=clock),
                ends=datetime(2031, 5, 8, tzinfo=clock),
                whole_days=True,
            )
        ],
        name="x",
    )
    event = only(text)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2031, 5, 5), date(2031, 5, 8))
    assert "VTIMEZONE" not in text


def test_a_cancelled_one_says_so_and_mail_names_its_method():
    text = calendar(
        [
            entry(
                cancelled=True,
                sequence=4,
                organizer=('A "B"', "desk@example.org"),
                attendee=("C", "c@example.org"),
            )
        ],
        name="x",
        method="CANCEL",
    )
    event = only(text)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 4)
    assert read(text)["METHOD"] == "CANCEL"
    assert str(event["ORGANIZER"]) == "mailto:desk@example.org"


def test_no_text_can_add_a_line_of_its_own():
    attack = "Title\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT"
    text = calendar(
        [
            entry(
                title=attack,
                uid="a\r\nb",
                url="https://x\nX:1",
                place=attack,
                organizer=(attack, "a@b\r\nX:1"),
            )
        ],
        name=attack,
    )
    assert len(read(text).walk("VEVENT")) == 1
    assert "\r\nATTENDEE" not in text
    assert "\r\nX:1" not in text
