"""From the form to a confirmed address."""

import datetime
from unittest import mock

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.people.enums import Legal
from accounts.people.models import Consent, LegalVersion, User
from notifications.outbox.models import Message
from tests.accounts.conftest import plain
from tests.accounts.sign_in.joining import JOIN, join, link_of
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SENT = "/en/accounts/confirm-email/"


def test_somebody_joins_confirms_and_signs_in(client, joining, last_mail):
    assert join(client, joining).url == SENT
    user = User.objects.get()
    assert (user.email, user.name, user.language, user.time_zone) == (
        "amina@example.org",
        "Amina",
        "en",
        "Africa/Nairobi",
    )
    assert client.post(link_of(last_mail(user.email))).url == reverse("portal:me")
    assert client.get(reverse("accounts:settings")).status_code == 200
    client.logout()
    response = client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert response.url == reverse("portal:me")


def test_the_form_asks_in_the_language_of_the_page(client):
    page = client.get("/ar/accounts/signup/").content.decode()
    assert '<option value="ar" selected>' in page


def test_the_fields_say_what_they_hold(client):
    fields = client.get(JOIN).context["form"].fields
    assert {name: field.widget.attrs.get("autocomplete") for name, field in fields.items()} == {
        "name": "name",
        "email": "username",
        "password1": "new-password",
        "is_unaffiliated": None,
        "language": None,
        "time_zone": None,
    }


@pytest.mark.behaviour("A-23")
@pytest.mark.parametrize("is_unaffiliated", [True, False])
def test_who_joins_says_whether_they_come_for_an_organization(client, joining, is_unaffiliated):
    join(client, {**joining, "is_unaffiliated": str(is_unaffiliated)})
    assert User.objects.get().is_unaffiliated is is_unaffiliated


def test_who_does_not_say_it_is_asked_and_nothing_typed_is_lost(client, joining):
    page = join(client, {**joining, "is_unaffiliated": ""})
    assert list(page.context["form"].errors) == ["is_unaffiliated"]
    assert 'value="Amina"' in page.text
    assert not User.objects.exists()


def test_who_joins_again_with_the_same_address_answers_anew(client, joining):
    join(client, {**joining, "is_unaffiliated": "True"})
    join(client, joining)
    assert User.objects.get().is_unaffiliated is False


@pytest.mark.behaviour("A-01")
def test_joining_answers_the_same_for_a_known_address(client, joining, last_mail):
    UserFactory(email="known@example.org")
    answers = []
    for email in ("known@example.org", "unknown@example.org", "KNOWN@example.org"):
        client.cookies.clear()
        response = join(client, {**joining, "email": email})
        page = client.get(response.url)
        answers.append((response.status_code, response.url, plain(page).replace(email.lower().encode(), b"")))
    assert answers[0] == answers[1] == answers[2]
    assert User.objects.count() == 2
    assert last_mail("known@example.org").kind == "accounts.account_already_exists"
    assert last_mail("unknown@example.org").kind == "accounts.email_confirmation_signup"


@pytest.mark.behaviour("A-01")
def test_joining_does_the_same_work_for_a_known_address(client, joining, django_assert_max_num_queries):
    """Hashing is what takes time; it and the writes happen in both cases."""
    UserFactory(email="known@example.org")
    LegalVersion.objects.create(kind=Legal.TERMS, version="1")
    hashed = []
    real = hashers.make_password
    with mock.patch("django.contrib.auth.base_user.make_password", lambda p: hashed.append(p) or real(p)):
        for email in ("known@example.org", "unknown@example.org"):
            hashed.clear()
            client.cookies.clear()
            join(client, {**joining, "email": email, "agreed": "on"})
            assert hashed == [PASSWORD]
    assert list(Consent.objects.values_list("user__email", flat=True)) == ["unknown@example.org"]


def test_two_who_join_with_one_address_at_once_get_one_account(client, joining, last_mail):
    """The second passes the check and is stopped by the database."""
    UserFactory(email="amina@example.org")
    with mock.patch("accounts.sign_in.forms.SignupForm.validate_unique_email", lambda self, email: email):
        response = join(client, joining)
    assert response.url == SENT
    assert User.objects.count() == 1
    assert last_mail("amina@example.org").kind == "accounts.account_already_exists"


@pytest.mark.behaviour("A-04")
def test_addresses_are_one_whatever_their_case(client, joining, last_mail):
    join(client, {**joining, "email": "Amina@Example.ORG"})
    user = User.objects.get()
    assert user.email == "amina@example.org"
    client.post(link_of(last_mail(user.email)))
    client.logout()
    response = client.post("/en/accounts/login/", {"login": "AMINA@example.org", "password": PASSWORD})
    assert response.url == reverse("portal:me")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="AMINA@EXAMPLE.org")


