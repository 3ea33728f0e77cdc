"""The demonstration: plainly labelled, something true on every page."""

from collections import Counter

import pytest
from allauth.account.models import EmailAddress

from accounts.people.enums import Role
from accounts.people.models import User
from audit.queries import timeline
from coordination.activities.models import Activity
from coordination.networks.models import Network
from events.events.models import Event
from news.stories.models import Story
from resources.collections.models import Collection
from resources.records.models import Resource
from reviews.calls.models import Call
from reviews.observations.models import Observation
from reviews.tracker.models import StepRecord
from search.models import Document
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.claims.models import JoinRequest
from stakeholders.demo.loading import load_demo
from stakeholders.demo.people import PEOPLE
from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from tests.factories.accounts import sign_in
from workflow.items.models import WorkItem

pytestmark = pytest.mark.slow
DEMO_WORDS = ("Demo", "Démo", "Демо", "تجريبي", "演示", "デモ", "데모", "เดโม", "डेमो")
LABELLED = (
    (Stakeholder, "name"),
    (Activity, "title"),
    (Network, "name"),
    (Event, "title"),
    (Story, "title"),
    (Collection, "title"),
    (Resource, "editions__title"),
    (Call, "title"),
    (Observation, "text"),
    (StepRecord, "source"),
)


@pytest.fixture(scope="module")
def loaded(module_rows):
    """Loading takes longer than all tests of this module together: once for all of them."""
    return {who: person.pk for who, person in load_demo()[0].items()}


@pytest.fixture
def demo(loaded, reference):
    people = User.objects.in_bulk(loaded.values())
    return {who: people[pk] for who, pk in loaded.items()}


def test_every_role_has_somebody(demo):
    grants = {role for user in demo.values() for role in user.roles}
    assert grants == set(Role.values)
    assert Counter(Membership.objects.values_list("role", flat=True)) == {
        MemberRole.ADMIN: 8,
        MemberRole.EDITOR: 1,
        MemberRole.READER: 1,
    }


def test_everything_is_labelled_and_no_address_is_real(demo):
    users = User.objects.all()
    assert users.count() == len(PEOPLE)
    assert all(
        user.is_demo and user.name.startswith("Demo ") and user.email.endswith(".example") for user in users
    )
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(PEOPLE)
    made_up = Stakeholder.objects.all()
    words = tuple(f"{word} " for word in DEMO_WORDS)
    assert [entry.name for entry in made_up if not (entry.is_demo and entry.name.startswith(words))] == []
    assert [
        entry.website for entry in made_up if entry.website and not entry.website.endswith(".example")
    ] == []


def test_one_banner_says_so_and_everything_invented_in_its_own_words(demo, client, settings):
    """A page has the banner alone; what a file or mail takes from it is called "Demo" itself."""
    unlabelled = {
        f"{model.__name__}: {title}"
        for model, field in LABELLED
        for title in model._default_manager.filter(is_demo=True).values_list(field, flat=True)
        if not any(word in title for word in DEMO_WORDS)
    }
    assert unlabelled == set()
    settings.DEMONSTRATION = True
    for address in ("/en/stakeholders/", "/en/calls/", "/en/events/", "/en/news/", "/en/networks/"):
        assert client.get(address).text.count("Demonstration") == 1, address


def test_every_kind_status_and_listing_is_there(demo):
    invented = Stakeholder.objects.filter(is_demo=True)
    assert set(invented.values_list("kind", flat=True)) == set(Kind.values) - {Kind.INSTITUTE}
    assert set(Stakeholder.objects.values_list("status", flat=True)) == set(Status.values)
    assert set(invented.values_list("listing", flat=True)) == set(Listing.values)
    assert set(Application.objects.values_list("status", flat=True)) == set(ApplicationStatus.values)


