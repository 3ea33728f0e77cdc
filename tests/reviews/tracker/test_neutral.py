"""No ordering, colour, chart, export or feed derives from what States have done."""

import re
from itertools import permutations
from pathlib import Path

import pytest

from reviews.mechanism.models import StepKind
from reviews.tracker.filters import SORTS
from reviews.tracker.models import StepRecord
from reviews.tracker.queries import CODES
from tests.factories.reviews import recorded
from tests.support import lines_of

pytestmark = pytest.mark.usefixtures("mechanism")
ROOT = Path(__file__).resolve().parents[3]
ROW = re.compile(r"<tr>\s*<th scope=\"row\"><a href=\"/en/reviews/([A-Z]{3})/\">.*?</tr>", re.DOTALL)


def rows(client, **parameters):
    page = client.get("/en/reviews/", {"page": "all"} | parameters).content.decode()
    return {match[1]: match[0] for match in ROW.finditer(page)}


def far(iso3):
    """Everything of two phases done."""
    for phase in ("I", "II"):
        for step in StepKind.objects.in_order():
            recorded(iso3, step.pk, phase=phase, date="2024-01-01")


@pytest.mark.behaviour("R-02")
def test_only_name_region_and_date_put_countries_in_order(client):
    assert set(SORTS) == {"name", "region", "date"}
    before = list(rows(client))
    far("ZWE")
    recorded("ZMB", "start", "under_way", date="2024-01-01")
    assert list(rows(client)) == before == sorted(before, key=before.index)
    for invented in ("progress", "-steps", "done", "status", "group"):
        assert list(rows(client, sort=invented)) == before
    by_region = list(rows(client, sort="region"))
    assert sorted(by_region) == sorted(before)
    # By date alone: how many steps are done makes no difference; of one date, the names decide.
    assert list(rows(client, sort="date"))[:2] == ["ZMB", "ZWE"]


@pytest.mark.behaviour("R-02")
def test_the_order_by_date_does_not_ask_what_was_done(client):
    for iso3, step in (("KEN", "start"), ("FRA", "summary"), ("BRA", "questionnaire")):
        recorded(iso3, step, date={"KEN": "2024-03", "FRA": "2024-01", "BRA": "2024-02"}[iso3])
    assert list(rows(client, sort="date"))[:3] == ["KEN", "BRA", "FRA"]


@pytest.mark.behaviour("R-02")
def test_no_class_colour_or_size_differs_by_what_was_done(client):
    far("ZWE")
    for phase in ("I", "II"):
        recorded("ZMB", "start", "under_way", phase=phase, date="2024-01-01")
    looks = {iso3: re.findall(r'class="[^"]*"', row) for iso3, row in rows(client).items()}
    plain = list(looks["ZMB"])
    assert looks["ZWE"] == plain
    assert not any("state-" in css_class for look in looks.values() for css_class in look)
    assert "<circle" not in client.get("/en/reviews/").text
    review = client.get("/en/reviews/ZWE/").content.decode()
    cells = re.findall(r'<li class="([^"]*)">\s*<h4', review)
    assert set(cells) == {"phase-step"}
    assert "state-" not in review


@pytest.mark.behaviour("R-02")
def test_no_file_counts_or_compares(client):
    far("ZWE")
    lines = lines_of(client.get("/en/reviews/tracker.csv"))
    assert tuple(lines[0]) == (
        "iso3",
        "country",
        "region_m49",
        "un_group",
        "review_group",
        "nominal_start",
        "actual_start",
        "calendar_phase",
        "latest_step_phase",
        "latest_step",
        "latest_step_status",
        "latest_step_date",
        "source_kind",
        "source",
        "source_url",
        "source_date",
        "recorded_on",
        "is_demo",
    )
    assert len(lines) == 197
    assert [line["iso3"] for line in lines] == list(rows(client))
    feed = client.get("/en/reviews/changes.atom").content.decode()
    assert feed.index("Zimbabwe") >= 0
    assert not re.search(r"\b\d+\s*(%|per cent)", feed)


@pytest.mark.parametrize("order", list(permutations(("KEN", "FRA", "BRA")))[:3])
@pytest.mark.behaviour("R-02")
def test_who_was_recorded_first_makes_no_difference(client, order):
    before = list(rows(client))
    for iso3 in order:
        recorded(iso3, "summary")
    assert list(rows(client)) == before


def test_filters_ask_for_facts_not_for_judgements():
    assert set(CODES) == {"information", "region", "un_group", "group", "phase", "step", "instrument"}


WORDS = re.compile(
    r"\b(score|rank(ing|ed)?|grade|compliance|compliant|overdue|laggard|league|best performing|worst)\b",
    re.IGNORECASE,
)


def test_no_page_uses_a_word_of_comparison():
    matches = [
        (path.relative_to(ROOT).as_posix(), match[0])
        for folder in ("reviews", "templates/reviews", "templates/mail")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".html", ".jinja", ".txt", ".csv")
        and (folder != "templates/mail" or "reviews." in path.name)
        for match in WORDS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert matches == []


def test_no_record_holds_a_number_of_a_state():
    kinds = {field.get_internal_type() for field in StepRecord._meta.concrete_fields if not field.is_relation}
    assert not kinds & {"IntegerField", "FloatField", "DecimalField", "PositiveIntegerField"}
