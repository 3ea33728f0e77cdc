"""Stories as everybody reads them: filters with counts, feeds in one language, versions, the instant."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from accounts.people.enums import Role
from news.curation.actions import publish_story
from news.stories.actions import begin_version, draft_story, save_story, tell_published
from news.stories.models import Story
from search.models import Document
from tests.factories.accounts import person_with, visiting
from tests.factories.news import StoryFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
LIST, FEED = "/en/news/", "/en/news/feed/"


@pytest.mark.behaviour("K-08")
def test_lists_count_by_topic_and_country_and_each_has_its_feed(client, reference):
    watch = StakeholderFactory(name="Coastal Watch")
    hidden = StakeholderFactory(name="Hidden House", listing="members")
    arms = StoryFactory(title="Arms at sea", stakeholder=watch, topics=["firearms"], countries=["KEN", "TZA"])
    two = StoryFactory(title="Arms on land", topics=["firearms", "corruption"], countries=["KEN"])
    StoryFactory(title="Courts", topics=["corruption"], stakeholder=hidden)
    StoryFactory(title="Not yet", topics=["firearms"], status="pending", publish_at=None, told_at=None)
    page = client.get(LIST).text
    assert "3 stories" in page
    assert page.count('<span class="figures quiet">2<') == 3  # firearms, corruption, Kenya
    assert f'value="{hidden.pk}"' not in page  # a name in a filter is information too
    for number in (hidden.pk, 99_999):  # hidden answers as missing
        assert f"“{number}” is not a choice" in client.get(f"{LIST}?stakeholder={number}").text
    narrowed = client.get(f"{LIST}?topic=firearms&country=TZA").text
    assert "1 story" in narrowed
    assert arms.title in narrowed
    assert two.title not in narrowed
    assert f'href="{FEED}?topic=firearms&amp;country=TZA"' in narrowed
    feed = client.get(f"{FEED}?topic=firearms&country=TZA")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert 'xml:lang="en"' in feed.text
    assert arms.title in feed.text
    assert two.title not in feed.text
    either = client.get(f"{LIST}?country=TZA&country=KEN&topic=nonsense&topic=firearms").text
    assert "“nonsense” is not a choice of the filter “Topic” and was left out." in either


@pytest.mark.behaviour("K-10")
def test_a_reader_gets_the_version_in_their_language_else_a_labelled_one(client, reference):
    first = StoryFactory(title="Three days on the coast", topics=["firearms"])
    french = StoryFactory(title="Trois jours", language_id="fr", original=first, topics=["firearms"])
    StoryFactory(title="Siku tatu", language_id="es", original=first, status="draft", publish_at=None)
    public = first.get_absolute_url()
    assert first.title in client.get(LIST).text
    assert french.title not in client.get(LIST).text
    in_french = client.get("/fr/news/").text
    assert french.title in in_french
    assert first.title not in in_french
    arabic = client.get("/ar/news/").text
    assert first.title in arabic
    assert french.title not in arabic
    assert client.get("/fr/news/?language=en").text.count(first.title) == 1
    led = client.get(public.replace("/en/", "/fr/"))
    assert led["Location"] == french.get_absolute_url().replace("/en/", "/fr/")
    chosen = client.get(public.replace("/en/", "/fr/") + "?language=en").text
    assert first.title in chosen
    assert f"{french.pk}-trois-jours/?language=fr" in chosen
    assert "Siku tatu" not in chosen
    assert client.get(public.replace("/en/", "/ar/")).status_code == 200  # as it is, labelled
    assert french.title in client.get("/fr/news/feed/").text
    assert first.title not in client.get("/fr/news/feed/").text
    assert Document.objects.filter(kind="news.story").count() == 0  # factories index nothing
    Story.objects.filter(pk=french.pk).update(status="withdrawn")
    assert first.title in client.get("/fr/news/").text


def test_only_languages_in_which_there_are_stories_are_offered_each_with_its_number(client, reference):
    first = StoryFactory(title="Three days on the coast")
    StoryFactory(title="Four days at sea")
    french = StoryFactory(title="Trois jours", language_id="fr", original=first)
    StoryFactory(title="Siku tatu", language_id="sw", status="draft", publish_at=None)

    def offered(query: str = "") -> list[tuple[str, str]]:
        boxes = re.findall(
            r'name="language"[^>]* value="(\w+)".*?class="figures quiet">(\d+)', client.get(LIST + query).text
        )
        return sorted(boxes)

    assert offered() == [("en", "2"), ("fr", "1")]
    assert offered("?language=fr&language=sw") == [("en", "2"), ("fr", "1"), ("sw", "0")]
    both = client.get(f"{LIST}?language=fr&language=en").text
    assert french.title not in both  # one of each story, in the reader's language
    assert "2 stories" in both
    assert french.title in client.get(f"{LIST}?language=fr").text


def test_a_version_is_begun_with_the_first_text_and_once_for_each_language(reference):
    watch = StakeholderFactory()
    author, desk = member_of(watch), person_with(Role.CURATION)
    values = {"title": "One", "language_id": "en", "summary": "S", "text": "T", "topics": ["firearms"]}
    first = draft_story(actor=author, values=values, stakeholder=watch)
    browser = visiting(author)
    page = f"/en/news/own/{first.pk}/translate/"
    assert "en is not one of the available choices." in browser.post(page, {"language": "en"}).text
    browser.post(page, {"language": "ar"})
    arabic = Story.objects.get(original=first)
    assert (arabic.title, arabic.language_id, arabic.stakeholder) == ("One", "ar", watch)
    assert list(arabic.topics.values_list("pk", flat=True)) == ["firearms"]
    assert (
        "already" in browser.post(page, {"language": "ar"}).text
        or "valid choice" in browser.post(page, {"language": "ar"}).text
    )
    edit = f"/en/news/own/{arabic.pk}/edit/"
    same = {"title": "X", "language": "en", "version": arabic.version}
    assert "There is a version in this language already." in browser.post(edit, same).text
    again = begin_version(arabic, actor=author, language="fr")
    assert again.original == first  # never a version of a version
    assert not save_story(again, actor=author, version=again.version, values={}).is_public
    assert desk.has_perm("news.view_story", again) is False


def test_a_scheduled_story_is_nowhere_before_its_instant_and_everywhere_from_it_on(reference):
    desk = person_with(Role.CURATION)
    watch = StakeholderFactory()
    values = {
        "title": "Embargoed words",
        "language_id": "en",
        "summary": "S",
        "text": "T",
        "topics": ["firearms"],
        "countries": ["KEN"],
    }
    story = draft_story(actor=desk, values=values, by_desk=True, stakeholder=watch)
    at = now().replace(microsecond=0) + timedelta(days=3)
    publish_story(story, actor=desk, at=at, zone="Africa/Nairobi")
    public = story.get_absolute_url()
    everywhere = [
        LIST,
        FEED,
        watch.get_absolute_url(),
        "/en/countries/KEN/",
        "/en/search/?q=embargoed",
        f"{LIST}?topic=firearms",
    ]
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert tell_published() == 0
        assert Client().get(public).status_code == 404
        for where in everywhere:
            assert story.title not in Client().get(where).text, where
    with time_machine.travel(at, tick=False):
        assert Client().get(public).status_code == 200  # to the instant, no job has run
        assert story.title in Client().get(LIST).text
        assert tell_published() == 1
        for where in everywhere:
            assert story.title in Client().get(where).text, where
    browser = visiting(desk)
    story.refresh_from_db()
    assert "Scheduled" in browser.get(f"/en/desk/news/{story.pk}/").text
    browser.post(f"/en/desk/news/{story.pk}/pull/")
    story.refresh_from_db()
    assert (story.status, story.publish_at) == ("pending", None)


def test_one_story_and_three_cost_the_same(reference):
    def make() -> Story:
        return StoryFactory(topics=["firearms", "corruption"], countries=["KEN"])

    visitor = Client()
    for path in (LIST, FEED, make().get_absolute_url()):
        assert_no_growth(lambda path=path: visitor.get(path), make)
