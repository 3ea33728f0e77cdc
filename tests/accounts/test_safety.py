"""Accounts, against somebody with a little more curiosity than rights."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.people.actions import close_account
from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError
from tests.factories.accounts import PASSWORD, UserFactory, enrol, person_with, sign_in
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator_client(client):
    sign_in(client, person_with(Role.ADMINISTRATOR))
    return client


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    (
        "accounts/user/?password__startswith=md5",
        "accounts/consent/?user__password__startswith=md5",
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


@pytest.mark.parametrize("page", ("totp/deactivate/", "totp/activate/", "recovery-codes/", "webauthn/add/"))
@pytest.mark.parametrize("method", ("get", "post"))
def test_a_session_from_before_the_second_factor_cannot_touch_it(client, page, method):
    """Somebody who knows the password was signed in already when the owner set up the factor."""
    person = UserFactory()
    client.force_login(person)
    enrol(person)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    answer = getattr(client, method)(f"/en/accounts/2fa/{page}")
    assert answer.status_code == 302
    assert answer["Location"] == "/en/accounts/2fa/reauthenticate/?next=%2Fen%2Faccounts%2F2fa%2F"
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).count() == 1


def test_who_has_shown_the_second_factor_may_take_it_away(client, transactional_db):
    person = person_with(Role.VETTING)
    sign_in(client, person)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/en/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_new_password_ends_every_other_session(client):
    person = UserFactory()
    client.force_login(person)
    other = Client()
    other.force_login(person)
    new = {
        "oldpassword": PASSWORD,
        "password1": "another correct horse",
        "password2": "another correct horse",
    }
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/en/accounts/password/change/", new)
    assert (client.get("/en/me/").status_code, other.get("/en/me/").status_code) == (200, 302)


CLOSED = {"name": "Somebody", "language": "en", "time_zone": "Europe/Vienna"}


def test_closing_an_account_is_written_down_and_so_is_opening_it_again(administrator_client):
    person = UserFactory()
    address = f"/en/admin/accounts/user/{person.pk}/change/"
    for fields in (CLOSED, {**CLOSED, "is_active": "on"}):
        assert administrator_client.post(address, fields).status_code == 302
    written = Entry.objects.filter(subject_id=person.pk, subject_kind="accounts.user").order_by("pk")
    assert [entry.action for entry in written] == ["accounts.account_closed", "accounts.account_reopened"]


def test_the_last_administrator_is_not_closed(client):
    last = person_with(Role.ADMINISTRATOR)
    sign_in(client, last)
    assert (
        "This is the last administrator. Give the role to another person first."
        in client.post(f"/en/admin/accounts/user/{last.pk}/change/", CLOSED).text
    )
    with pytest.raises(DomainError):
        close_account(last, actor=last)
    last.refresh_from_db()
    assert last.is_active


@pytest.mark.parametrize("page", ("/en/", "/en/me/", "/en/stakeholders/", "/en/stakeholders/register/"))
def test_no_store_on_the_way_keeps_what_was_made_for_a_person(client, page):
    client.force_login(UserFactory())
    assert client.get(page)["Cache-Control"] == "private, no-cache"


def test_the_curators_do_not_read_who_signed_in_and_who_was_flagged(client):
    """The raw log names sign-ins, flags, screening and grants."""
    curator = person_with(Role.CURATION)
    sign_in(client, curator)
    entry = Entry.objects.create(action="test", subject_kind="accounts.user", subject_id=curator.pk)
    assert client.get("/en/admin/").status_code == 200
    assert "/audit/" not in client.get("/en/admin/").text
    for page in ("audit/", "audit/entry/", f"audit/entry/{entry.pk}/change/"):
        assert client.get(f"/en/admin/{page}").status_code in (403, 404)


def test_no_page_of_a_person_stays_in_the_tab_after_they_have_left(client):
    """htmx keeps copies of pages in the browser unless told not to."""
    client.force_login(UserFactory())
    assert '"historyCacheSize": 0' in client.get("/en/me/").text
