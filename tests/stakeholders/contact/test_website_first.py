"""The first button of a profile: a message where somebody reads it, else the organization's own website."""

import re

import pytest

from stakeholders.entries.enums import ContactFrom
from tests.factories.accounts import UserFactory, visiting
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory
from tests.support import markup_of

pytestmark = pytest.mark.django_db
LISTED = {"status": "listed", "source_name": "A page", "source_date": "2026-11-29", "approved_at": None}
SITE = "https://coastal.example"


def first_button(client, entry):
    head = client.get(entry.get_absolute_url()).text.split("page-head-action", 1)[1]
    return re.search(r'<a class="btn ([\w-]+)[^"]*" href="([^"]+)"', head).groups()


def out(entry):
    return ("btn-primary", f"/en/out/stakeholder/{entry.pk}/")


def test_of_a_profile_that_nobody_administers_it_is_the_website(client, reference):
    entry = StakeholderFactory(website=SITE, **LISTED)
    page = markup_of(client.get(entry.get_absolute_url()))
    assert first_button(client, entry) == out(entry)
    head = page.split("page-head-action", 1)[1].split("with-side", 1)[0]
    assert head.count("btn btn-primary") == 1
    assert client.get(f"/en/out/stakeholder/{entry.pk}/")["Location"] == SITE
    assert first_button(visiting(UserFactory()), entry) == out(entry)
    without = StakeholderFactory(website="", **LISTED)
    assert first_button(client, without)[1] == "#contact"
    assert f'<a class="btn btn-primary" href="/en/stakeholders/{without.pk}/claim/"' in markup_of(
        client.get(without.get_absolute_url())
    )
    assert "Its owner does not use the portal yet" in page


def test_where_nobody_reads_or_takes_messages_too(client, reference):
    unattended = StakeholderFactory(website=SITE)
    assert first_button(client, unattended) == out(unattended)
    closed = MembershipFactory(
        stakeholder__website=SITE, stakeholder__contact_from=ContactFrom.NOBODY, role="admin"
    ).stakeholder
    assert first_button(client, closed) == out(closed)


def test_on_a_phone_no_button_leads_to_the_refusal_where_there_is_a_website(client, reference):
    def jumps(**fields):
        return 'href="#contact"' in client.get(StakeholderFactory(**fields).get_absolute_url()).text

    assert not jumps(website=SITE)
    assert jumps(website="")


def test_where_a_message_reaches_somebody_it_is_the_message(client, reference):
    entry = MembershipFactory(
        stakeholder__website=SITE, stakeholder__contact_from=ContactFrom.EVERYBODY, role="admin"
    ).stakeholder
    assert first_button(client, entry)[1].endswith("/contact/")


def test_who_may_write_is_said_with_the_next_best_way(client, reference):
    entry = MembershipFactory(
        stakeholder__website=SITE, stakeholder__contact_from=ContactFrom.MEMBERS, role="admin"
    ).stakeholder
    page = client.get(entry.get_absolute_url()).text
    assert "Only members can write to this stakeholder." in page
    assert "Visit the website" in page
