"""An instant as people read it; an end is never told as midnight."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from core.templatetags.portal import last_day
from core.time_display import by_both_clocks, by_its_clock, day_of, place_of
from events.events.dates import when
from events.events.models import Event

pytestmark = pytest.mark.time_machine("2026-11-25T10:00Z")

# Midnight in Vienna, between the third and the fourth of December.
MIDNIGHT = datetime(2026, 12, 3, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "expected"),
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
def test_midnight_is_told_as_the_end_of_the_day_before_only_where_something_ends(told, expected):
    assert told() == expected


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


def test_an_event_until_midnight_ends_on_its_day():
    event = Event(starts_at=datetime(2026, 12, 3, 17, tzinfo=UTC), ends_at=MIDNIGHT, zone="Europe/Vienna")
    assert when(event).told == "3 December 2026, 18:00 to 23:59 (Vienna time, UTC+1)"
