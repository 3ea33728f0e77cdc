"""Accounts, against somebody with a little more curiosity than rights."""

import pytest
from allauth.account.models import EmailAddress

from accounts.enums import Role
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator_client(client):
    sign_in(client, person_with(Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize(
    "query",
    (
        "accounts/user/?password__startswith=md5",
        "accounts/grant/?user__password__startswith=md5",
        "notifications/message/?url__startswith=/en/accounts/password",
        "notifications/message/?facts__code__startswith=A",
        "notifications/message/?url_args__0=1",
        "account/emailaddress/?user__password__startswith=md5",
    ),
)
def test_no_list_spells_out_a_secret_by_being_narrowed(administrator_client, query):
    MessageFactory(facts={"code": "ABC-123"}, url="/en/accounts/password/reset/key/secret/")
    assert administrator_client.get(f"/en/admin/{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ("accounts/user/?is_active__exact=1", "notifications/message/?status__exact=queued")
)
def test_the_filters_of_the_lists_still_work(administrator_client, query):
    assert administrator_client.get(f"/en/admin/{query}").status_code == 200


def test_nobody_confirms_an_address_for_its_owner(administrator_client):
    address = EmailAddress.objects.create(user=UserFactory(verified=False), email="a@example.org")
    administrator_client.post(
        "/en/admin/account/emailaddress/", {"action": "make_verified", "_selected_action": [address.pk]}
    )
    address.refresh_from_db()
    assert not address.verified
