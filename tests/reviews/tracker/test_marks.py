"""The review of a country as marks on the calendar of its group."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from reviews.tracker.models import CountryReview
from tests.factories.reviews import recorded
from tests.support import words_of

MARK = re.compile(r'<use href="#review-mark-(\w+)"[^>]*?\sx="([\d.]+)%" y="(\d+)"><title>([^<]*)</title>')


@pytest.fixture(autouse=True)
def group(mechanism, time_machine):
    """The first phase of the second group is from 2021-11 to 2023."""
    time_machine.move_to(datetime(2024, 3, 1, tzinfo=UTC))
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")


def marks(client, language="en"):
    """(code, x, y, label) of each mark."""
    matches = MARK.findall(client.get(f"/{language}/reviews/KEN/").text)
    return [(code, float(x), int(y), unescape(label)) for code, x, y, label in matches]


def test_what_has_a_date_stands_at_its_day_and_says_what_it_is(client):
    recorded("KEN", "observations", date="2023-01-01")
    recorded("KEN", "summary", "under_way", date="2022")
    recorded("KEN", "feedback", phase="II", instrument="FA", date="2025-01")
    by_code = {(code, label): x for code, x, _y, label in marks(client)}
    year = 100 / 8  # of 2021 to 2028
    assert by_code["done", "Phase I: List of observations, Done, 1 January 2023."] == 2 * year
    middle = by_code["under_way", "Phase I: Summary of the list of observations, Under way, 2022."]
    assert middle == pytest.approx(1.5 * year, abs=0.2)
    [of_instrument] = [x for (_code, label), x in by_code.items() if "Firearms Protocol)" in label]
    assert of_instrument == pytest.approx((4 + 0.5 / 12) * year, abs=0.2)


def test_each_kind_of_information_has_a_shape_and_a_word_of_its_own(client):
    recorded("KEN", "observations", "no_information")
    recorded("KEN", "summary", date="2023-02")
    text = client.get("/en/reviews/KEN/").text
    shown = {code for code, *_rest in marks(client)}
    assert {"done", "no_information", "not_recorded", "not_public", "not_due"} <= shown
    shapes = dict(re.findall(r'<(?:\w+) id="review-mark-(\w+)"([^/]*/?)', text))
    assert shown <= set(shapes)
    legend = re.search(r'<ul class="review-legend".*?</ul>', text, re.DOTALL)[0]
    assert legend.count("<li>") == len(shown)
    for word in ("Done", "No public information", "Not yet recorded", "Not public by rule", "Not yet due"):
        assert word in legend


def test_the_rule_gives_the_day_of_what_is_due_until_something_is_recorded(client):
    recorded("KEN", "start", date="2024-02-01")
    due = [label for code, _x, _y, label in marks(client) if code == "due"]
    assert "Phase I: Appointment of the focal point, Due by the rule, 15 February 2024." in due
    recorded("KEN", "focal_point", date="2024-02-10")
    after = [label for code, _x, _y, label in marks(client) if code == "due"]
    assert len(after) == len(due) - 1


def test_marks_of_one_time_stand_under_each_other(client):
    for step in ("observations", "summary", "questionnaire"):
        recorded("KEN", step, date="2023-02-01")
    at = [(x, y) for code, x, y, _label in marks(client) if code == "done"]
    assert len({x for x, _y in at}) == 1
    assert len({y for _x, y in at}) == len(at) == 3
    lowest = max(y for _code, _x, y, _label in marks(client))
    assert [y for _code, _x, y, label in marks(client) if "without a date" in label].count(lowest)


def test_what_is_before_the_calendar_stands_at_its_start(client):
    recorded("KEN", "summary", date="2001-01-01")
    assert next(x for code, x, _y, _label in marks(client) if code == "done") == 0


def test_readers_who_do_not_see_the_marks_hear_them_and_have_the_list(client):
    recorded("KEN", "summary", date="2023-02-01")
    page = client.get("/en/reviews/KEN/")
    svg = re.search(r"<svg height.*?</svg>", page.text, re.DOTALL)[0]
    named = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', svg)
    assert len(named) == 2
    assert all(page.text.count(f'id="{name}"') == 1 for name in named)
    described = unescape(re.search(r"<desc[^>]*>([^<]*)", svg)[1])
    assert all(label in described for _code, _x, _y, label in marks(client))
    assert "Summary of the list of observations Done" in words_of(page)


def test_places_have_points_in_every_language(client):
    recorded("KEN", "summary", date="2023-02-01")
    english = [(code, x, y) for code, x, y, _label in marks(client)]
    for language in ("fr", "ar"):
        assert [(code, x, y) for code, x, y, _label in marks(client, language)] == english


def test_without_a_group_there_is_a_calendar_and_no_marks(client):
    CountryReview.objects.filter(country="KEN").update(group=None, source="")
    recorded("KEN", "summary", date="2023-02-01")
    page = client.get("/en/reviews/KEN/")
    assert marks(client) == []
    assert "review-line" in page.text
    assert "review-legend" not in page.text
