"""Anonymous means it: who reads the whole database links no answer to an invitation."""

import itertools
import json
import os
import random
import re
from functools import partial
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, models

from coordination.surveys import actions_answers, actions_clock
from coordination.surveys.enums import BATCH
from coordination.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyWaiting
from coordination.surveys.queries_results import results_of
from core.errors import WrongState
from core.small_numbers import FEWEST, groups_to_hide, merge_small_groups
from notifications.outbox.models import Message
from tests.factories.surveys import filled, invited, survey_of, turn_on
from tests.support import database_url, run_during
from whatson.embedded.postgres import run_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def runner(reference):
    return turn_on()


def rows_in(table: str, columns: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY ctid")  # noqa: S608  our own names
        return cursor.fetchall()


def words_of_rows(needle: str) -> set[str]:
    """Every table of the database in which a text occurs, whichever app it is of."""
    tables = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{needle}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                tables.add(table)
    return tables


def answer_all(client, survey, links, marker="answer of"):
    """Each person writes a text that only the test can trace; returns them in the order of answering."""
    for number, (_person, url) in enumerate(links):
        assert client.post(url, filled(survey, 1 + number % 5, f"{marker} {number:02}")).status_code == 302


def texts_in_order(survey) -> list[str]:
    key = str(survey.question_set.questions.get(kind="text").pk)
    return [values[key] for (values,) in rows_as_json(survey)]


def rows_as_json(survey):
    rows = rows_in("coordination_surveyanswer", "values, survey_id")
    return [(json.loads(v) if isinstance(v, str) else v,) for v, pk in rows if pk == survey.pk]


@pytest.mark.behaviour("S-13")
def test_who_reads_the_whole_database_links_no_answer(client, runner):
    survey = survey_of(30)
    links = invited(survey)
    random.Random(7).shuffle(links)
    answer_all(client, survey, links[:23])

    # Twenty are cut off, three wait: for those twenty no table but the answers has their words.
    assert (SurveyAnswer.objects.count(), SurveyWaiting.objects.count()) == (20, 3)
    for number in range(20):
        assert words_of_rows(f"answer of {number:02}") == {"coordination_surveyanswer"}

    # The place of the rows is by lot: neither in the order of answering nor batch by batch.
    numbers = [int(text[-2:]) for text in texts_in_order(survey)]
    assert sorted(numbers) == list(range(20))
    assert numbers != sorted(numbers)
    assert sorted(numbers[:BATCH]) != list(range(BATCH))

    # All rows of answers are of one transaction, which marked those who answered, all of a batch together.
    assert len({xmin for (xmin,) in rows_in("coordination_surveyanswer", "xmin::text")}) == 1
    assert SurveyInvitation.objects.filter(is_answered=True).count() == 20
    keys = [pk for (pk,) in rows_in("coordination_surveyanswer", "id")]
    assert all(UUID(str(pk)).version == 4 for pk in keys)

    actions_answers.close(survey)
    assert SurveyAnswer.objects.count() == 23
    # Afterwards nothing is left to link with: no waiting row, no invitation.
    assert rows_in("coordination_surveywaiting", "*") == rows_in("coordination_surveyinvitation", "*") == []
    for number in range(23):
        assert words_of_rows(f"answer of {number:02}") == {"coordination_surveyanswer"}
    for (row,) in rows_in("coordination_surveyanswer", "row_to_json(coordination_surveyanswer)::text"):
        for person, _url in links:
            assert person.email not in row
    assert set(SurveyAnswer.objects.values_list("user", "region", "kind")) == {(None, "", "")}


def test_the_table_of_answers_has_no_time_no_number_and_no_way_to_an_invitation():
    fields = SurveyAnswer._meta.get_fields()
    assert not [field for field in fields if isinstance(field, models.DateField | models.AutoField)]
    targets = {field.related_model for field in fields if field.is_relation}
    assert SurveyInvitation not in targets
    assert SurveyWaiting not in targets
    invitation = {field.name for field in SurveyInvitation._meta.local_fields}
    assert invitation == {
        "id",
        "survey",
        "user",
        "wave",
        "token_hash",
        "reminder_hash",
        "region",
        "kind",
        "is_answered",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_trigger"
            " WHERE tgrelid::regclass::text LIKE 'coordination_survey%' AND NOT tgisinternal"
        )
        assert cursor.fetchall() == []


def test_the_same_people_answer_in_the_order_of_a_shuffle_each_time(client, runner, monkeypatch):
    """The order is the lots' alone: with lots that change nothing the test above would see the batches."""
    monkeypatch.setattr(actions_answers._lots, "shuffle", lambda rows: None)
    survey = survey_of(25)
    answer_all(client, survey, invited(survey)[:20])
    numbers = [int(text[-2:]) for text in texts_in_order(survey)]
    assert numbers == list(range(20))


def test_a_batch_leaves_no_few_whose_answers_a_later_backup_would_add(client, runner):
    survey = survey_of(12)
    answer_all(client, survey, invited(survey))
    assert (SurveyAnswer.objects.count(), SurveyWaiting.objects.count()) == (0, 12)
    actions_answers.close(survey)
    assert (SurveyAnswer.objects.count(), SurveyWaiting.objects.count()) == (12, 0)


def test_the_few_who_are_left_after_accounts_went_are_deleted(client, runner):
    survey = survey_of(15)
    links = invited(survey)
    answer_all(client, survey, links[:11])
    assert (SurveyAnswer.objects.count(), SurveyWaiting.objects.count()) == (10, 1)
    for person, _url in links[12:]:
        person.delete()
    actions_answers.close(survey)
    assert (SurveyAnswer.objects.count(), SurveyWaiting.objects.count()) == (10, 0)


# --- What stands beside an answer -----------------------------------------------------------------------
def with_groups(survey, groups) -> None:
    rows = list(survey.event.registration_rules.registrations.order_by("pk"))
    for row, (region, kind) in zip(rows, groups, strict=True):
        row.region, row.kind = region, kind
        row.save()


@pytest.mark.behaviour("S-13")
def test_what_stands_beside_an_answer_points_at_five_of_those_invited(client, runner):
    survey = survey_of(13, attributes=["region", "kind"])
    with_groups(survey, [("002", "ngo")] * 6 + [("019", "ngo")] * 5 + [("002", "academia")] * 2)
    links = invited(survey)
    answer_all(client, survey, links)
    # They wait until the closing, however many: by then who answered is marked nowhere.
    assert (SurveyAnswer.objects.count(), SurveyInvitation.objects.filter(is_answered=True).count()) == (0, 0)
    actions_answers.close(survey)
    groups = list(SurveyAnswer.objects.values_list("region", "kind"))
    # The two of academia would stand apart, so five others join them.
    assert sorted((group, groups.count(group)) for group in set(groups)) == [
        (("", ""), 7),
        (("002", "ngo"), 6),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_no_group_that_is_told_holds_fewer_than_five(seed):
    lots = random.Random(seed)
    pairs = list(itertools.product(["002", "019", "142", ""], ["ngo", "academia", "expert", ""]))
    counts = {pair: lots.randrange(1, 9) for pair in lots.sample(pairs, lots.randrange(1, len(pairs)))}
    merged = merge_small_groups(counts)
    assert merged.keys() == counts.keys()
    for target in set(merged.values()):
        number = sum(counts[group] for group, told_as in merged.items() if told_as == target)
        assert number >= FEWEST or set(merged.values()) == {("", "")}
    # Only less is told of a group than is known of it.
    assert all(
        shown in ("", known)
        for group, target in merged.items()
        for known, shown in zip(group, target, strict=True)
    )


def test_a_small_group_takes_another_with_it():
    assert groups_to_hide({"a": 9, "b": 8}) == set()
    assert groups_to_hide({"a": 9, "b": 8, "c": 2}) == {"c", "b"}
    assert groups_to_hide({"a": 9, "b": 3, "c": 4}) == {"b", "c"}
    assert groups_to_hide({"a": 9, "b": 0}) == set()
    assert groups_to_hide({}) == set()


def test_a_group_with_few_answers_is_hidden_with_another(client, runner):
    survey = survey_of(18, attributes=["region"])
    with_groups(survey, [("002", "")] * 6 + [("019", "")] * 6 + [("142", "")] * 6)
    links = invited(survey)
    answer_all(client, survey, links[:14])
    actions_answers.close(survey)
    survey.refresh_from_db()
    scale = results_of(survey, for_team=True)[0]
    ((_label, groups),) = scale.groups
    assert sorted(group.number or 0 for group in groups) == [0, 0, 6]


# --- Where waiting answers are not ----------------------------------------------------------------------
def test_waiting_answers_are_in_no_log_of_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'coordination_surveywaiting'")
        assert cursor.fetchone() == ("u",)
    # No other table is unlogged: a crash would empty it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u'")
        assert cursor.fetchall() == [("coordination_surveywaiting",)]


def test_both_backups_leave_them_out():
    flag = "--no-unlogged-table-data"
    for path in ("docker/backup.sh", "whatson/embedded/backup.py"):
        source = (settings.BASE_DIR / path).read_text(encoding="utf-8")
        calls = [line for line in source.splitlines() if "pg_dump" in line and "format" in line]
        assert calls
        assert all(flag in line for line in calls)


@pytest.mark.skipif("WHATSON_EMBEDDED" not in os.environ, reason="pg_dump has to be of the server's version")
@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_has_answers_and_invitations_but_nothing_that_waits(client, runner):
    survey = survey_of(20)
    answer_all(client, survey, invited(survey)[:13])
    assert (SurveyAnswer.objects.count(), SurveyWaiting.objects.count()) == (10, 3)
    dump = run_tool(
        "pg_dump", database_url(owner=True), "--no-unlogged-table-data", "--table=coordination_survey*"
    )
    assert "COPY public.coordination_surveyinvitation" in dump
    assert sorted(re.findall(r"answer of (\d\d)", dump)) == [f"{number:02}" for number in range(10)]
    assert "COPY public.coordination_surveywaiting" not in dump


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_by_the_same_link_one_is_refused(runner):
    survey = survey_of(12)
    invited(survey)
    invitation = survey.invitations.first()
    answers = [partial(actions_answers.answer, invitation, {"1": mark}) for mark in "45"]
    outcomes = run_during(answers[0], answers[1])
    assert [type(outcome) for outcome in outcomes] == [WrongState]
    assert SurveyWaiting.objects.get().values == {"1": "4"}


@pytest.mark.django_db(transaction=True)
def test_the_clock_invites_once_however_many_workers_look(runner):
    survey = survey_of(6)
    run_during(partial(actions_clock.invite, survey), partial(actions_clock.invite, survey))
    assert Message.objects.filter(kind=actions_clock.INVITED).count() == 6


def test_erasing_a_person_takes_a_waiting_answer_along(client, runner):
    survey = survey_of(6)
    (person, url), *_others = invited(survey)
    client.post(url, filled(survey))
    person.delete()
    assert not SurveyWaiting.objects.exists()


def test_closing_twice_is_once(client, runner):
    survey = survey_of(6)
    answer_all(client, survey, invited(survey))
    actions_answers.close(survey)
    closed_at = Survey.objects.get().closed_at
    keys = set(SurveyAnswer.objects.values_list("pk", flat=True))
    actions_answers.close(survey)
    assert set(SurveyAnswer.objects.values_list("pk", flat=True)) == keys
    assert Survey.objects.get().closed_at == closed_at
