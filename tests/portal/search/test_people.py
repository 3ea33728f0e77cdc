"""The search understands what people ask: pages, time, treaties, the reader's language; help comes last."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate, now

from events.events.enums import EventKind, EventStatus
from search.actions import index, learn_words, rebuild
from search.hooks import facets_of_days
from search.models import Document
from stakeholders.entries.enums import Kind, Listing
from tests.factories.events import EventFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.support import markup_of

pytestmark = pytest.mark.usefixtures("reference")
URL = "/en/search/"


def titles(page):
    return re.findall(r'<h2 class="entry-title"><a href="[^"]*"><bdi>(.*?)</bdi>', page)


def shortcuts(page):
    listed = page.partition('id="shortcuts"')[2].partition("</ul>")[0]
    return re.findall(r'<a href="([^"]*)">', listed)


def put_stakeholder(name, text, language="en"):
    entry = StakeholderFactory(
        name=name,
        mission=text,
        mission_language_id=language,
        country_id="KEN",
        kind=Kind.NGO,
        listing=Listing.PUBLIC,
    )
    index(entry)
    return entry


@pytest.mark.behaviour("K-19")
@pytest.mark.parametrize(
    ("question", "language", "page"),
    [
        ("calls open now", "en", "calls:list"),
        ("open calls", "en", "calls:list"),
        ("appels ouverts", "fr", "calls:list"),
        ("upcoming events", "en", "events:list"),
        ("events in Vienna next year", "en", "events:list"),
        ("when is the next conference of the parties", "en", "events:list"),
        ("предстоящие мероприятия", "ru", "events:list"),
        ("next constructive dialogue", "en", "dialogues:list"),
        ("who is the focal point for Latin America", "en", "regional:focal_points"),
        ("how to register as an NGO", "en", "stakeholders:register"),
        ("comment s'inscrire", "fr", "stakeholders:register"),
        ("التسجيل", "ar", "stakeholders:register"),
        ("如何注册", "zh", "stakeholders:register"),
        ("boletín", "es", "newsletter:home"),
    ],
)
def test_a_question_for_a_page_leads_there(client, question, language, page):
    answer = client.get(f"/{language}/search/", {"q": question}).text
    assert reverse(page).replace("/en/", f"/{language}/") in shortcuts(answer)


def test_a_session_leads_to_the_calendar_only_where_what_comes_is_asked_for(client):
    assert shortcuts(client.get(URL, {"q": "twelfth session"}).text) == []


def put_event(title, starts_at):
    event = EventFactory(
        title=title,
        kind=EventKind.WEBINAR,
        status=EventStatus.PUBLISHED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )
    index(event)
    return event


@pytest.mark.behaviour("K-19")
def test_what_comes_and_a_year_are_filters_that_can_be_taken_off(client):
    this_year = localdate().year
    put_event("Webinar held", now() - timedelta(days=800))
    coming = put_event("Webinar to come", now() + timedelta(days=20))
    page = client.get(URL, {"q": "upcoming events webinar"}).text
    assert titles(page) == ["Webinar to come"]
    assert "Upcoming" in page.partition('class="chips"')[2].partition("</ul>")[0]
    assert sorted(titles(client.get(URL, {"q": "events webinar"}).text)) == [
        "Webinar held",
        "Webinar to come",
    ]
    of_the_year = client.get(URL, {"q": f"events webinar {coming.starts_at.year}"}).text
    assert titles(of_the_year) == ["Webinar to come"]
    # Where there is none it narrows nothing, and where the words stand beside no page it is a word.
    assert len(titles(client.get(URL, {"q": f"events webinar {this_year + 9}"}).text)) == 2
    assert titles(client.get(URL, {"q": "upcoming"}).text) == []


def test_the_days_of_an_event_are_its_last_day_and_its_years():
    first = datetime(2021, 12, 30, 12, tzinfo=UTC)
    last = datetime(2022, 1, 2, 12, tzinfo=UTC)
    assert facets_of_days(first, last) == ["until:2022-01-02", "year:2021", "year:2022"]
    assert facets_of_days(None, None) == []


@pytest.mark.behaviour("K-19")
def test_help_comes_last_and_alone_where_it_alone_answers(client):
    rebuild("portal.help")
    put_stakeholder("Harbour", "We follow ports and find partners.")
    assert titles(client.get(URL, {"q": "follow"}).text)[0] == "Harbour"
    assert "Find, follow and contact" in titles(client.get(URL, {"q": "follow"}).text)
    assert "Your account" in titles(client.get(URL, {"q": "passkey"}).text)


def test_an_article_says_its_treaty_and_its_kind_has_a_sign(client):
    call_command("load_reference", verbosity=0)
    found_titles = titles(markup_of(client.get(URL, {"q": "article 18"})))
    assert (
        "Article 18: Mutual legal assistance (Convention against Transnational Organized Crime)"
        in found_titles
    )
    page = markup_of(client.get(URL, {"q": "extradition"}))
    sign = r'<div class="entry-meta">\s*<svg class="icon"[^>]*>.*?</svg><span>Article</span>'
    assert re.search(sign, page)
    assert re.search(r"Firearms Protocol|armes à feu", page.partition('class="entry-list"')[2]) is None


@pytest.mark.behaviour("K-19")
def test_the_excerpt_is_the_sentence_with_the_hit(client):
    before = (
        "The first sentence says nothing of it, and is here to be long enough for a line of its own. " * 3
    )
    put_stakeholder("Harbour", f"{before}We inspect containers for smuggled ivory. Nobody else does.")
    page = markup_of(client.get(URL, {"q": "containers"}))
    excerpt = re.search(r'<p class="entry-text"[^>]*>(.*?)</p>', page).group(1)
    assert excerpt.startswith("We inspect <mark>containers</mark> for smuggled ivory.")


def test_what_can_be_read_in_the_readers_language_comes_first(client):
    put_stakeholder("Alpha", "Zebra", "es")
    put_stakeholder("Beta", "Zebra", "fr")
    put_stakeholder("Gamma", "Zebra", "en")
    assert titles(client.get(URL, {"q": "zebra"}).text)[0] == "Gamma"
    assert titles(client.get("/fr/search/", {"q": "zebra"}).text)[0] == "Beta"


def test_the_words_of_the_field_find_what_is_about_their_topic(client):
    entry = put_stakeholder("Safe Harbour", "Nothing of the word is said.")
    entry.topics.set(["drug-offences"])
    index(entry)
    learn_words()
    for word in ("heroin", "cocaïne", "героин", "هيروين", "海洛因"):
        page = client.get(URL, {"q": word}).text
        assert titles(page)[:1] == ["Safe Harbour"], word
    assert Document.objects.filter(title="Safe Harbour").count() == 1


def test_where_not_all_words_are_found_what_they_name_is_shown(client):
    entry = put_stakeholder("Safe Harbour", "Nothing of the other words is said.")
    entry.topics.set(["drug-offences"])
    index(entry)
    page = client.get(URL, {"q": "xylophone quetzal heroin zither"}).text
    assert titles(page) == ["Safe Harbour"]
    assert "No result has all of these words. These have some of them." in page
