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


def write(browser, address, values):
    """Post the values to each step from this address on; return the answer of the last post."""
    answer = browser.post(address, values)
    while answer.status_code == 302 and "/edit/" in (address := answer["Location"]):
        page = browser.get(address)
        version = page.context["form"]["version"].value()
        answer = browser.post(address, {**values, "version": version})
    return answer
