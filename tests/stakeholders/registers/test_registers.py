"""The desk's page of the public sources."""

import pytest

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError
from search.actions import index
from search.models import Document
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.registers.actions import remove_listed
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application

PAGE = "/en/desk/vetting/listed/"


def listed(name, source="A register"):
    entry = StakeholderFactory(name=name, status=Status.LISTED, source_name=source, source_date="2026-06-01")
    index(entry)
    return entry


@pytest.fixture
def three(reference):
    return [listed("One"), listed("Two"), listed("Three", "Another register")]


def test_one_click_takes_a_source_out_and_says_so(client, three):
    StakeholderFactory(name="Verified", source_name="A register")
    sign_in(client, person_with(Role.VETTING))
    assert "Remove all 2 profiles" in client.get(PAGE).text
    page = client.post(PAGE, {"source": "A register"}, follow=True)
    assert "2 profiles of “A register” were removed." in page.text
    assert sorted(Stakeholder.objects.values_list("name", flat=True)) == ["Three", "Verified"]
    assert [document.title for document in Document.objects.all()] == ["Three"]
    log_entry = Entry.objects.filter(action="stakeholders.removed_listed").get()
    assert log_entry.data == {"source": "A register", "count": 2}


def test_an_entry_that_an_application_points_to_stays(three, vetter):
    application = sent_application()
    type(application).objects.filter(pk=application.pk).update(stakeholder=three[0])
    assert remove_listed(source="A register", actor=vetter).removed == 1
    assert Stakeholder.objects.filter(name="One").exists()


def test_an_unknown_source_is_said_and_nothing_happens(client, three):
    sign_in(client, person_with(Role.CURATION))
    page = client.post(PAGE, {"source": "Nobody"}, follow=True)
    assert "There is no unclaimed profile of" in page.text
    assert Stakeholder.objects.count() == 3
    with pytest.raises(DomainError, match="There is no unclaimed profile of"):
        remove_listed(source="Nobody", actor=None)


def test_an_empty_page_says_how_entries_come_in(client, db):
    sign_in(client, person_with(Role.HEAD))
    assert "import_stakeholders" in client.get(PAGE).text


MAY = (Role.VETTING, Role.CURATION, Role.HEAD)


def test_who_may_open_it(client, three, subtests):
    for who in ("person", "member", Role.REGIONAL, Role.STATE, Role.EVENTS, *MAY):
        with subtests.test(who=who):
            person = (
                UserFactory()
                if who == "person"
                else member_of(StakeholderFactory())
                if who == "member"
                else person_with(who)
            )
            sign_in(client, person)
            assert client.get(PAGE, {"source": "A register"}).status_code == (200 if who in MAY else 404)
            if who not in MAY:
                assert client.post(PAGE, {"source": "A register"}).status_code == 404
            assert Stakeholder.objects.filter(status=Status.LISTED).count() == 3


@pytest.mark.parametrize("who", MAY)
def test_whoever_may_open_it_removes_a_source(client, three, who):
    sign_in(client, person_with(who))
    assert client.post(PAGE, {"source": "A register"}).status_code == 302
    assert Stakeholder.objects.filter(status=Status.LISTED).count() == 1


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302


def test_many_sources_are_paged(client, reference):
    for number in range(26):
        listed(f"Entry {number}", f"Register {number:02}")
    sign_in(client, person_with(Role.HEAD))
    assert 'href="?page=2"' in client.get(PAGE).text
    assert "Register 25" in client.get(f"{PAGE}?page=2").text
