"""Tasks of a State user: what is said of their State, who works there, and what concerns it."""

import re

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from reviews.tracker.models import CountryReview
from stakeholders.entries.enums import Listing
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
ME = "/en/me/"


@pytest.fixture
def state_user():
    return person_with(Role.STATE, country="KEN")


def test_it_leads_to_what_is_said_of_the_state_and_to_correcting_it(client, state_user):
    CountryReview.objects.get_or_create(country_id="KEN")
    sign_in(client, state_user)
    page = client.get(ME).text
    assert "What is said of Kenya" in page
    for name in ("reviews:correct", "reviews:review", "portal:country"):
        address = reverse(name, args=["KEN"])
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_without_a_review_the_team_is_told_what_is_wrong(client, state_user):
    CountryReview.objects.filter(country_id="KEN").delete()
    sign_in(client, state_user)
    page = client.get(ME).text
    assert reverse("reviews:correct", args=["KEN"]) not in page
    assert f'href="{reverse("portal:write_to_team")}"' in page


@pytest.mark.parametrize("shared", (0, 1, 3))
def test_the_number_is_that_of_the_directory_for_a_state(client, state_user, shared):
    for _number in range(shared):
        StakeholderFactory(country_id="KEN", listing=Listing.MEMBERS_STATES)
    for listing in (Listing.MEMBERS, Listing.UNLISTED):
        StakeholderFactory(country_id="KEN", listing=listing)
    StakeholderFactory(country_id="PER")
    sign_in(client, state_user)
    page = client.get(ME).text
    numbers = re.findall(r"See the ([\d,]+) stakeholders? in the directory", page)
    assert numbers == ([str(shared)] if shared else [])
    assert ("No stakeholder from here" in page) is not shared
    listed_count = (
        client.get(reverse("stakeholders:list"), {"country": "KEN"}).context["page"].paginator.count
    )
    assert listed_count == shared


def test_calls_that_name_the_state_come_first_and_those_of_others_do_not(client, state_user):
    CallFactory(title="Call for everywhere")
    CallFactory(title="Call for Kenya").countries.set(["KEN"])
    CallFactory(title="Call for Peru").countries.set(["PER"])
    sign_in(client, state_user)
    page = client.get(ME).text
    assert "Call for Peru" not in page
    assert page.index("Call for Kenya") < page.index("Call for everywhere")


def test_of_other_people_it_says_nothing(client):
    for person in (UserFactory(), member_of(StakeholderFactory(country_id="KEN")), person_with(Role.VETTING)):
        sign_in(client, person)
        assert "What is said of" not in client.get(ME).text
    client.logout()
    assert client.get(ME).status_code == 302


def test_it_asks_the_same_statements_for_any_number(client, state_user):
    def add():
        StakeholderFactory(country_id="KEN")
        CallFactory().countries.set(["KEN"])

    add()
    sign_in(client, state_user)
    assert_no_growth(lambda: client.get(ME), add)
