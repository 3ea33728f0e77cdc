"""An instant as people read it; an end is never told as midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from core.local_times import ClosingField, WallClockField, last_minute_of
from core.templatetags.portal import last_day
from core.time_display import by_both_clocks, by_its_clock, day_of, days_until, place_of
from events.events.dates import when
from events.events.models import Event

pytestmark = pytest.mark.time_machine("2026-11-25T10:00Z")

# Midnight in Vienna, between the third and the fourth of December.
MIDNIGHT = datetime(2026, 12, 3, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("render", "expected"),
    [
        # What opens, begins or happens at midnight does so on the fourth.
        (lambda: by_both_clocks(MIDNIGHT), "4 December 2026, 00:00 Vienna time"),
        (
            lambda: by_both_clocks(MIDNIGHT, "Africa/Nairobi"),
            "4 December 2026, 00:00 Vienna time (02:00 in Nairobi)",
        ),
        (lambda: by_its_clock(MIDNIGHT, "Europe/Vienna"), "4 December 2026, 00:00 Vienna time"),
        (lambda: day_of(MIDNIGHT, "Europe/Vienna"), "4 December 2026"),
        # What ends then closes the third.
        (lambda: by_both_clocks(MIDNIGHT, ends=True), "3 December 2026, 23:59 Vienna time"),
        (lambda: by_both_clocks(MIDNIGHT.isoformat(), ends=True), "3 December 2026, 23:59 Vienna time"),
        (
            lambda: by_both_clocks(MIDNIGHT, "Africa/Nairobi", ends=True),
            "3 December 2026, 23:59 Vienna time (4 December 2026, 01:59 in Nairobi)",
        ),
        # Midnight by the reader's clock alone.
        (
            lambda: by_both_clocks(datetime(2026, 12, 3, 21, tzinfo=UTC), "Africa/Nairobi", ends=True),
            "3 December 2026, 22:00 Vienna time (23:59 in Nairobi)",
        ),
        (
            lambda: by_its_clock(datetime(2026, 12, 3, 21, tzinfo=UTC), "Africa/Nairobi", ends=True),
            "3 December 2026, 23:59 Nairobi time",
        ),
        (lambda: day_of(MIDNIGHT, "Europe/Vienna", ends=True), "3 December 2026"),
        (lambda: last_day(MIDNIGHT), "3 December 2026"),
        (lambda: last_day(MIDNIGHT + timedelta(minutes=1)), "4 December 2026"),
        (lambda: last_day(None), ""),
    ],
)
def test_midnight_is_told_as_the_end_of_the_day_before_only_where_something_ends(render, expected):
    assert render() == expected


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("en", "Nairobi"),
        ("ar", "نيروبي"),
        ("ru", "Найроби"),
        ("zh", "内罗毕"),
        ("fr", "Nairobi"),
        ("es", "Nairobi"),
    ],
)
def test_a_place_is_named_in_the_language_of_the_page(language, place):
    with override(language):
        assert place_of("Africa/Nairobi") == place
        assert place in by_its_clock(MIDNIGHT, "Africa/Nairobi")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_one_closing_has_one_number_of_days_whoever_looks(zone):
    with timezone.override(zone):
        # The last minute by UTC is the next day in Vienna; midnight in Vienna closes the day before.
        assert days_until(datetime(2026, 12, 30, 23, 59, tzinfo=UTC)) == 36
        assert days_until(MIDNIGHT) == 8
        assert days_until(datetime(2026, 12, 1, 7, 59, tzinfo=UTC), "America/Los_Angeles") == 5
        assert days_until(datetime(2026, 11, 25, 22, tzinfo=UTC)) == 0
        assert days_until(datetime(2026, 11, 20, tzinfo=UTC)) == 0


def test_a_deadline_that_is_given_as_a_day_ends_at_its_last_minute():
    assert last_minute_of(date(2026, 12, 3)) == datetime(2026, 12, 3, 22, 59, tzinfo=UTC)
    closes, opens = WallClockField(ends=True), WallClockField()
    assert f"{closes.clean('2026-12-03')}" == "2026-12-03 23:59:00"
    assert f"{closes.clean('2026-12-03T18:00')}" == "2026-12-03 18:00:00"
    assert f"{opens.clean('2026-12-03')}" == "2026-12-03 00:00:00"
    with timezone.override("Africa/Nairobi"):
        assert ClosingField().clean("2026-12-03") == datetime(2026, 12, 3, 20, 59, tzinfo=UTC)
        assert ClosingField().clean("2026-12-03T18:00") == datetime(2026, 12, 3, 15, tzinfo=UTC)
    with pytest.raises(ValidationError):
        closes.clean("the third")


def test_an_event_until_midnight_ends_on_its_day():
    event = Event(starts_at=datetime(2026, 12, 3, 17, tzinfo=UTC), ends_at=MIDNIGHT, zone="Europe/Vienna")
    assert when(event).text == "3 December 2026, 18:00 to 23:59 (Vienna time, UTC+1)"
