"""The mechanism as data: what is loaded, what stays empty, what the desk edits, how deadlines are counted."""

import csv
from datetime import date

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.people.enums import Role
from core import partial_dates
from reviews.mechanism.models import Phase, ReviewGroup, StepKind
from reviews.seed import DATA, load_mechanism
from reviews.tracker.models import CountryReview, FocalPoint, ReviewsVersion, Snapshot, StepRecord
from reviews.tracker.queries_deadlines import calendar, deadlines
from reviews.wiring import LISTS
from taxonomy.law.models import Article, Cluster
from taxonomy.places.models import Country
from taxonomy.seed import BadRow
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import RuleFactory
from tests.factories.reviews import recorded, review_of
from tests.support import owner

pytestmark = pytest.mark.usefixtures("mechanism")


def test_what_is_known_is_loaded_and_what_is_not_found_stays_empty():
    assert [group.nominal_start for group in ReviewGroup.objects.all()] == [
        "2020-10",
        "2021-11-01",
        "2022-11-01",
    ]
    assert Phase.objects.count() == 12
    assert StepKind.objects.count() == 10
    assert CountryReview.objects.count() == 197
    assert CountryReview.objects.exclude(group=None).count() == 36
    assert FocalPoint.objects.filter(nominated="yes").count() == 73
    assert StepKind.objects.get(pk="consultation").due_after is None
    assert StepKind.objects.get(pk="feedback").publicity == ""
    assert Cluster.objects.get(pk="II").name_en == ""
    assert Article.objects.exclude(cluster=None).count() == 13
    assert set(StepRecord.objects.values_list("step", "status", "date")) == {("focal_point", "done", "")}


def test_every_loaded_fact_says_where_it_was_read_and_when():
    for model in (*LISTS, FocalPoint):
        assert not model.objects.filter(source="").exists(), model
        assert not model.objects.filter(source_date=None).exists(), model
    assert not CountryReview.objects.exclude(group=None).filter(source_date=None).exists()


def test_loading_again_changes_nothing_and_leaves_what_the_desk_did():
    review = review_of("ARM")
    review.group_id, review.source, review.edited_by_hand = "2", "The desk's own source", True
    review.save()
    StepKind.objects.filter(pk="start").update(edited_by_hand=True, name_en="Opening")
    before = (StepRecord.objects.count(), ReviewsVersion.objects.current())
    report = load_mechanism()
    assert {(counts.created, counts.updated) for counts in report.values()} == {(0, 0)}
    assert (report["steps.csv"].skipped, report["country_groups.csv"].skipped) == (1, 1)
    assert review_of("ARM").group_id == "2"
    assert (StepRecord.objects.count(), ReviewsVersion.objects.current()) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    (
        ("country_groups.csv", "ARM,1,", "XXX,1,", "'XXX' has no review"),
        ("country_groups.csv", "ARM,1,", "ARM,9,", "'9' is not a known group"),
        ("focal_points.csv", ",yes,", ",perhaps,", "'perhaps' is not known"),
        ("steps.csv", ",weeks,", ",fortnights,", "fortnights"),
    ),
)
def test_a_bad_file_loads_nothing(tmp_path, file, old, new, says):
    for path in DATA.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(
            text.replace(old, new) if path.name == file else text, encoding="utf-8"
        )
    before = Phase.objects.count(), FocalPoint.objects.count()
    with pytest.raises(BadRow, match=says):
        load_mechanism(tmp_path)
    assert (Phase.objects.count(), FocalPoint.objects.count()) == before


def test_every_data_file_names_source_and_date():
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        assert all(row["source"] and row["source_date"] for row in rows), path.name


# --- The desk edits all of it -------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("model", LISTS)
def test_the_desk_opens_every_list_in_the_admin(as_keeper, model):
    name = model._meta.model_name
    assert as_keeper.get(reverse(f"admin:reviews_{name}_changelist"), {"q": ""}).status_code == 200
    row = model.objects.first() or RuleFactory()
    assert as_keeper.get(reverse(f"admin:reviews_{name}_change", args=[row.pk])).status_code == 200
    gone = as_keeper.post(reverse(f"admin:reviews_{name}_delete", args=[row.pk]), {"post": "yes"})
    assert gone.status_code == 403


@pytest.mark.parametrize("name", ("reviewdocument", "reviewingstate"))
def test_documents_and_reviewing_states_are_in_the_admin_too(as_keeper, name):
    assert as_keeper.get(f"/en/admin/reviews/{name}/").status_code == 200
    assert as_keeper.get(f"/en/admin/reviews/{name}/add/").status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    (
        (Role.REVIEWS, 200),
        (Role.CURATION, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.VETTING, 404),
        (Role.EVENTS, 403),
        (Role.REGIONAL, 404),
        (Role.STATE, 404),
    ),
)
def test_who_opens_the_lists(client, role, status):
    sign_in(client, person_with(role))
    assert client.get("/en/admin/reviews/stepkind/").status_code == status


