"""Access tokens: who makes them, what they open, and when they stop."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import now

from accounts.data_rights.actions_retention import apply_rules
from accounts.people.enums import Role
from accounts.tokens.actions import MOST_LIVE, make_token, revoke_token
from accounts.tokens.models import AccessToken
from accounts.tokens.queries import token_of
from audit.models import Entry
from core.errors import DomainError
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.rights import fresh
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
PAGE = "/en/me/tokens/"
TOKEN_FIELDS = {"name": "Statistics", "scopes": ["directory", "events"], "days": "30"}


def new_token(person, **fields):
    return make_token(actor=person, **{"name": "Statistics", "scopes": ["directory"], "days": 30, **fields})


# --- As its user sees it ---------------------------------------------------------------------------
@pytest.mark.behaviour("A-12")
def test_a_person_makes_a_token_sees_it_once_and_revokes_it(client, person):
    client.force_login(person)
    assert "You have no token" in client.get(PAGE).text
    answer = client.get(f"{PAGE}new/")
    assert answer.url.startswith("/en/accounts/reauthenticate/")
    client.post(answer.url, {"password": PASSWORD})
    shown = client.post(f"{PAGE}new/", TOKEN_FIELDS)
    token = AccessToken.objects.get()
    secret = shown.context["secret"]
    assert secret in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert secret.startswith("wo_")
    assert secret not in str(AccessToken.objects.values())
    assert (token.name, token.scopes, token.ending) == ("Statistics", ["directory", "events"], secret[-4:])

    listed = client.get(PAGE).text
    assert secret not in listed
    assert "never used" in listed
    assert token_of(secret).user == person
    assert "last used on" in client.get(PAGE).text
    assert date_format(token.expires_at, "DATE_FORMAT") in client.get(PAGE).text
    with time_machine.travel(token.expires_at + timedelta(seconds=1)):
        assert token_of(secret) is None

    (mail,) = deliver_all()
    assert mail.to == [person.email]
    assert "Statistics" in mail.body
    assert secret not in mail.body
    client.post(f"{PAGE}{token.pk}/revoke/")
    assert token_of(secret) is None
    assert "revoked on" in client.get(PAGE).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  "),
        ("scopes", []),
        ("scopes", ["everything"]),
        ("days", "0"),
        ("days", "366"),
        ("days", "soon"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(client, person, field, value):
    client.force_login(person)
    fresh(client)
    page = client.post(f"{PAGE}new/", {**TOKEN_FIELDS, field: value})
    assert page.context["form"].errors.keys() == {field}
    assert not AccessToken.objects.exists()
    if field != "name":
        assert 'value="Statistics"' in page.text


@pytest.mark.parametrize(
    "fields", [{"name": "\u202e "}, {"scopes": []}, {"scopes": ["x"]}, {"days": 0}, {"days": 366}]
)
def test_the_act_refuses_the_same(person, fields):
    with pytest.raises(DomainError) as refused:
        new_token(person, **fields)
    assert set(refused.value.fields) == set(fields)


def test_so_many_and_no_more(person):
    for _number in range(MOST_LIVE):
        token, _secret = new_token(person)
    cache.clear()  # not the limit of how often
    with pytest.raises(DomainError, match="20 tokens already"):
        new_token(person)
    revoke_token(token, actor=person)
    new_token(person)


# --- Whose it is -----------------------------------------------------------------------------------
def test_a_token_is_its_owners_alone(client, person, subtests):
    token, secret = new_token(person)
    for who in ("visitor", "stranger", *Role.values):
        with subtests.test(who=who):
            if who != "visitor":
                sign_in(client, UserFactory() if who == "stranger" else person_with(who))
            expected = 302 if who == "visitor" else 404
            assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == expected
            assert client.post(f"{PAGE}999999/revoke/").status_code == expected
            assert "Statistics" not in client.get(PAGE).text
            assert token_of(secret).user == person


def test_revoking_is_a_post(client, person):
    token, secret = new_token(person)
    client.force_login(person)
    assert client.get(f"{PAGE}{token.pk}/revoke/").status_code == 405
    assert token_of(secret).user == person


# --- What it opens ---------------------------------------------------------------------------------
def test_only_the_very_token_opens(person):
    _token, secret = new_token(person)
    wrong = (
        "",
        "wo_",
        secret[:-1],
        secret.upper(),
        f"{secret} ",
        secret[3:],
        f"{secret}x",
        "wo_" + "x" * 999,
    )
    assert [token_of(token_text) for token_text in wrong] == [None] * len(wrong)
    assert token_of(AccessToken.objects.get().digest) is None


def test_it_ends_with_its_time_with_the_account_and_with_its_revocation(person):
    _token, secret = new_token(person, days=7)
    with time_machine.travel(now() + timedelta(days=7, seconds=1)):
        assert token_of(secret) is None
    person.is_active = False
    person.save()
    assert token_of(secret) is None
    person.is_active = True
    person.save()
    assert token_of(secret).user == person
    revoke_token(AccessToken.objects.get(), actor=person)
    revoke_token(AccessToken.objects.get(), actor=person)
    assert token_of(secret) is None
    assert Entry.objects.filter(action="accounts.token_revoked").count() == 1


def test_the_day_of_use_is_written_once_a_day(person, django_assert_num_queries):
    _token, secret = new_token(person)
    token_of(secret)
    with django_assert_num_queries(1):
        token_of(secret)
    with time_machine.travel(now() + timedelta(days=1)):
        token_of(secret)
        assert AccessToken.objects.get().last_used_on == now().date()


def test_the_database_lets_none_live_longer_than_a_year(person):
    token, _secret = new_token(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessToken.objects.filter(pk=token.pk).update(expires_at=now() + timedelta(days=400))


def test_the_mail_about_it_cannot_be_switched_off(person):
    from notifications.hooks import kinds

    assert kinds["accounts.token_made"].essential
    new_token(person)
    assert Message.objects.get().kind == "accounts.token_made"


def test_the_list_costs_the_same_with_one_and_with_three(client, person):
    client.force_login(person)
    assert_no_growth(lambda: client.get(PAGE), lambda: new_token(person))


def test_long_after_its_end_a_token_is_removed(person):
    old, _secret = new_token(person)
    new_token(person)
    AccessToken.objects.filter(pk=old.pk).update(revoked_at=now() - timedelta(days=89))
    apply_rules()
    assert AccessToken.objects.count() == 2
    AccessToken.objects.filter(pk=old.pk).update(revoked_at=now() - timedelta(days=91))
    apply_rules()
    assert AccessToken.objects.count() == 1
