"""A shared address never widens by itself: the code of a merged term leads on, an unknown one finds nothing.

On every list that is narrowed by codes, its feeds and files.
"""

from datetime import timedelta
from html import unescape

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from resources.library.filters import asked_in
from resources.library.queries import LibraryQuery, rows_of
from reviews.seed import load_mechanism
from search.actions import index
from stakeholders.directory.actions import take_up_changes
from stakeholders.directory.queries import matching_entries, query_of
from stakeholders.entries.models import Stakeholder
from taxonomy.curation.actions import merge_terms
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with
from tests.factories.calls import CallFactory
from tests.factories.events import EventFactory
from tests.factories.exchange import offer
from tests.factories.news import NewsLinkFactory, StoryFactory
from tests.factories.observations import observed
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NAME = "Harbour"
# By page: whether a code of its facet is one of several, or the only one.
TOPICS = {
    "/en/stakeholders/": True,
    "/en/resources/": True,
    "/en/opportunities/": True,
    "/en/stakeholders/exchange/": True,
    "/en/observations/": True,
    "/en/events/": True,
    "/en/events/agenda/": True,
    "/en/news/": True,
    "/en/news/elsewhere/": True,
}
FILES = (
    "/en/opportunities/closings.ics",
    "/en/opportunities/opportunities.atom",
    "/en/events/calendar.ics",
    "/en/events/events.atom",
    "/en/news/feed/",
    "/en/news/elsewhere/feed/",
    "/en/resources/feed/",
    "/en/observations/observations.csv",
)
PROGRAMS = ("stakeholders", "resources", "events", "stories", "observations", "search")
UNKNOWN = "is not a choice of the filter"


@pytest.fixture
def merged():
    """A thing of each list about one topic, and the code of another topic that was merged into it."""
    load_mechanism()
    new = Topic.objects.get(pk="firearms")
    old = Topic.objects.create(code="old-topic", name_en="Old", kind=new.kind)
    later = now() + timedelta(days=20)
    entry = StakeholderFactory(name=f"{NAME} Watch", country_id="KEN")
    entry.topics.set([new])
    offer(entry, topic_id=new.pk, area_id=None, text=f"{NAME} charts.", audience="public")
    event = EventFactory(title=f"{NAME} training", starts_at=later, ends_at=later + timedelta(1))
    event.topics.set([new])
    CallFactory(title=f"{NAME} call").topics.set([new])
    resource = ResourceFactory(title=f"{NAME} guide")
    resource.topics.set([new])
    StoryFactory(title=f"{NAME} story", topics=[new])
    NewsLinkFactory(title=f"{NAME} elsewhere", topics=[new])
    observed(text=f"{NAME} law is missing.", topics=[new.pk])
    for subject in (entry, event, resource):
        index(subject)
    take_up_changes()
    merge_terms(old, new, actor=person_with(Role.CURATION))
    return entry


def holds(client, address, query):
    response = client.get(address, query)
    assert response.status_code == 200, address
    text = response.getvalue().decode() if response.streaming else unescape(response.text)
    return NAME in text.partition('id="main"')[2] if 'id="main"' in text else NAME in text


@pytest.mark.parametrize("address", [*TOPICS, *FILES])
def test_a_merged_code_leads_on_and_an_unknown_one_finds_nothing(client, merged, address):
    assert holds(client, address, {})
    assert holds(client, address, {"topic": "old-topic"})
    assert not holds(client, address, {"topic": "nonsense"})
    assert not holds(client, address, {"topic": ["nonsense\x00<b>", "x" * 4000]})
    if TOPICS.get(address):
        assert holds(client, address, {"topic": ["nonsense", "old-topic"]})


@pytest.mark.parametrize("address", TOPICS)
def test_an_unknown_code_is_named_on_the_page(client, merged, address):
    assert UNKNOWN not in client.get(address, {"topic": "old-topic"}).text
    page = client.get(address, {"topic": "nonsense"}).text
    assert f"“nonsense” {UNKNOWN} “Topic”, so nothing is found." in page
    assert "Leave something out:" not in page  # there is nothing else to leave out
    if TOPICS[address]:
        page = client.get(address, {"topic": ["nonsense", "firearms"]}).text
        assert f"“nonsense” {UNKNOWN} “Topic” and was left out." in page


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/en/stakeholders/", "kind"),
        ("/en/stakeholders/", "fresh"),
        ("/en/stakeholders/map/", "region"),
        ("/en/stakeholders/coverage/", "region"),
        ("/en/stakeholders/exchange/", "direction"),
        ("/en/resources/", "year"),
        ("/en/resources/", "kind"),
        ("/en/reviews/", "group"),
        ("/en/reviews/", "step"),
        ("/en/reviews/", "instrument"),
        ("/en/calls/", "phase"),
        ("/en/events/", "body"),
        ("/en/events/", "organizer"),
        ("/en/news/", "stakeholder"),
        ("/en/news/elsewhere/", "year"),
        ("/en/networks/", "kind"),
        ("/en/opportunities/", "kind"),
        ("/en/search/", "country"),
        ("/en/search/", "kind"),
        ("/en/search/", "topic"),
    ],
)
def test_so_does_every_other_facet(client, merged, address, name):
    words = {"q": NAME} if address == "/en/search/" else {}
    for code in ("nonsense", "7-x", "99999999999999999999"):
        page = unescape(client.get(address, {**words, name: code}).text)
        assert f"“{code}” {UNKNOWN}" in page or f"{code} is not one of the available choices" in page
        assert f"{NAME} " not in page.partition('id="main"')[2]


def test_the_order_and_how_a_list_is_shown_are_no_facets(client, merged):
    for address, query in (
        ("/en/stakeholders/", {"sort": "nonsense"}),
        ("/en/resources/", {"sort": "nonsense", "topic_all": "x"}),
        ("/en/events/", {"when": "nonsense"}),
    ):
        assert holds(client, address, query)
        assert "Not understood and left out" in client.get(address, query).text


def test_what_is_left_out_by_an_unknown_code_is_nothing(client, merged):
    query = {"not_topic": "nonsense", "not_year": "nonsense"}
    assert holds(client, "/en/resources/", query)
    assert f"“nonsense” {UNKNOWN} “Topic” and was left out." in client.get("/en/resources/", query).text
    assert not holds(client, "/en/resources/", {"not_topic": "old-topic"})


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_are_led_on_too_and_refused_where_a_code_is_unknown(client, merged, name):
    address, words = f"/api/v1/{name}/", {"q": NAME} if name == "search" else {}
    assert client.get(address, {**words, "topic": "nonsense"}).status_code == 400
    led = client.get(address, {**words, "topic": "old-topic"})
    assert led.status_code == 200
    assert NAME in led.text


def test_what_was_kept_of_a_question_leads_on_and_never_widens(merged):
    reader = UserFactory()
    everybody = Stakeholder.objects.all()
    assert [*matching_entries(everybody, reader, query_of("topic=old-topic"))] == [merged]
    assert [*matching_entries(everybody, reader, query_of("topic=nonsense"))] == []
    # An alert reads what the filter wrote.
    for query, number in (("topic=old-topic", 1), ("topic=nonsense", 0), ("year=x", 0), ("", 1)):
        assert len(rows_of(reader, LibraryQuery.of_query(asked_in(query).query()), 0, 20)) == number
