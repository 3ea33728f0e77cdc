"""The public list of dialogues: those of a call here and those that sources tell of."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from events.events.models import Event
from events.events.models_sources import Attendance, EventDocument
from events.seed import load_events, load_sourced_events
from portal.content import FOLDER
from taxonomy.terms.models import Topic
from tests.factories.accounts import person_with, visiting
from tests.factories.dialogues import DialogueFactory, close
from tests.factories.events import EventFactory
from tests.support import markup_of, statements_of

pytestmark = pytest.mark.django_db
LIST = "/en/dialogues/"


def titles(page):
    return [text.strip() for text in re.findall(r'entry-title"><a [^>]*><bdi[^>]*>([^<]*)<', markup_of(page))]


def held(days, **fields):
    starts = now() - timedelta(days=days)
    return EventFactory(kind="dialogue", starts_at=starts, ends_at=starts + timedelta(hours=3), **fields)


def test_the_real_ones_are_there_with_numbers_documents_and_sources(client, reference):
    load_events()
    load_sourced_events(FOLDER)
    page = client.get(LIST)
    assert len(titles(page)) == page.context["held"].paginator.count == 14
    assert titles(page)[0] == "Constructive dialogue on trafficking in persons (2025)"
    # the one whose day no source gives stands last, and is not among those to come
    assert titles(page)[-1] == "Constructive dialogue on smuggling of migrants (2025)"
    for text in (
        'more than 500 <bdi lang="en">participants from 189 organizations registered</bdi>',
        'Counted by <bdi>ICLAIM</bdi>: <bdi lang="en">60 NGOs attended</bdi>',
        "Programme, co-chairs&#x27; summary and background paper",
        "October 2025; the day is not in the text that was read.",
        "as of 28 November 2026",
    ):
        assert text in " ".join(page.text.split())
    desk = visiting(person_with(Role.REVIEWS)).get(reverse("dialoguedesk:home"))
    assert not desk.context["without"]
    assert len(desk.context["held"]) == 14


def test_what_comes_stands_before_what_was_held(client, reference):
    starts = now() + timedelta(days=20)
    EventFactory(kind="dialogue", title="Announced", starts_at=starts)
    DialogueFactory(event__title="Open one")
    close(DialogueFactory(event=held(30, title="Held with a call", is_demo=True)))
    held(10, title="Held without")
    page = client.get(LIST)
    assert titles(page) == ["Open one", "Announced", "Held without", "Held with a call"]
    assert "No chair’s summary yet" in markup_of(page)


@pytest.mark.parametrize("language", ("en", "fr", "ru"))
def test_topics_stand_in_the_order_of_the_readers_language(client, reference, language):
    topics = Topic.objects.filter(merged_into=None)
    dialogue = DialogueFactory(topics=topics)
    close(DialogueFactory(event=held(30), topics=topics))
    names = list(topics.in_order(language).values_list(f"name_{language}", flat=True))
    for page in (client.get(f"/{language}/dialogues/"), client.get(f"/{language}/dialogues/{dialogue.pk}/")):
        shown = re.findall(r"<(?:span|li)>([^<]+)<", markup_of(page))
        assert [unescape(name) for name in shown if unescape(name) in names][: len(names)] == names


def test_an_empty_list_says_so(client, reference):
    page = client.get(LIST)
    assert "No dialogue takes applications now." in page.text
    assert titles(page) == []


def test_the_list_costs_the_same_for_more_and_has_pages(client, reference):
    def statements():
        return statements_of(lambda: client.get(LIST))

    def more(number):
        for n in range(number):
            event = held(n + 1)
            EventDocument.objects.create(event=event, title="Summary")
            Attendance.objects.create(event=event, what="persons", number=3, counted_by="UNODC")
            event.topics.set(["firearms"])

    more(1)
    statements()
    first_count = statements()
    more(26)
    assert statements() == first_count
    assert len(titles(client.get(f"{LIST}?page=2"))) == 2


def test_a_number_that_the_desk_removes_does_not_come_back(client, reference):
    load_events()
    load_sourced_events(FOLDER)
    event = Event.objects.get(code="cd-constructive-dialogue-on-firearms-3rd")
    dialogue = DialogueFactory(event=event)
    gone = event.attendance.first()
    desk = visiting(person_with(Role.REVIEWS))
    after = reverse("dialoguedesk:after", args=[dialogue.pk])
    assert desk.post(after, {"form": "forget", "one": gone.pk}).status_code == 302
    load_sourced_events(FOLDER)
    assert not event.attendance.filter(what=gone.what).exists()
    page = client.get(dialogue.get_absolute_url()).text
    assert "Alliance of NGOs" in page
    at_desk = reverse("dialoguedesk:dialogue", args=[dialogue.pk])
    assert at_desk not in page
    assert at_desk in desk.get(dialogue.get_absolute_url()).text
