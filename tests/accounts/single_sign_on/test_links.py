"""The links of one's account: added, removed, told of; and what a session that began elsewhere may not do."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.data_rights.actions import delete_account
from accounts.hooks import sections
from accounts.people.enums import Role
from accounts.people.models import User
from audit.models import Entry
from notifications.outbox.models import Message
from tests.accounts.single_sign_on.provider import (
    ADDRESS,
    SECURITY,
    WHO,
    go_and_come_back,
    is_in,
    shown_messages,
)
from tests.factories.accounts import PASSWORD, UserFactory, enrol, person_with, sign_in

pytestmark = pytest.mark.django_db
ADD = "accounts:add_institution"
OWN = "amina@example.org"


@pytest.fixture
def person(institution):
    return UserFactory(email=OWN)


def confirm(client):
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


def link_to(person) -> SocialAccount:
    extra_data = {"email": ADDRESS, "verified": True, "second_factor": False}
    return SocialAccount.objects.create(user=person, provider="inst", uid=WHO, extra_data=extra_data)


def removed(client, link):
    return client.post(f"/en/accounts/institutions/{link.pk}/remove/")


def test_a_link_is_added_by_who_is_signed_in_and_has_shown_that(client, institution, person):
    client.force_login(person)
    assert client.post("/en/accounts/institutions/inst/add/").url.startswith("/en/accounts/reauthenticate/")
    confirm(client)
    assert go_and_come_back(client, institution, ADD).url == SECURITY
    assert SocialAccount.objects.get().user == person
    page = client.get(SECURITY)
    assert "You can now sign in with The Institute." in page.text
    assert ADDRESS in page.text
    assert "Add The Institute" not in page.text
    mail = Message.objects.get(address=OWN)
    assert (mail.kind, mail.facts["provider"]) == ("accounts.account_connected", "The Institute")
    assert Entry.objects.get(action="accounts.security_changed").data == {"what": "institution_added"}
    stranger = Client()
    go_and_come_back(stranger, institution)
    assert stranger.session["_auth_user_id"] == str(person.pk)


def test_whoever_has_a_second_factor_shows_it_first(client, institution, person):
    enrol(person)
    client.force_login(person)
    confirm(client)
    assert client.post("/en/accounts/institutions/inst/add/").url.startswith(
        "/en/accounts/2fa/reauthenticate/"
    )


def test_what_another_account_has_is_not_taken_from_it(client, institution, person):
    """Neither a link, nor the address of another person's account."""
    link = link_to(UserFactory())
    client.force_login(person)
    confirm(client)
    go_and_come_back(client, institution, ADD)
    assert "Another account here signs in with that account" in client.get(SECURITY).text
    link.delete()
    UserFactory(email=ADDRESS)
    go_and_come_back(client, institution, ADD)
    assert "Another account has the address" in client.get(SECURITY).text
    assert not SocialAccount.objects.exists()


def test_a_link_is_removed(client, institution, person):
    link = link_to(person)
    client.force_login(person)
    assert removed(client, link).url.startswith("/en/accounts/reauthenticate/")
    confirm(client)
    removed(client, link)
    assert "You can no longer sign in with The Institute." in client.get(SECURITY).text
    assert not SocialAccount.objects.exists()
    assert Message.objects.get(address=OWN).kind == "accounts.account_disconnected"
    assert Entry.objects.get(action="accounts.security_changed").data == {"what": "institution_removed"}


def test_nobody_removes_that_of_another(client, institution, person):
    link = link_to(UserFactory())
    client.force_login(person)
    confirm(client)
    assert removed(client, link).status_code == 404


def test_the_last_way_in_stays(client, institution, person):
    link = link_to(person)
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    removed(client, link)
    assert "Without The Institute you could no longer sign in." in client.get(SECURITY).text
    assert SocialAccount.objects.exists()


def test_the_copy_of_ones_data_tells_of_it_and_it_goes_with_the_account(institution, person):
    link_to(person)
    rows = [{field.key: field.value for field in row} for row in sections["security"].rows(person)]
    assert {"institution": "inst", "uid": WHO, "email": ADDRESS}.items() <= rows[0].items()
    delete_account(person, actor=person)
    assert not SocialAccount.objects.exists()


# --- Roles that an institution may not give ---------------------------------------------------------


@pytest.fixture
def vetter(institution):
    person = person_with(Role.VETTING, email=ADDRESS)
    link_to(person)
    return person


def test_a_role_sleeps_where_the_institution_may_not_give_it(client, institution, vetter, settings):
    """However well it has asked who it is; the person wakes it by their own password and second factor."""
    settings.SINGLE_SIGN_ON = [institution.settings(second_factor=frozenset({"mfa"}))]
    institution.knows(ADDRESS, amr=["mfa"])
    go_and_come_back(client, institution)
    assert is_in(client)
    assert "your role does not work with that sign-in" in shown_messages(client)
    assert client.get("/en/desk/vetting/").url == SECURITY
    assert not client.get("/en/accounts/settings/").wsgi_request.user.roles
    own = Client()
    sign_in(own, vetter)
    assert own.get("/en/accounts/settings/").wsgi_request.user.roles == {Role.VETTING}


def test_such_a_session_makes_no_way_in_by_which_the_role_would_wake(client, institution, vetter):
    go_and_come_back(client, institution)
    for path in (
        "/en/accounts/2fa/totp/activate/",
        "/en/accounts/2fa/webauthn/add/",
        "/en/accounts/password/change/",
        "/en/accounts/email/",
    ):
        assert client.get(path).url == SECURITY, path
    assert not Authenticator.objects.exists()


def test_a_role_that_is_named_wakes_with_the_second_factor(client, institution, vetter, settings):
    settings.SINGLE_SIGN_ON = [
        institution.settings(roles=frozenset({Role.VETTING}), second_factor=frozenset({"mfa"}))
    ]
    go_and_come_back(client, institution)
    assert client.get("/en/desk/vetting/").url == SECURITY  # to set one up
    client.cookies.clear()
    institution.knows(ADDRESS, amr=["mfa"])
    go_and_come_back(client, institution)
    assert client.get("/en/accounts/settings/").wsgi_request.user.roles == {Role.VETTING}
    settings.SINGLE_SIGN_ON = []  # nobody vouches for the session any more
    assert not client.get("/en/accounts/settings/").wsgi_request.user.roles


def test_its_second_factor_takes_none_of_the_portals_away(client, institution, vetter, settings):
    enrol(vetter)
    settings.SINGLE_SIGN_ON = [
        institution.settings(roles=frozenset({Role.VETTING}), second_factor=frozenset({"mfa"}))
    ]
    institution.knows(ADDRESS, amr=["mfa"])
    go_and_come_back(client, institution)
    assert User.objects.get(pk=vetter.pk).is_guarded
    answer = client.get("/en/accounts/2fa/totp/deactivate/")
    assert answer.url.startswith("/en/accounts/2fa/reauthenticate/")