def test_it_says_nothing_of_a_real_organization(demo):
    """Those come with the content that the portal begins with, and nothing invented hangs on them."""
    assert not Stakeholder.objects.filter(is_demo=False).exclude(merged_into__is_demo=True).exists()


def test_histories_are_told_by_the_acts_themselves(demo):
    returned = Application.objects.get(status=ApplicationStatus.RETURNED)
    sentences = [line.text for line in timeline(returned, demo["vetting"])]
    assert len(sentences) == 4
    assert any("returned the application" in text for text in sentences)


def test_loading_again_changes_nothing(demo):
    before = [model.objects.count() for model in (User, Stakeholder, Application, Membership, Document)]
    _people, new = load_demo()
    assert new == set()
    assert [
        model.objects.count() for model in (User, Stakeholder, Application, Membership, Document)
    ] == before


def test_people_with_guarded_roles_have_a_second_factor(demo, client):
    from notifications.inbox.queries import demo_codes

    guarded = {user.email for user in demo.values() if user.is_guarded}
    assert {user.email for user, _code in demo_codes()} == guarded
    assert len(guarded) == 9


def test_the_directory_has_something_to_show_to_everybody(demo, client):
    assert "Demo Coastal Watch" in client.get("/en/stakeholders/").text
    assert "Demo Unlisted Shelter" not in client.get("/en/stakeholders/?q=unlisted").text
    assert "5 more stakeholders take part" in client.get("/en/stakeholders/?country=COL").text


# --- Something to do on each page ---------------------------------------------------------------------
def test_every_kind_of_work_waits_for_somebody(demo):
    waiting = set(WorkItem.objects.open().values_list("subject_kind", "what"))
    assert {work for _kind, work in waiting} >= {"vet", "change", "join", "report", "reconsider"}


def test_loading_a_part_again_leaves_what_people_did(demo):
    join_request = JoinRequest.objects.get(stakeholder__name="Demo Coastal Watch")
    claims_actions_joining.accept_request(join_request, actor=demo["admin"])
    load_demo()
    assert JoinRequest.objects.filter(user=demo["joiner"]).count() == 1


ON_PAGES = (
    ("admin", "/en/me/", "Demo Joiner"),
    ("admin", "/en/stakeholders/messages/", "Demo: a training in Sevilla"),
    ("claimant", "/en/me/", "Demo Listed Lighthouse Trust"),
    ("joiner", "/en/me/", "Demo Coastal Watch"),
    ("keeper", "/en/me/", "Confirm the profile"),
    ("newcomer", "/en/me/", "Demo School of Forensic Accounting"),
    ("envoy", "/en/me/", "Demo Republic"),
    ("regional", "/en/regional/", "Demo Volta Mothers"),
    ("vetting", "/en/desk/vetting/", "Demo Rift Valley Radio"),
    ("vetting", "/en/desk/vetting/changes/", "Demo Coastal Watch"),
    ("vetting", "/en/desk/moderation/", "Demo Port Integrity Ltd"),
    ("vetting", "/en/desk/vetting/screening/", "Demo Blue Heron Relief"),
    ("vetting", "/en/desk/vetting/invitations/", "Demo: speakers of a meeting"),
    ("vetting", "/en/desk/vetting/joins/", "Demo Lagos Cyber Clinic"),
    ("vetting", "/en/desk/vetting/exports/", "CSV"),
    ("vetting", "/en/desk/vetting/domains/", "demo-university.example"),
    ("curation", "/en/desk/vetting/imports/", "Demo register of charities"),
    ("head", "/en/desk/vetting/states/", "Demo 13: there is no such note"),
    ("head", "/en/desk/vetting/appointments/", "Demo Regional"),
)


def test_each_page_has_something_on_it(demo, client):
    """In one test: to load the demonstration takes longer than to open all of them."""
    lacking = []
    for who, page, text in ON_PAGES:
        sign_in(client, demo[who])
        if text not in client.get(page).text:
            lacking.append((who, page, text))
    assert lacking == []