@pytest.mark.behaviour("A-08")
@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("elevenchars", False),
        ("qwertyqwerty", False),
        ("112233445566", False),
        ("allsmallletterswithoutany", True),
        ("пароль из обычных слов", True),
    ],
    ids=["too short", "too common", "only digits that everybody uses", "no recipe", "any script"],
)
def test_a_password_is_judged_by_length_and_by_how_common_it_is(client, joining, password, taken):
    response = join(client, {**joining, "password1": password})
    assert (response.status_code == 302) is taken
    if not taken:
        assert list(response.context["form"].errors) == ["password1"]
        assert response.context["form"]["name"].value() == "Amina"


@pytest.mark.behaviour("A-02")
def test_opening_the_link_changes_nothing(client, joining, last_mail, django_user_model):
    join(client, joining)
    url = link_of(last_mail("amina@example.org"))
    somebody = UserFactory()
    client.force_login(somebody)
    before = list(EmailAddress.objects.order_by("pk").values()), list(User.objects.order_by("pk").values())
    session = dict(client.session)
    page = client.get(url)
    assert (page.status_code, page.context["can_confirm"]) == (200, True)
    assert client.head(url).status_code == 200
    after = list(EmailAddress.objects.order_by("pk").values()), list(User.objects.order_by("pk").values())
    assert after == before
    assert dict(client.session) == session
    client.post(url)
    assert EmailAddress.objects.get(email="amina@example.org").verified


def test_a_confirmed_link_says_so_when_opened_again(client, joining, last_mail):
    join(client, joining)
    url = link_of(last_mail("amina@example.org"))
    client.post(url)
    for response in (client.get(url), client.post(url)):
        assert (response.status_code, response.context["already_confirmed"]) == (200, True)


@pytest.mark.behaviour("A-03")
def test_an_expired_link_offers_a_new_one(client, joining, last_mail):
    join(client, joining)
    url = link_of(last_mail("amina@example.org"))
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=4)):
        page = client.get(url)
        form = page.context["form"]
        assert (page.status_code, form["email"].value()) == (200, "amina@example.org")
        assert client.post(url).context["confirmation"] is None
        assert client.post("/en/accounts/resend/", {"email": "amina@example.org"}).url == SENT
        new = link_of(last_mail("amina@example.org"))
        assert new != url
        client.post(new)
    assert EmailAddress.objects.get().verified


@pytest.mark.behaviour("A-01", "A-03")
def test_a_new_link_is_promised_for_every_address_alike(client, joining, last_mail):
    join(client, joining)
    UserFactory(email="confirmed@example.org")
    answers = {
        email: client.post("/en/accounts/resend/", {"email": email})
        for email in ("amina@example.org", "confirmed@example.org", "nobody@example.org")
    }
    assert {(answer.status_code, answer.url) for answer in answers.values()} == {(302, SENT)}
    assert {email: last_mail(email).kind for email in answers} == {
        "amina@example.org": "accounts.email_confirmation_signup",
        "confirmed@example.org": "accounts.unknown_account",
        "nobody@example.org": "accounts.unknown_account",
    }


@pytest.mark.behaviour("A-03", "A-06")
def test_new_links_are_limited_per_hour(client, joining):
    codes = [
        client.post("/en/accounts/resend/", {"email": "amina@example.org"}).status_code for _again in range(4)
    ]
    assert codes == [302, 302, 302, 429]
    assert Message.objects.count() == 3


def test_a_wrong_address_keeps_what_was_typed(client):
    response = client.post("/en/accounts/resend/", {"email": "not an address"})
    assert (response.status_code, response.context["form"]["email"].value()) == (200, "not an address")


@pytest.mark.parametrize(
    "address", ['"a\x01b"@example.org', '"\x7f"@example.org', f"{'a' * 65}@example.org", f"a@{'b.' * 126}org"]
)
def test_an_address_to_which_no_mail_can_go_is_refused_at_its_field(client, joining, address):
    response = join(client, {**joining, "email": address})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["email"])
    response = client.post("/en/newsletter/", {"address": address, "languages": ["en"], "agree": "on"})
    assert list(response.context["form"].errors) == ["address"]
    assert not User.objects.exists()


def test_before_confirming_nobody_signs_in(client, joining):
    join(client, joining)
    response = client.post("/en/accounts/login/", {"login": joining["email"], "password": PASSWORD})
    assert response.url == SENT
    assert client.get(reverse("accounts:settings")).status_code == 302


@pytest.mark.behaviour("A-11")
def test_joining_records_what_was_agreed_to(client, joining):
    LegalVersion.objects.create(kind=Legal.TERMS, version="2026-11")
    LegalVersion.objects.create(kind=Legal.PRIVACY, version="2026-10")
    assert list(join(client, joining).context["form"].errors) == ["agreed"]
    join(client, {**joining, "agreed": "on"})
    assert set(Consent.objects.values_list("user__email", "kind", "version")) == {
        ("amina@example.org", "terms", "2026-11"),
        ("amina@example.org", "privacy", "2026-10"),
    }
