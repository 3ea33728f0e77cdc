"""The front page: a little of everything that everybody may see, from few statements, and kept."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from news.elsewhere.models import NewsLink
from portal.content import load_content
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import DirectoryVersion
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory
from tests.factories.events import EventFactory, RoundFactory
from tests.factories.news import StoryFactory
from tests.factories.resources import EditionFactory, ResourceFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db


def everything(number: int = 1) -> None:
    for n in range(number):
        StakeholderFactory(name=f"Coastal Watch {n}", city="Lamu")
        EventFactory(title=f"Congress {n}", translations={"fr": {"title": f"Congrès {n}"}})
        RoundFactory(event=EventFactory(title=f"Round {n}", starts_at=now() + timedelta(days=400)))
        StoryFactory(title=f"Story {n}", stakeholder=StakeholderFactory(name="Told by us"))
        EditionFactory(resource=ResourceFactory(title=f"Toolkit {n}"), title=f"Boîte {n}")
        CallFactory(title=f"Call {n}")


def load_page(client, address="/en/"):
    with CaptureQueriesContext(connection) as statements:
        page = client.get(address).text
    return page, len(statements)


@pytest.mark.parametrize("number", (1, 3))
def test_it_tells_a_little_of_everything_from_few_statements(client, reference, number):
    everything(number)
    cache.clear()
    page, cold = load_page(client)
    assert cold <= 16
    shown = f"Coastal Watch {number - 1}", "Congress 0", "Round 0", "Story 0", "Toolkit 0", "Call 0"
    for text in (*shown, "Told by us", "Proposals for meetings", "Lamu", "Counted on"):
        assert text in page
    assert load_page(client)[1] < cold  # the numbers and the names are kept
    french = load_page(client, "/fr/")[0]
    for text in ("Congrès 0", "Boîte 0", 'lang="en">Story 0'):
        assert text in french


def test_where_nothing_comes_what_was_held_and_news_elsewhere_stand_in(client, reference):
    load_content(["news"])
    EventFactory(title="Held before", starts_at=now() - timedelta(days=9), ends_at=now() - timedelta(days=8))
    cache.clear()
    page = load_page(client)[0]
    newest = NewsLink.objects.first()
    for text in (
        "These are the most recent events.",
        "Held before",
        "News elsewhere",
        newest.title,
        newest.publisher,
    ):
        assert text in page
    EventFactory(title="Comes soon")
    StoryFactory(title="Told by us")
    page = load_page(client)[0]
    assert "Held before" not in page
    assert newest.title not in page


def test_it_is_kept_until_anything_on_it_changes(client, reference, settings, time_machine):
    settings.KEEP_PAGES_SECONDS = 600
    everything()
    load_page(client)
    assert load_page(client)[1] == 1
    call = CallFactory(title="What do courts need?", closes_at=now() + timedelta(hours=1))
    assert "What do courts need?" in load_page(client)[0]
    story = StoryFactory(title="Embargoed", publish_at=now() + timedelta(minutes=5))
    assert "Embargoed" not in load_page(client)[0]
    time_machine.move_to(now() + timedelta(minutes=6))
    assert "Embargoed" in load_page(client)[0]
    story.title = "Mended"
    story.save()
    assert "Embargoed" not in load_page(client)[0]
    time_machine.move_to(now() + timedelta(hours=1))
    assert call.title not in load_page(client)[0]
    ResourceFactory(title="New toolkit")
    assert "New toolkit" in load_page(client)[0]


def test_nobody_is_shown_the_page_of_another(client, reference, settings):
    settings.KEEP_PAGES_SECONDS = 600
    member = member_of(StakeholderFactory(name="Quiet House", listing=Listing.MEMBERS))
    DirectoryVersion.objects.bump()
    assert "Quiet House" not in load_page(client)[0]
    sign_in(client, member)
    assert "Quiet House" in load_page(client)[0]
    client.logout()
    assert "Quiet House" not in load_page(client)[0]
    sign_in(client, UserFactory())
    assert "Quiet House" not in load_page(client)[0]


@pytest.mark.parametrize("seconds", (0, 600))
def test_times_are_told_by_the_clock_of_the_account(client, reference, settings, seconds):
    settings.KEEP_PAGES_SECONDS = seconds
    CallFactory(closes_at=now() + timedelta(days=9))
    EventFactory(starts_at=now() + timedelta(days=5), ends_at=now() + timedelta(days=5, hours=1))
    assert "data-own-clock" in client.get("/en/").text
    for zone in ("Asia/Tokyo", "Europe/Vienna", "America/Lima", "Asia/Tokyo"):
        sign_in(client, UserFactory(time_zone=zone))
        page = client.get("/en/").text
        assert "data-own-clock" not in page
        assert (" in Tokyo)</time>" in page) == (zone == "Asia/Tokyo")
        assert ("your time: " in page) == (zone != "Europe/Vienna")
    client.logout()
    assert "data-own-clock" in client.get("/en/").text


def test_applications_to_dialogues_are_among_what_closes_soon(client, reference):
    dialogue = DialogueFactory(event__title="Dialogue on smuggling", closes_at=now() + timedelta(days=9))
    DialogueFactory(event__title="Draft of a dialogue", event__status="draft")
    page = client.get("/en/").text
    closing = page[page.index('id="closing"') : page.index('id="coming"')]
    assert f'href="/en/dialogues/{dialogue.pk}/"' in closing
    assert "Dialogue on smuggling" in closing
    assert "Draft of a dialogue" not in page
    assert 'href="/en/opportunities/"' in closing
    calls = client.get("/en/calls/").text
    assert "Dialogue on smuggling" in calls
    assert "Draft of a dialogue" not in calls