def test_a_deadline_that_the_desk_edits_is_counted_at_once(as_keeper):
    kind = StepKind.objects.get(pk="questionnaire")
    url = f"/en/admin/reviews/stepkind/{kind.pk}/change/"
    form = as_keeper.get(url).context["adminform"].form
    fields = {name: form[name].value() or "" for name in form.fields}
    fields = {name: value for name, value in fields.items() if value is not False}
    fields |= {"actors": "state", "due_after": "9", "source_date_0": "", "source_date": "2026-11-24"}
    assert as_keeper.post(url, fields).status_code == 302
    kind.refresh_from_db()
    assert (kind.due_after, kind.edited_by_hand) == (9, True)
    CountryReview.objects.filter(country="KEN").update(group="2", source="A list")
    assert "1 August 2022" in as_keeper.get("/en/reviews/KEN/").content.decode()
    assert "changed questionnaire" in as_keeper.get(url.replace("change", "history")).content.decode()


def test_a_deadline_needs_all_its_parts():
    with pytest.raises(IntegrityError), transaction.atomic():
        StepKind.objects.filter(pk="dialogue").update(due_after=3)


# --- Dates and deadlines --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "spoken"),
    (
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2024-10-30", date(2024, 10, 30), date(2024, 10, 30), "30 October 2024"),
    ),
)
def test_a_date_is_as_exact_as_its_source(text, first, last, spoken):
    partial_dates.check_partial(text)
    assert (partial_dates.first_day(text), partial_dates.last_day(text), partial_dates.date_text(text)) == (
        first,
        last,
        spoken,
    )
    assert partial_dates.whole(text) == (first if first == last else None)


@pytest.mark.parametrize(
    "text", ("", "24", "2024-13", "2024-02-30", "1924", "2024-1-1", "30.10.2024", "２０２４")
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValidationError):
        partial_dates.check_partial(text)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    (
        (date(2021, 11, 1), 6, date(2022, 5, 1)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 12, 31), 12, date(2023, 12, 31)),
    ),
)
def test_months_are_counted_by_the_calendar(day, months, then):
    assert partial_dates.months_after(day, months) == then


def test_deadlines_count_from_the_named_step_and_only_from_a_whole_day():
    CountryReview.objects.filter(country__in=["KEN", "FRA"]).update(group="2", source="A list")
    CountryReview.objects.filter(country="FRA").update(group="1")
    assert [(due.step.pk, due.day) for due in deadlines(review_of("KEN"))] == [
        ("focal_point", date(2021, 11, 15)),
        ("experts", date(2021, 11, 29)),
        ("questionnaire", date(2022, 5, 1)),
    ]
    # Of group 1 only the month of the start is known: nothing is counted from a guess.
    assert deadlines(review_of("FRA")) == []
    recorded("KEN", "questionnaire", date="2022-08-31")
    assert ("feedback", date(2023, 2, 28)) in [(due.step.pk, due.day) for due in deadlines(review_of("KEN"))]
    recorded("KEN", "start", date="2021-12-01")
    assert deadlines(review_of("KEN"))[0].day == date(2021, 12, 15)


@pytest.mark.time_machine("2026-11-25T10:00Z")
@pytest.mark.parametrize(
    ("group", "day", "phase"),
    (
        ("2", date(2021, 10, 31), ""),
        ("2", date(2021, 11, 1), "I"),
        ("2", date(2024, 6, 1), "II"),
        ("1", date(2026, 11, 25), "IV"),
        ("3", date(2031, 6, 1), ""),
        (None, date(2024, 6, 1), ""),
    ),
)
def test_the_phase_by_the_calendar(group, day, phase):
    review = review_of("KEN")
    review.group_id = group
    now = calendar().now(review, day)
    assert (now.cluster_id if now else "") == phase


# --- Records are never overwritten ----------------------------------------------------------------------


def test_a_record_can_be_neither_changed_nor_deleted(keeper):
    step_record = recorded("KEN", "consultation", actor=keeper)
    for act in (
        lambda: StepRecord.objects.filter(pk=step_record.pk).update(status="under_way"),
        lambda: StepRecord.objects.filter(pk=step_record.pk).update(note="Another note"),
        lambda: StepRecord.objects.filter(pk=step_record.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act()
    # Alone the erasure of the person who recorded it touches the row.
    keeper.grants.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_steprecord SET recorded_by_id = NULL WHERE id = %s", [step_record.pk])
    step_record.refresh_from_db()
    assert (step_record.recorded_by, step_record.status) == (None, "done")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews_steprecord SET status = 'under_way'",
        "UPDATE reviews_steprecord SET note = 'Another note'",
        "DELETE FROM reviews_steprecord",
    ],
)
def test_not_even_the_owner_of_the_tables_changes_a_record(keeper, statement):
    recorded("KEN", "consultation", actor=keeper)
    with pytest.raises(psycopg.DatabaseError, match="Cannot"):
        owner().execute(statement)


def test_what_is_said_later_holds():
    recorded("KEN", "consultation", "under_way", date="2024-01")
    latest = recorded("KEN", "consultation", "no_information")
    other = recorded("KEN", "consultation", instrument="FA", date="2023")
    current = StepRecord.objects.filter(review=review_of("KEN"), step="consultation").current()
    assert set(current) == {latest, other}


def test_sources_that_disagree_stand_side_by_side(client):
    page = client.get("/en/reviews/figures/").content.decode()
    assert "84" in page
    assert "81 of 189" in page
    assert Snapshot.objects.filter(measure="progressing", as_of__startswith="2024").count() == 4
    assert page.count('class="row-bar"') == 7  # where there is more than one figure: reviews, in progress


def test_a_country_without_a_review_has_no_page(client):
    assert Country.objects.filter(pk="ABW").exists()
    assert client.get("/en/reviews/ABW/").status_code == 404
