"""A full event is offered as a waiting list, from the act that fills it until one frees a place."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from accounts.people.enums import Role
from events.registration_desk.actions import save_rules
from events.registrations.actions import cancel, forget, register
from events.registrations.enums import Admission
from events.registrations.models import RegistrationRules
from taxonomy.places.models import CountryPageChange
from tests.factories.accounts import UserFactory, person_with
from tests.factories.events import EventFactory
from tests.factories.registrations import RulesFactory
from tests.support import markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
PAGES = ("/en/", "/en/opportunities/")
FULL = "Full: join the waiting list"


def rules_of(**fields):
    later = now() + timedelta(days=20)
    event = EventFactory(
        title="Harbour webinar", mode="online", starts_at=later, ends_at=later + timedelta(1)
    )
    return RulesFactory(event=event, seats_online=1, **fields)


@pytest.fixture
def rules(settings):
    settings.KEEP_PAGES_SECONDS = 300
    cache.clear()
    return rules_of()


def shown_state(client):
    """What the kept pages say of the event: full, open, or nothing."""
    texts = [client.get(page).text for page in PAGES]
    for page, text in zip(PAGES, texts, strict=True):
        assert client.get(page).text == text
    states = {"full" if FULL in text else "open" if "Harbour webinar" in text else "" for text in texts}
    assert len(states) == 1
    return states.pop()


@pytest.mark.behaviour("E-17")
def test_a_full_event_is_offered_as_a_waiting_list_and_open_again_once_a_place_is_free(client, rules):
    assert shown_state(client) == "open"
    first = register(rules, actor=UserFactory(), mode="online")
    assert shown_state(client) == "full"
    page = client.get("/en/opportunities/").text
    assert "left</strong>" not in markup_of(page)
    assert "Full: join the waiting list</strong><br>" in page  # the day it closes stands on a line of its own
    assert page.index("<h2") < page.index("<h3")
    waiting = register(rules, actor=UserFactory(), mode="online")
    cancel(first, actor=first.user)  # its place is offered to who waits
    assert shown_state(client) == "full"
    waiting.refresh_from_db()
    cancel(waiting, actor=waiting.user)
    assert shown_state(client) == "open"


def test_the_version_of_kept_pages_moves_only_when_it_turns(client, rules):
    people = [UserFactory() for _number in range(3)]  # a new person moves it too
    versions = [CountryPageChange.objects.version()]
    registered = []
    for person in people:
        registered.append(register(rules, actor=person, mode="online"))
        versions.append(CountryPageChange.objects.version())
    assert versions[0] != versions[1] == versions[2] == versions[3]
    cancel(registered[2], actor=registered[2].user)
    assert CountryPageChange.objects.version() == versions[3]


def test_more_places_and_an_account_that_goes_open_it_again(client, rules):
    register(rules, actor=UserFactory(), mode="online")
    rules = RegistrationRules.objects.get(pk=rules.pk)
    rules.seats_online = 2
    save_rules(rules, actor=person_with(Role.EVENTS), fields=["seats_online"])
    assert shown_state(client) == "open"
    second = register(rules, actor=UserFactory(), mode="online")
    assert shown_state(client) == "full"
    forget(second.user)
    assert shown_state(client) == "open"


def test_without_a_waiting_list_a_full_event_is_no_opportunity_and_with_approval_never_full(client):
    closed, judged = rules_of(has_waiting_list=False), rules_of(admission=Admission.APPROVAL)
    register(closed, actor=UserFactory(), mode="online")
    RegistrationRules.objects.filter(pk=judged.pk).update(is_full=True)
    page = client.get("/en/opportunities/").text
    assert page.count("Harbour webinar") == 1
    assert FULL not in page


def test_an_event_without_a_limit_in_one_mode_is_never_full(client):
    rules = rules_of()
    rules.event.mode = "hybrid"
    rules.event.save()
    register(rules, actor=UserFactory(), mode="online")
    rules.refresh_from_db()
    assert not rules.is_full


def test_the_feed_says_that_it_is_full(client, rules):
    register(rules, actor=UserFactory(), mode="online")
    assert FULL in client.get("/en/opportunities/opportunities.atom").text
