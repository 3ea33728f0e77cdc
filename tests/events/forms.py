"""What the form of an event posts, step by step."""

from datetime import UTC, datetime

from tests.days import NEXT_YEAR

MAY = datetime(NEXT_YEAR, 5, 5, 7, tzinfo=UTC)  # 09:00 in Vienna


def form(**values):
    return {
        "kind": "training",
        "title": "Training on firearms tracing",
        "language": "en",
        "about": "Two hours.",
        "first_day": f"{NEXT_YEAR}-05-05",
        "start_time": "09:00",
        "end_time": "12:00",
        "zone": "Europe/Vienna",
        "mode": "in_person",
        "city": "Vienna",
        "country": "AUT",
        "meeting_word": "side_event",
        **values,
    }
