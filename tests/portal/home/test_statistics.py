"""The directory in numbers: the same for everybody, of what everybody can find, with its day."""

import re

import pytest

from accounts.people.enums import Role
from portal.pages.actions import load_pages
from stakeholders.entries.enums import Kind, Listing, Status
from tests.factories.accounts import person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of

pytestmark = pytest.mark.django_db

URL = "/en/statistics/"


def table_numbers(client, name):
    """What a line says → its number, in one of the tables."""
    table = re.search(rf'id="by-{name}".*?</table>', markup_of(client.get(URL)), re.DOTALL).group(0)
    line = r'<th scope="row">(?:<a href="([^"]+)">)?([^<]+)<.*?"number">([\d,]+)<'
    lines = re.findall(line, table, re.DOTALL)
    return {label: (int(number), url) for url, label, number in lines}


@pytest.fixture
def entries():
    for kind, listing in (
        (Kind.NGO, Listing.PUBLIC),
        (Kind.NGO, Listing.PUBLIC),
        (Kind.ACADEMIA, Listing.PUBLIC),
        (Kind.PRIVATE, Listing.MEMBERS),
        (Kind.PRIVATE, Listing.COUNTRY),
        (Kind.PRIVATE, Listing.UNLISTED),
    ):
        stakeholder = StakeholderFactory(kind=kind, listing=listing)
        stakeholder.topics.set(["corruption", "firearms"])
    StakeholderFactory(kind=Kind.EXPERT, status=Status.SUSPENDED)


def test_it_counts_what_everybody_can_find_and_nothing_else(client, entries):
    kinds = {label: number for label, (number, _url) in table_numbers(client, "kind").items()}
    assert kinds == {
        "Non-governmental organization": 2,
        "Academic or research institution": 1,
        "Private sector": 0,
        "Individual expert": 0,
        "Institute of a State or of the United Nations": 0,
    }
    assert table_numbers(client, "topic")["Corruption"][0] == 3
    assert set(table_numbers(client, "region")) == {"Africa", "Americas", "Asia", "Europe", "Oceania"}


@pytest.mark.parametrize("name", ("kind", "region", "topic"))
def test_each_number_leads_to_as_many_in_the_directory(client, entries, name):
    led = [(number, url) for number, url in table_numbers(client, name).values() if url]
    assert led
    for number, url in led:
        word = "stakeholder" if number == 1 else "stakeholders"
        assert f"<strong>{number} {word}</strong>" in markup_of(client.get(url))


def test_it_is_the_same_for_everybody_and_says_when_it_was_counted(client, entries):
    before = table_numbers(client, "kind")
    assert "Counted on " in client.get(URL).text
    member = member_of(StakeholderFactory(listing=Listing.MEMBERS))
    for person in (person_with(Role.HEAD), person_with(Role.STATE), member):
        sign_in(client, person)
        assert table_numbers(client, "kind") == before


def test_it_costs_the_same_for_more(client):
    assert_no_growth(lambda: client.get(URL), StakeholderFactory)


@pytest.mark.parametrize("page", ("about", "vetting-criteria"))
def test_the_trust_pages_lead_to_it(client, page):
    load_pages()
    assert client.get(f"/en/{page}/").text.count(f'href="{URL}"') == 4  # text, foot, two menus
