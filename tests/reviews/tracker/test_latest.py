"""Which record holds now, and what the tracker reads of the records, compared with all of them in Python."""

import random
from collections import defaultdict
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from reviews.mechanism.models import StepKind
from reviews.tracker.models import StepRecord
from reviews.tracker.queries import RECORDED, UNKNOWN, TrackerQuery, find_reviews, lines, tracker_data
from tests.factories.reviews import recorded, review_of

VISITOR = AnonymousUser()
COUNTRIES = ("KEN", "PER", "FRA")
KNOWN = ("done", "under_way")


@pytest.fixture
def records(mechanism):
    """Several records of most steps, some of the same moment; one step is retired."""
    draw = random.Random(29)
    steps = ["questionnaire", "summary", "observations", "feedback"]
    StepKind.objects.filter(pk="feedback").update(retired=True)
    moments = [now() - timedelta(days=days) for days in range(4)]
    StepRecord.objects.bulk_create(
        StepRecord(
            review=review_of(draw.choice(COUNTRIES)),
            cluster_id=draw.choice(("I", "II", "III")),
            step_id=draw.choice(steps),
            instrument_id=draw.choice((None, None, "FA", "TIP")),
            status=draw.choice((*KNOWN, "no_information")),
            date=draw.choice(("", "2023", "2023-05", "2023-05-04", "2024")),
            source_kind="link",
            source="A page",
            recorded_at=draw.choice(moments),
        )
        for _number in range(250)
    )
    return StepRecord.objects.select_related("step", "review")


def newest(records):
    """Of each step, phase and instrument the record that came last."""
    by_step = defaultdict(list)
    for record in records:
        by_step[record.review_id, record.cluster_id, record.step_id, record.instrument_id].append(record)
    return [max(same, key=lambda record: (record.recorded_at, record.pk)) for same in by_step.values()]


def latest(records, instruments=()):
    """(country, phase) → its latest known step, or else that there is no information."""
    by_phase = defaultdict(list)
    for record in newest(records):
        if not record.step.retired and (not instruments or record.instrument_id in (None, *instruments)):
            by_phase[record.review.country_id, record.cluster_id].append(record)
    return {
        phase: max(
            of_phase,
            key=lambda record: (
                record.status in KNOWN,
                record.date,
                record.step.position,
                record.recorded_at,
                record.pk,
            ),
        ).pk
        for phase, of_phase in by_phase.items()
    }


def test_what_holds_now_is_the_newest_of_each_step_phase_and_instrument(records):
    assert set(StepRecord.objects.current()) == set(newest(records))
    own = records.filter(review=review_of("KEN"))
    assert set(StepRecord.objects.current(review=review_of("KEN"))) == set(newest(own))
    known = {record for record in newest(own) if record.status in KNOWN and not record.step.retired}
    assert set(StepRecord.objects.current(review=review_of("KEN")).known()) == known


@pytest.mark.parametrize(
    "query",
    (
        TrackerQuery(),
        TrackerQuery(sort="date"),
        TrackerQuery(sort="region", region=("002",)),
        TrackerQuery(instrument=("FA",)),
        TrackerQuery(instrument=("FA", "TIP"), sort="date", information=(RECORDED,)),
    ),
    ids=str,
)
def test_each_phase_shows_the_latest_of_all_records(records, query):
    data = tracker_data(VISITOR)
    rows = lines(VISITOR, data, query, find_reviews(VISITOR, data, query))
    shown = {(line.iso3, cell.cluster): cell.record.pk for line in rows for cell in line.cells if cell.record}
    countries = {line.iso3 for line in rows}
    assert shown == {
        phase: pk for phase, pk in latest(records, query.instrument).items() if phase[0] in countries
    }
    assert {"KEN"} <= countries


def test_countries_are_found_by_the_latest_step_of_all_their_phases(records):
    recorded("KEN", "summary", date="2026-01")
    data = tracker_data(VISITOR)
    steps = {
        line.iso3: line.step.step_id if line.step else UNKNOWN
        for line in lines(VISITOR, data, TrackerQuery(), data.reviews)
    }
    assert steps["KEN"] == "summary"
    for code in {*steps.values()}:
        query = TrackerQuery(step=(code,))
        reviews = find_reviews(VISITOR, tracker_data(VISITOR), query)
        assert {review.country_id for review in reviews} == {iso3 for iso3 in steps if steps[iso3] == code}


def test_only_the_records_of_the_countries_on_the_page_are_read(records):
    data, query = tracker_data(VISITOR), TrackerQuery(q="e")
    reviews = find_reviews(VISITOR, data, query)
    assert data.latest == {}
    lines(VISITOR, data, query, reviews[:5])
    assert set(data.latest) == {review.pk for review in reviews[:5]}
