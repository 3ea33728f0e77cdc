"""What a page asks of a person's memberships is one statement; whatever acts asks anew."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stakeholders.entries.rules import acts_for, is_member
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory

pytestmark = pytest.mark.django_db
MEMBERSHIP_QUERY = (
    'SELECT "stakeholders_membership"."stakeholder_id" AS "stakeholder_id", "stakeholders_membership"."role" '
)


def test_a_page_asks_once_what_a_person_belongs_to():
    person, client = UserFactory(), Client()
    own = MembershipFactory(user=person).stakeholder
    sign_in(client, person)

    for path in ("/en/stakeholders/", own.get_absolute_url(), StakeholderFactory().get_absolute_url()):
        with CaptureQueriesContext(connection) as taken:
            assert client.get(path).status_code == 200
        queries = [query["sql"] for query in taken if query["sql"].startswith(MEMBERSHIP_QUERY)]
        assert len(queries) == 1, path


def test_outside_a_page_each_question_is_asked_anew():
    person = UserFactory()
    assert not is_member(person)

    own = MembershipFactory(user=person)
    assert is_member(person)
    assert acts_for(person, own.stakeholder_id)

    own.delete()
    assert not is_member(person)
    assert not acts_for(person, own.stakeholder_id)


def test_a_page_knows_what_has_changed_since_the_one_before():
    person, client = UserFactory(), Client()
    entry = StakeholderFactory()
    sign_in(client, person)
    manage = f"/en/stakeholders/{entry.pk}/manage/"

    assert manage not in client.get(entry.get_absolute_url()).text
    own = MembershipFactory(user=person, stakeholder=entry)
    assert manage in client.get(entry.get_absolute_url()).text
    own.delete()
    assert manage not in client.get(entry.get_absolute_url()).text
