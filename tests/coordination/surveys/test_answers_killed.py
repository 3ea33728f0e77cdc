"""Processes of the web server are killed while people answer a survey: no answer is lost, none is doubled."""

import pytest

from bench.feedback import Outcome, answer_all, answer_broken, close_and_read, text_of
from bench.serving import serving
from coordination.surveys.models import SurveyInvitation, SurveyWaiting
from tests.factories.surveys import invited, survey_of
from tests.support import database_url

pytestmark = [pytest.mark.slow, pytest.mark.night, pytest.mark.django_db(transaction=True)]


@pytest.mark.behaviour("S-12")
@pytest.mark.parametrize("clients", [6])
def test_no_answer_of_a_killed_process_is_lost_or_doubled(reference, monkeypatch, clients):
    monkeypatch.setenv("DATABASE_URL", database_url())
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "whatson.settings.dev")
    survey = survey_of(200)
    links = [url for _person, url in invited(survey)]
    with serving() as (port, leader):
        outcome = answer_all(port, leader, links, clients=clients, kills=3)
        waiting = SurveyWaiting.objects.count() + SurveyInvitation.objects.filter(is_answered=True).count()
        assert len(outcome.acknowledged) <= waiting <= len(links)
        answer_broken(port, links, outcome)
    assert len(set(outcome.killed)) == 3
    assert sorted(outcome.acknowledged) == list(range(200))
    texts = close_and_read(survey)
    assert outcome.faults_of(texts) == []
    assert len(texts) == 200


def test_what_is_lost_doubled_or_invented_is_named():
    outcome = Outcome(acknowledged=[1, 2], broken=[3])
    assert outcome.faults_of([text_of(1), text_of(2)]) == []
    assert outcome.faults_of([text_of(1), text_of(2), text_of(3)]) == []
    assert outcome.faults_of([text_of(1), text_of(3), text_of(3), text_of(4)]) == [
        f"lost: {text_of(2)}",
        f"stored 2 times: {text_of(3)}",
        f"not sent: {text_of(4)}",
    ]
