"""Somebody was in an account for a minute and made a token: what still opens once the owner acts."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.people.actions import close_account, end_grant, reopen_account
from accounts.people.enums import Role
from accounts.people.models import User
from accounts.second_factor.actions import reset_on_the_machine
from accounts.tokens.actions import make_token
from accounts.tokens.models import AccessToken
from audit.models import Entry
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, GrantFactory, enrol, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.rights import fresh

pytestmark = pytest.mark.django_db
NEW = "a wholly new password 7"
OWN = "/api/v1/own-stakeholders/"
CHANGE, SET = "/en/accounts/password/change/", "/en/accounts/password/set/"
REVOKED = "accounts.tokens_revoked"


@pytest.fixture
def stranger(person):
    """A program of somebody who was in the account for a minute."""
    browser = Client()
    browser.force_login(person)
    fresh(browser)
    answers = {"name": "Statistics", "scopes": ["own", "write"], "days": "365"}
    secret = browser.post("/en/me/tokens/new/", answers).context["secret"]
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get(OWN).status_code == 200
    Message.objects.all().delete()
    return program


def reset_by_mail(client, person):
    client.post("/en/accounts/password/reset/", {"email": person.email})
    page = client.get(Message.objects.get(kind="accounts.password_reset_key").url, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})


@pytest.mark.behaviour("A-12")
def test_a_reset_by_mail_revokes_every_token_and_says_so(client, person, stranger):
    reset_by_mail(client, person)
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert stranger.get(OWN).status_code == 401
    assert not AccessToken.objects.live().exists()
    assert Entry.objects.get(action="accounts.token_revoked").actor_id == person.pk
    (mail,) = [mail for mail in deliver_all() if "tokens" in mail.subject]
    assert mail.to == [person.email]
    assert "Statistics" in mail.body


def test_a_reset_that_fails_revokes_nothing(client, person, stranger):
    client.post("/en/accounts/password/reset/", {"email": person.email})
    page = client.get(Message.objects.get(kind="accounts.password_reset_key").url, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": "another"})
    assert stranger.get(OWN).status_code == 200


def test_a_new_password_asks_ticked_whether_programs_go_too(client, person, stranger):
    client.force_login(person)
    fresh(client)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    page = client.get(CHANGE)
    assert page.context["form"].fields["revoke_tokens"].initial is True
    client.post(CHANGE, form)  # without the tick
    assert stranger.get(OWN).status_code == 200
    assert not Message.objects.filter(kind=REVOKED).exists()
    client.post(CHANGE, {**form, "oldpassword": NEW, "revoke_tokens": "on"})
    assert stranger.get(OWN).status_code == 401
    assert Message.objects.filter(kind=REVOKED, user=person).count() == 1


def test_a_first_password_asks_too_and_who_has_no_token_is_asked_nothing(client, person, stranger):
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert "revoke_tokens" in client.get(SET).context["form"].fields
    client.post(SET, {"password1": NEW, "password2": NEW, "revoke_tokens": "on"})
    assert stranger.get(OWN).status_code == 401
    fresh_person = User.objects.get(pk=person.pk)
    client.force_login(fresh_person)
    assert "revoke_tokens" not in client.get(CHANGE).context["form"].fields


def test_a_factor_reset_revokes_every_token(person, stranger):
    enrol(person)
    reset_on_the_machine(person, "Called back on the number in the staff list.")
    assert stranger.get(OWN).status_code == 401
    assert Message.objects.filter(kind=REVOKED, user=person).exists()


def test_who_loses_a_role_loses_the_tokens_made_under_it(person, stranger):
    boss = person_with(Role.ADMINISTRATOR)
    first = GrantFactory(user=person, role=Role.REGIONAL, scope_kind="country", scope_code="KEN")
    second = GrantFactory(user=person, role=Role.REGIONAL, scope_kind="country", scope_code="UGA")
    waiting = GrantFactory(user=person, role=Role.VETTING, confirmed_at=None)
    end_grant(waiting, actor=boss)
    end_grant(first, actor=boss)
    assert stranger.get(OWN).status_code == 200  # the role is still held, for another country
    end_grant(second, actor=boss)
    assert stranger.get(OWN).status_code == 401
    assert Entry.objects.get(action="accounts.token_revoked").actor_id == boss.pk


def test_a_closed_account_that_is_reopened_begins_without_tokens(person, stranger):
    boss = person_with(Role.ADMINISTRATOR)
    close_account(person, actor=boss)
    reopen_account(person, actor=boss)
    assert stranger.get(OWN).status_code == 401


def test_a_session_that_has_ended_makes_no_token_any_more(client, person):
    """Its page was already open while the owner reset the password."""
    intruder = User.objects.get(pk=person.pk)
    reset_by_mail(client, person)
    with pytest.raises(PermissionDenied):
        make_token(actor=intruder, name="Statistics", scopes=["own"], days=365)


def test_others_keep_their_tokens(client, person, stranger):
    other = person_with(Role.ADMINISTRATOR)
    _token, secret = make_token(actor=other, name="Mine", scopes=["own"], days=30)
    sign_in(client, other)
    client.logout()
    reset_by_mail(client, person)
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get(OWN).status_code == 200
