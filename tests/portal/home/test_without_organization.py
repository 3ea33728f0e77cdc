"""People without an organization and State users: nothing asks them to register one."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.enums import Role
from stakeholders.contact.models import Conversation
from stakeholders.entries.enums import ContactFrom
from stakeholders.entries.models import Stakeholder
from tests.factories.accounts import UserFactory, person_with
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory
from tests.factories.events import RoundFactory
from tests.factories.registrations import RulesFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
ME = "/en/me/"


def _signed_in(**fields) -> Client:
    client = Client()
    client.force_login(UserFactory(**fields))
    return client


@pytest.fixture
def as_journalist() -> Client:
    return _signed_in(is_unaffiliated=True)


@pytest.fixture
def as_newcomer() -> Client:
    """Somebody who works for an organization and has not registered it yet."""
    return _signed_in()


def _proposals() -> str:
    event = RoundFactory().event
    return reverse("events:propose", args=[event.pk, event.slug])


def _entry(contact_from: str) -> Stakeholder:
    return member_of(StakeholderFactory(contact_from=contact_from)).memberships.get().stakeholder


@pytest.fixture
def as_state() -> Client:
    client = Client()
    client.force_login(person_with(Role.STATE, country="KEN"))
    return client


PAGES = {
    "front": lambda: "/en/",
    "tasks": lambda: ME,
    "directory": lambda: "/en/stakeholders/",
    "nothing found": lambda: "/en/stakeholders/?q=xylophonequetzal",
    "coverage": lambda: reverse("stakeholders:coverage"),
    "profile for members": lambda: _entry(ContactFrom.MEMBERS).get_absolute_url(),
    "country without any": lambda: reverse("portal:country", args=["KEN"]),
    "article without any": lambda: reverse("portal:article", args=["UNTOC", 5]),
    "call": lambda: CallFactory().get_absolute_url(),
    "contributing": lambda: reverse("calls:contribute", args=[CallFactory().pk]),
    "applying": lambda: f"{reverse('dialogues:apply')}?dialogue={DialogueFactory().pk}",
    "proposing a meeting": _proposals,
    "event of one's own": lambda: reverse("events:propose_event"),
    "story": lambda: reverse("news:write"),
    "resource": lambda: reverse("resources:suggest"),
    "collection": lambda: reverse("resources:collection_new"),
}


@pytest.mark.behaviour("A-23")
@pytest.mark.parametrize("name", PAGES)
def test_nothing_asks_people_without_an_organization_and_states_to_register_one(
    as_journalist, as_state, as_newcomer, name
):
    address = PAGES[name]()
    register = f'href="{reverse("stakeholders:register")}"'
    assert register in as_newcomer.get(address).text
    for client in (as_journalist, as_state):
        page = client.get(address)
        assert page.status_code == 200
        assert register not in page.text
        assert "Registration is open to all" not in page.text


def test_a_state_user_is_led_to_partners_and_not_to_the_settings_of_affiliation(as_state):
    page = as_state.get("/en/").text
    assert "What brings you here?" in page
    assert "I am here for myself" not in page
    assert "I work against organized crime" not in page
    page = as_state.get(reverse("news:write")).text
    assert "Your account is for a State" in page
    assert f'href="{reverse("stakeholders:list")}">Find stakeholders' in page


def test_what_they_may_do_instead_is_said_where_they_come_in(as_journalist, as_newcomer):
    follow = f'href="{reverse("follows:list")}"'
    for address, times in ((ME, 1), ("/en/", 2)):
        added = as_journalist.get(address).text.count(follow) - as_newcomer.get(address).text.count(follow)
        assert added == times
    assert f'href="{reverse("accounts:settings")}"' in as_journalist.get(reverse("news:write")).text


def test_the_front_page_of_others_is_not_changed_by_who_was_there_before(as_journalist, as_newcomer):
    register = f'href="{reverse("stakeholders:register")}"'
    before = as_newcomer.get("/en/").text.count(register)
    as_journalist.get("/en/")
    assert as_newcomer.get("/en/").text.count(register) == before > 2
    assert Client().get("/en/").text.count(register) == before


def test_only_what_is_open_to_a_person_alone_is_offered(as_journalist, as_newcomer):
    CallFactory(title="Call for evidence")
    RulesFactory(event__title="Open webinar")
    assert "Call for evidence" in as_newcomer.get(ME).text
    page = as_journalist.get(ME).text
    assert "Open webinar" in page
    assert "Call for evidence" not in page


def test_who_acts_for_an_organization_all_the_same_is_offered_what_is_for_it():
    entry = StakeholderFactory()
    client = Client()
    client.force_login(member_of(entry, is_unaffiliated=True))
    CallFactory(title="Call for evidence")
    assert "Call for evidence" in client.get(ME).text
    assert "This is for stakeholders" not in client.get(reverse("news:write")).text


@pytest.mark.behaviour("A-23")
def test_they_write_to_those_who_allow_it_and_to_no_others(as_journalist):
    letter = {"subject": "A question", "text": "May I visit you?"}
    open_entry = _entry(ContactFrom.EVERYBODY)
    as_journalist.post(reverse("stakeholders:contact", args=[open_entry.pk]), letter)
    assert Conversation.objects.get().stakeholder == open_entry
    for contact_from in (ContactFrom.MEMBERS_STATES, ContactFrom.MEMBERS, ContactFrom.NOBODY):
        as_journalist.post(reverse("stakeholders:contact", args=[_entry(contact_from).pk]), letter)
    assert Conversation.objects.count() == 1


def test_the_choice_closes_no_way(as_journalist):
    """It is about what is suggested: whoever registers an organization all the same does so."""
    assert as_journalist.get(reverse("stakeholders:register")).status_code == 200
    assert UserFactory(is_unaffiliated=True).has_perm("stakeholders.add_application")
