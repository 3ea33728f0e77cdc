"""Reviews, their steps, documents and figures; calls, contributions, observations and dialogues."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.contributions.models import Contribution
from reviews.seed import load_mechanism
from tests.factories.accounts import sign_in
from tests.factories.calls import CallFactory, draft_for, published_for
from tests.factories.dialogues import DialogueFactory
from tests.factories.observations import observed
from tests.factories.reviews import recorded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mechanism")]
API = "/api/v1/"


@pytest.fixture
def mechanism(reference):
    load_mechanism()


def read(client, path, status=200):
    answer = client.get(f"{API}{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def ids(client, path):
    return [row["id"] for row in read(client, path)["results"]]


@pytest.mark.parametrize("number", (1, 4))
@pytest.mark.parametrize(
    "name",
    ("reviews", "steps", "documents", "figures", "calls", "contributions", "observations", "dialogues"),
)
def test_a_list_takes_six_statements_at_most_however_long_it_is(client, name, number):
    for _number in range(number):
        call = CallFactory()
        call.countries.set(["KEN"])
        published_for(call)
        observed(text="Seen.")
        DialogueFactory()
        recorded("KEN", "questionnaire", source="The source")
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert read(client, f"{name}/")["results"]
    assert len(queries) <= 6


def test_a_country_is_told_with_its_latest_steps_and_its_records(client):
    record = recorded("KEN", "questionnaire", source="The source")
    line = next(country for country in read(client, "reviews/?q=kenya")["results"])
    assert (line["country"]["code"], line["url"][-16:]) == ("KEN", "/en/reviews/KEN/")
    assert record.cluster_id in [phase["phase"] for phase in line["phases"] if phase["step"]]
    assert read(client, "reviews/KEN/")["country"]["name"] == "Kenya"
    assert record.pk in ids(client, "steps/?country=KEN&current=true")
    assert record.pk not in ids(client, "steps/?country=PER")
    read(client, "reviews/XXX/", 404)


def test_a_contribution_without_its_name_is_named_to_nobody_but_its_own(client):
    call = CallFactory()
    shown, _author = published_for(call)
    unnamed, _other = published_for(call)
    Contribution.objects.filter(pk=unnamed.pk).update(visibility="unnamed")
    draft, author = draft_for(call)
    contributions = {
        contribution["id"]: contribution
        for contribution in read(client, f"contributions/?call={call.pk}")["results"]
    }
    assert set(contributions) == {shown.pk, unnamed.pk}
    assert contributions[shown.pk]["stakeholders"] == [shown.stakeholder.name]
    assert contributions[unnamed.pk]["stakeholders"] == []
    assert contributions[shown.pk]["answers"]
    sign_in(client, author)
    own = {contribution["id"]: contribution for contribution in read(client, "contributions/")["results"]}
    assert own[draft.pk]["stakeholders"] == [draft.stakeholder.name]
    assert own[unnamed.pk]["stakeholders"] == []


def test_calls_and_observations_answer_to_the_filters_of_their_pages(client):
    call = CallFactory(title="The call")
    call.countries.set(["KEN"])
    observation = observed(text="Seen.")
    assert ids(client, "calls/?country=KEN") == [call.pk]
    assert ids(client, "calls/?country=PER") == []
    assert [row["text"] for row in read(client, f"calls/{call.pk}/")["questions"]]
    assert ids(client, f"observations/?country={observation.country_id}&kind={observation.kind}") == [
        observation.pk
    ]
    read(client, "observations/?kind=nothing", 400)
