"""Observations: kept by the desk, read, filtered and taken home by everybody."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.timezone import now
from openpyxl import load_workbook

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from reviews.observations import actions as observations_actions
from reviews.observations.files import observation_columns
from reviews.observations.filters import SORTS
from reviews.observations.models import Observation
from taxonomy.law.models import Article
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import CallFactory, published_for, sent_for
from tests.factories.observations import observed, values_of
from tests.factories.stakeholders import StakeholderFactory
from tests.support import assert_no_growth, lines_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LIST, DESK = "/en/observations/", "/en/desk/calls/observations/"
FORM = {
    "country": "KEN",
    "kind": "gap",
    "article": "UNTOC-5",
    "text": "The law does not name it.",
    "language": "en",
    "source": "CTOC/COP/2026/1",
    "source_url": "",
    "source_date": "2026-03-01",
    "topics": ["firearms"],
}


def texts(client, **parameters):
    """What the list shows, in its order."""
    page = client.get(LIST, parameters)
    assert page.status_code == 200
    return re.findall(r'<div class="prose"[^>]*><p>(.*?)</p>', page.text, re.DOTALL)


# --- The desk ---------------------------------------------------------------------------------------------


@pytest.mark.behaviour("R-12")
def test_the_desk_records_publishes_changes_and_takes_back(as_keeper, client):
    visitor = Client()
    offered = dict(as_keeper.get(f"{DESK}new/").context["form"].fields["country"].choices)
    assert {"KEN", "ABW"} & {str(code) for code in offered} == {"KEN"}  # States are reviewed, no areas
    wrong = as_keeper.post(f"{DESK}new/", {**FORM, "source": "", "kind": "", "text": "Kept words."})
    assert wrong.status_code == 200
    for message in ("Nothing is recorded without a source.", "Choose what kind of observation it is."):
        assert message in wrong.text
    assert "Kept words." in wrong.text
    assert Observation.objects.count() == 0
    as_keeper.post(f"{DESK}new/", FORM)
    observation = Observation.objects.get()
    assert [topic.pk for topic in observation.topics.all()] == ["firearms"]
    assert texts(visitor) == []
    as_keeper.post(f"{DESK}{observation.pk}/publish/")
    assert texts(visitor) == ["The law does not name it."]
    page = visitor.get(LIST).text
    for text in ("Gap", "Article 5", "CTOC/COP/2026/1", "1 March 2026", "Kenya"):
        assert text in page
    change = {**FORM, "version": "0", "text": "The law names it by half.", "kind": "suggestion"}
    assert as_keeper.post(f"{DESK}{observation.pk}/change/", change).status_code == 302
    assert texts(visitor) == ["The law names it by half."]
    late = as_keeper.post(f"{DESK}{observation.pk}/change/", {**change, "text": "Typed in another window."})
    assert "Another person has changed this" in late.text
    assert "Typed in another window." in late.text
    assert 'name="version" value="1"' in late.text
    as_keeper.post(f"{DESK}{observation.pk}/publish/", {"back": "1"})
    assert texts(visitor) == []
    page_of_desk = as_keeper.get(f"{DESK}{observation.pk}/").text
    for line in ("recorded the observation", "published the observation", "withdrew the observation"):
        assert line in page_of_desk


@pytest.mark.behaviour("R-12")
def test_a_mixed_one_is_split_and_only_its_parts_are_shown(as_keeper):
    call = CallFactory()
    call.countries.set(["KEN"])
    contribution = published_for(call)[0]
    whole = observed(text="It lacks a law, and its unit works well.", topics=["firearms"])
    observations_actions.link_contributions(
        whole, actor=person_with(Role.REVIEWS), contributions=[contribution]
    )
    page = as_keeper.get(f"{DESK}{whole.pk}/split/")
    assert page.text.count("It lacks a law, and its unit works well.") == 2
    rows = {
        "version": str(Observation.objects.get(pk=whole.pk).version),
        "parts-rows": "2",
        "parts-0-kind": "gap",
        "parts-0-article": "UNTOC-5",
        "parts-0-text": "It lacks a law.",
        "parts-1-kind": "good_practice",
        "parts-1-article": "UNTOC-27",
        "parts-1-text": "",
    }
    more = as_keeper.post(f"{DESK}{whole.pk}/split/", {**rows, "more": "parts"})
    assert "Part 3" in more.text
    assert "It lacks a law." in more.text
    assert Observation.objects.count() == 1
    few = as_keeper.post(f"{DESK}{whole.pk}/split/", rows)
    assert "Write at least two parts." in few.text
    assert Observation.objects.count() == 1
    both = {**rows, "parts-1-text": "Its unit works well."}
    assert as_keeper.post(f"{DESK}{whole.pk}/split/", both).status_code == 302
    assert texts(Client()) == ["It lacks a law.", "Its unit works well."]
    parts = Observation.objects.filter(split_from=whole).order_by("pk")
    assert [(part.kind, part.article_id, part.source) for part in parts] == [
        ("gap", "UNTOC-5", "CTOC/COP/2026/1"),
        ("good_practice", "UNTOC-27", "CTOC/COP/2026/1"),
    ]
    assert all(list(part.contributions.all()) == [contribution] for part in parts)
    assert all([topic.pk for topic in part.topics.all()] == ["firearms"] for part in parts)
    again = as_keeper.post(f"{DESK}{whole.pk}/split/", both)
    assert "was split" in again.text or "in the meantime" in again.text
    assert Observation.objects.count() == 3
    as_keeper.post(f"{DESK}{whole.pk}/publish/", {"back": "1"})
    assert len(texts(Client())) == 2
    assert "split the observation into 2" in as_keeper.get(f"{DESK}{whole.pk}/").text


def test_parts_of_what_is_not_published_are_not_published_either(keeper):
    whole = observed(publish=False)
    parts = [{"kind": "gap", "article": whole.article, "text": text} for text in ("One.", "Two.")]
    new_parts = observations_actions.split_observation(whole, actor=keeper, version=0, parts=parts)
    assert [part.published_at for part in new_parts] == [None, None]
    with pytest.raises(WrongState):
        observations_actions.publish_observation(whole, actor=keeper)
    with pytest.raises(DomainError):
        observations_actions.split_observation(new_parts[0], actor=keeper, version=0, parts=parts[:1])


def test_a_source_of_tomorrow_and_an_unknown_article_are_refused_at_their_fields(as_keeper):
    tomorrow = (now().date() + timedelta(days=2)).isoformat()
    page = as_keeper.post(f"{DESK}new/", {**FORM, "source_date": tomorrow, "article": "UNTOC-999"})
    assert "The date of a source cannot be in the future." in page.text
    assert 'id="id_article_error"' in page.text
    assert 'id="id_source_date_error"' in page.text


@pytest.mark.parametrize("role", ("state", "regional", "vetting", "events", "curation"))
def test_nobody_else_keeps_observations(role):
    person = person_with(role, country="KEN") if role == "state" else person_with(role)
    waiting = observed(publish=False)
    client = Client()
    sign_in(client, person)
    for page in ("", "new/", f"{waiting.pk}/", f"{waiting.pk}/change/", f"{waiting.pk}/split/"):
        assert client.get(f"{DESK}{page}").status_code == 404, page
    assert client.post(f"{DESK}{waiting.pk}/publish/").status_code == 404
    assert texts(client) == []
    for attempt in (
        lambda: observations_actions.record_observation(actor=person, values=values_of()),
        lambda: observations_actions.publish_observation(waiting, actor=person),
        lambda: observations_actions.link_contributions(waiting, actor=person, contributions=[]),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_only_what_was_sent_can_be_linked(as_keeper, keeper):
    call = CallFactory()
    call.countries.set(["KEN"])
    sent, _author = sent_for(call, StakeholderFactory(name="Coastal Watch"))
    elsewhere = CallFactory()
    elsewhere.countries.set(["FRA"])
    other, _other = sent_for(elsewhere)
    observation = observed()
    page = as_keeper.get(f"{DESK}{observation.pk}/contributions/").text
    assert "Coastal Watch" in page
    assert f'value="{other.pk}"' not in page
    as_keeper.post(f"{DESK}{observation.pk}/contributions/", {"contributions": [str(sent.pk)]})
    assert list(observation.contributions.all()) == [sent]
    bad = as_keeper.post(f"{DESK}{observation.pk}/contributions/", {"contributions": ["999999"]})
    assert 'id="id_contributions_error"' in bad.text
    as_keeper.post(f"{DESK}{observation.pk}/contributions/", {})
    assert list(observation.contributions.all()) == []


# --- Everybody --------------------------------------------------------------------------------------------


@pytest.fixture
def four():
    observed("KEN", text="Kenya gap.", topics=["firearms"])
    observed(
        "KEN", text="Kenya practice.", kind="good_practice", article="UNTOC-27", source_date=date(2026, 5, 1)
    )
    observed("FRA", text="France suggestion.", kind="suggestion", article="TIP-6")
    observed("BRA", text="Brazil need.", kind="assistance", topics=["firearms", "corruption"])


@pytest.mark.behaviour("R-13")
def test_filters_by_state_article_kind_and_topic(client, four):
    assert texts(client) == ["Brazil need.", "France suggestion.", "Kenya gap.", "Kenya practice."]
    assert texts(client, country="KEN") == ["Kenya gap.", "Kenya practice."]
    assert texts(client, country=["KEN", "FRA"], kind=["gap", "suggestion"]) == [
        "France suggestion.",
        "Kenya gap.",
    ]
    assert texts(client, article="TIP-6") == ["France suggestion."]
    assert texts(client, topic="firearms") == ["Brazil need.", "Kenya gap."]
    assert texts(client, topic=["firearms", "corruption"], country="BRA") == ["Brazil need."]
    assert texts(client, sort="date")[0] == "Kenya practice."
    page = client.get(LIST, {"country": "KEN", "kind": "gap"}).text
    assert 'href="?kind=gap"' in page
    assert "noindex" in page
    assert "No observation matches all filters" in client.get(LIST, {"country": "USA"}).text
    wrong = client.get(LIST, {"kind": ["best", "gap"], "sort": "progress", "country": "KEN"}).text
    assert "“best” is not a choice of the filter “Kind of observation” and was left out." in wrong
    assert "Kenya gap." in wrong


@pytest.mark.behaviour("R-13", "X-05")
def test_the_file_has_its_day_and_the_source_of_each_line(client, four):
    observed("KEN", text="=HYPERLINK(1)", source="+evil", source_url="https://example.org/doc")
    response = client.get(f"{LIST}observations.csv", {"country": "KEN", "kind": "gap", "sort": "date"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="observations-{now():%Y-%m-%d}.csv"' in response["Content-Disposition"]
    rows = lines_of(response)
    assert {row["text"] for row in rows} == {"Kenya gap.", "'=HYPERLINK(1)"}
    evil = next(row for row in rows if row["source_url"])
    assert (evil["source"], evil["source_date"], evil["iso3"], evil["article"]) == (
        "'+evil",
        "2026-03-01",
        "KEN",
        "5",
    )
    everything = lines_of(client.get(f"{LIST}observations.csv"))
    assert [row["iso3"] for row in everything] == ["BRA", "FRA", "KEN", "KEN", "KEN"]


@pytest.mark.behaviour("R-13")
def test_a_workbook_has_words_days_and_its_filters(client, four):
    answer = client.get(f"{LIST}observations.xlsx", {"country": "KEN", "kind": "gap", "sort": "date"})
    sheet, about = load_workbook(io.BytesIO(answer.getvalue())).worksheets
    heads, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    values = dict(zip(heads, row, strict=True))
    assert (values["Kind"], values["Country or area"], values["Observation"]) == (
        "Gap",
        "Kenya",
        "Kenya gap.",
    )
    assert values["Date of the source"].isoformat() == "2026-03-01T00:00:00"
    lines = dict(line[:2] for line in about.iter_rows(max_row=6, values_only=True))
    assert lines["Filters"] == "Country or area: Kenya\nKind of observation: Gap\nSort by: Date of the source"
    assert lines["Source"].endswith("/en/observations/?country=KEN&kind=gap&sort=date")


@pytest.mark.behaviour("R-02")
def test_no_order_file_or_page_compares_states(client, four):
    assert set(SORTS) == {"name", "date"}
    assert not {
        column.name
        for column in observation_columns()
        if re.search(r"count\b|number|total|rank", column.name)
    }
    before = texts(client)
    for number in range(5):
        observed("KEN", text=f"More {number}.")
    assert [text for text in texts(client) if not text.startswith("More")] == before
    choices = re.search(r'id="filter-country".*?</select>', client.get(LIST).text, re.DOTALL)[0]
    assert re.findall(r"<option value=\"\w+\">(.*?)</option>", choices) == ["Brazil", "France", "Kenya"]


def test_linked_contributions_are_told_by_their_visibility(client):
    call = CallFactory()
    call.countries.set(["KEN"])
    named = published_for(call, StakeholderFactory(name="Open Harbour"))[0]
    unnamed = published_for(call, StakeholderFactory(name="Zanzibarine Watch"), visibility="unnamed")[0]
    sent, _author = sent_for(call, StakeholderFactory(name="Still Waiting"))
    observation = observed()
    observations_actions.link_contributions(
        observation, actor=person_with(Role.REVIEWS), contributions=[named, unnamed, sent]
    )
    page = client.get(LIST).text
    assert "Open Harbour" in page
    assert "Contribution without a name" in page
    assert f"/en/contributions/{unnamed.pk}/" in page
    assert f"/en/contributions/{sent.pk}/" not in page
    for hidden in ("Zanzibarine", "Still Waiting"):
        assert hidden not in page
    cell = lines_of(client.get(f"{LIST}observations.csv"))[0]["contributions"]
    assert f"/contributions/{unnamed.pk}/" in cell
    assert f"/contributions/{sent.pk}/" not in cell


def test_so_many_statements_for_one_row_and_for_three(client, make_row):
    for address in (LIST, f"{LIST}observations.csv"):
        assert_no_growth(lambda address=address: client.get(address), make_row)


@pytest.fixture
def make_row():
    call = CallFactory()
    call.countries.set(["KEN"])
    keeper = person_with(Role.REVIEWS)
    articles = iter(Article.objects.filter(instrument="UNTOC").in_order())

    def make():
        observation = observed(article=next(articles).pk, topics=["firearms"], actor=keeper)
        observations_actions.link_contributions(
            observation, actor=keeper, contributions=[published_for(call)[0]]
        )

    return make
