"""Password, code, forgotten password, limits, one's own address."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from accounts.sign_in.known_browsers import A_YEAR, COOKIE, MOST_PEOPLE, counted_as
from tests.accounts.conftest import plain
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN, CODE, RESET = "/en/accounts/login/", "/en/accounts/login/code/", "/en/accounts/password/reset/"


def test_the_fields_of_signing_in_say_what_they_hold(client):
    fields = client.get(LOGIN).context["form"].fields
    assert {name: field.widget.attrs.get("autocomplete") for name, field in fields.items()} == {
        "login": "username",
        "password": "current-password",
        "remember": None,
    }


@pytest.mark.parametrize("address", [LOGIN, "/en/accounts/signup/", CODE, RESET])
def test_no_field_explains_itself_by_a_placeholder(client, address):
    assert "placeholder=" not in str(client.get(address).context["form"])


def test_a_code_signs_in(client, person, last_mail):
    response = client.post(CODE, {"email": person.email})
    assert response.url == "/en/accounts/login/code/confirm/"
    page = client.get(response.url)
    assert page.context["verify_form"]["code"].field.widget.attrs["autocomplete"] == "one-time-code"
    code = last_mail(person.email).facts["code"]
    assert client.post(response.url, {"code": code}).url == reverse("portal:me")
    assert client.get(reverse("accounts:settings")).status_code == 200


def test_a_wrong_code_does_not(client, person):
    client.post(CODE, {"email": person.email})
    response = client.post("/en/accounts/login/code/confirm/", {"code": "WRONG"})
    assert list(response.context["verify_form"].errors) == ["code"]


@pytest.mark.behaviour("A-01")
@pytest.mark.parametrize(
    ("address", "mails"),
    [(CODE, ["login_code", "unknown_account"]), (RESET, ["password_reset_key", "unknown_account"])],
    ids=["a code", "a new password"],
)
def test_asking_answers_the_same_for_every_address(client, person, last_mail, address, mails):
    answers = []
    for email in (person.email, "nobody@example.org"):
        client.cookies.clear()
        response = client.post(address, {"email": email})
        answers.append(
            (response.status_code, response.url, plain(client.get(response.url)).replace(email.encode(), b""))
        )
    assert answers[0] == answers[1]
    assert [last_mail(email).kind for email in (person.email, "nobody@example.org")] == [
        f"accounts.{mail}" for mail in mails
    ]


@pytest.mark.behaviour("A-01")
def test_a_wrong_password_is_answered_like_an_unknown_address(client, person):
    answers = []
    for email in (person.email, "nobody@example.org"):
        response = client.post(LOGIN, {"login": email, "password": "not the right one"})
        answers.append((response.status_code, plain(response).replace(email.encode(), b"")))
    assert answers[0] == answers[1]


@pytest.mark.behaviour("A-01")
@pytest.mark.parametrize("email", ["amina@example.org", "nobody@example.org"])
def test_a_password_is_hashed_whether_or_not_the_address_exists(client, person, email, monkeypatch):
    hashed = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or real(*args))
    client.post(LOGIN, {"login": email, "password": "not the right one"})
    assert hashed == [1]


def test_a_forgotten_password_is_chosen_anew(client, person, last_mail):
    client.post(RESET, {"email": person.email})
    page = client.get(last_mail(person.email).url)
    new = "an entirely different phrase"
    response = client.post(page.url, {"password1": new, "password2": new})
    assert response.url == "/en/accounts/password/reset/key/done/"
    assert last_mail(person.email).kind == "accounts.password_reset"
    assert client.post(LOGIN, {"login": person.email, "password": new}).url == reverse("portal:me")


def test_a_used_link_offers_a_new_one(client, person, last_mail):
    client.post(RESET, {"email": person.email})
    url = last_mail(person.email).url
    new = "an entirely different phrase"
    client.post(client.get(url).url, {"password1": new, "password2": new})
    assert Client().get(url).context["token_fail"] is True


@pytest.mark.behaviour("A-06")
@pytest.mark.parametrize(
    ("address", "data", "free"),
    [
        (LOGIN, {"login": "amina@example.org", "password": "wrong"}, 5),
        (CODE, {"email": "amina@example.org"}, 5),
        (RESET, {"email": "amina@example.org"}, 5),
        ("/en/accounts/signup/", {"email": "amina@example.org"}, 20),
    ],
    ids=["signing in", "a code", "a new password", "joining"],
)
def test_too_often_is_answered_429(client, person, address, data, free):
    """Each try comes from a browser of its own; the count is in the shared cache."""
    client_class = type(client)
    codes = [client_class().post(address, data).status_code for _again in range(free + 1)]
    assert set(codes[:free]) <= {200, 302}
    assert codes[free] == 429


@pytest.mark.behaviour("A-06")
def test_the_page_after_too_often_says_when_to_return(client, person):
    for _again in range(6):
        response = client.post(LOGIN, {"login": person.email, "password": "wrong"})
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert response.templates[0].name == "errors/429.html"


@pytest.mark.django_db(transaction=True)
@pytest.mark.behaviour("A-06")
def test_limits_hold_across_workers(client, person, settings):
    """Real threads and a real shared cache, as several workers have."""
    settings.CACHES = settings.CACHES | {
        "default": {
            "BACKEND": "core.caching.ForgivingRedisCache",
            "LOCATION": f"{settings.REDIS_URL}/9",
            "KEY_PREFIX": f"test-{person.pk}-{connection.settings_dict['NAME']}",
        }
    }
    cache.clear()
    codes = []

    def worker():
        data = {"login": person.email, "password": "wrong"}
        codes.extend(Client().post(LOGIN, data).status_code for _again in range(4))
        connection.close()

    workers = [threading.Thread(target=worker) for _worker in range(3)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    cache.clear()
    assert sorted(codes) == [200] * 5 + [429] * 7


def test_a_closed_account_stays_out(client, person):
    person.is_active = False
    person.save()
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert response.url == "/en/accounts/inactive/"
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_signing_out_needs_a_button(signed_in_client):
    assert signed_in_client.get("/en/accounts/logout/").status_code == 200
    assert signed_in_client.get(reverse("accounts:settings")).status_code == 200
    signed_in_client.post("/en/accounts/logout/")
    assert signed_in_client.get(reverse("accounts:settings")).status_code == 302


class TestChangingTheAddress:
    PAGE = "/en/accounts/email/"

    def confirm_it_is_me(self, client):
        client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})

    def test_it_counts_once_the_link_is_confirmed(self, signed_in_client, person, last_mail):
        self.confirm_it_is_me(signed_in_client)
        signed_in_client.post(self.PAGE, {"email": "new@example.org", "action_add": ""})
        person.refresh_from_db()
        assert person.email == "amina@example.org"
        signed_in_client.post(last_mail("new@example.org").url)
        person.refresh_from_db()
        assert person.email == "new@example.org"
        assert last_mail("amina@example.org").kind == "accounts.email_changed"

    def test_it_asks_for_the_password_first(self, signed_in_client):
        response = signed_in_client.post(self.PAGE, {"email": "new@example.org", "action_add": ""})
        assert response.url.startswith("/en/accounts/reauthenticate/")

    @pytest.mark.behaviour("A-04")
    def test_somebody_elses_address_cannot_be_taken(self, signed_in_client, person, last_mail):
        UserFactory(email="taken@example.org")
        self.confirm_it_is_me(signed_in_client)
        response = signed_in_client.post(self.PAGE, {"email": "Taken@example.org", "action_add": ""})
        assert response.url == self.PAGE
        url = last_mail("taken@example.org").url
        assert signed_in_client.get(url).context["can_confirm"] is False
        assert signed_in_client.post(url).status_code == 200
        person.refresh_from_db()
        assert person.email == "amina@example.org"
        assert User.objects.filter(email__iexact="taken@example.org").count() == 1
        assert not EmailAddress.objects.filter(user=person, verified=True, email="taken@example.org").exists()


def test_settings_are_changed_and_shown_in_the_new_language(signed_in_client, person):
    response = signed_in_client.post(
        reverse("accounts:settings"),
        {"name": "Amina\u202e  W", "language": "fr", "time_zone": "Asia/Tokyo", "is_unaffiliated": "True"},
    )
    assert response.url == "/fr/accounts/settings/"
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == ("Amina W", "fr", "Asia/Tokyo")
    assert person.is_unaffiliated


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("language", "xx"),
        ("time_zone", "Moon/Base"),
        ("name", "x" * 151),
        ("is_unaffiliated", ""),
        ("is_unaffiliated", "perhaps"),
    ],
)
def test_wrong_settings_name_the_field(signed_in_client, person, field, value):
    data = {"name": "Amina", "language": "en", "time_zone": "Asia/Tokyo", "is_unaffiliated": "False"}
    data[field] = value
    response = signed_in_client.post(reverse("accounts:settings"), data)
    assert list(response.context["form"].errors) == [field]


def test_pages_are_shown_in_the_persons_time(signed_in_client, person, monkeypatch):
    person.time_zone = "Asia/Tokyo"
    person.save()
    monkeypatch.setattr(
        "accounts.people.views.render", lambda *_args: HttpResponse(timezone.get_current_timezone_name())
    )
    assert signed_in_client.get(reverse("accounts:settings")).content == b"Asia/Tokyo"
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "2026-01-01", "account_logout"],
)
def test_the_way_on_never_leads_away(client, person, target):
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD, "next": target})
    assert response.url == reverse("portal:me")


def test_a_word_for_a_way_on_is_no_page_when_signing_out(signed_in_client):
    assert signed_in_client.post("/en/accounts/logout/", {"next": "2026-01-01"}).url == "/"


def test_a_stranger_who_guesses_does_not_keep_the_person_out(client, person):
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    guesses = [stranger.post(LOGIN, {"login": person.email, "password": "wrong"}) for _again in range(6)]
    assert guesses[5].status_code == 429
    assert client.post(LOGIN, {"login": person.email, "password": PASSWORD}).url == reverse("portal:me")


def test_guesses_from_many_addresses_are_bounded_and_a_code_still_works(client, person, settings, last_mail):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "10/h/key"}
    for n in range(10):
        Client(REMOTE_ADDR=f"198.51.100.{n}").post(LOGIN, {"login": person.email, "password": "wrong"})
    refused = client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert refused.status_code == 429
    assert "ask for a code" in refused.text
    client.post(CODE, {"email": person.email})
    code = last_mail(person.email).facts["code"]
    assert client.post(f"{CODE}confirm/", {"code": code}).url == reverse("portal:me")


def test_the_right_password_is_not_counted(client, person, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "2/h/key"}
    for n in range(4):
        answer = Client(REMOTE_ADDR=f"198.51.100.{n}").post(
            LOGIN, {"login": person.email, "password": PASSWORD}
        )
        assert answer.url == reverse("portal:me")


def test_a_stranger_who_asks_for_codes_does_not_use_up_those_of_the_person(client, person, last_mail):
    browsers = [Client(REMOTE_ADDR="198.51.100.7") for _again in range(6)]
    statuses = [browser.post(CODE, {"email": person.email}).status_code for browser in browsers]
    assert statuses == [302] * 5 + [429]
    client.post(CODE, {"email": person.email})
    code = last_mail(person.email).facts["code"]
    assert client.post(f"{CODE}confirm/", {"code": code}).url == reverse("portal:me")


NOBODY_ELSE = {"login_failed_anywhere": "2/h/key", "request_login_code_anywhere": "2/h/key"}


def used_up_by_strangers(person, settings):
    """Both limits for a person wherever the asker is."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, **NOBODY_ELSE}
    for n in range(3):
        stranger = Client(REMOTE_ADDR=f"198.51.100.{n}")
        stranger.post(LOGIN, {"login": person.email, "password": "wrong"})
        stranger.post(CODE, {"email": person.email})


def test_strangers_keep_nobody_out_of_a_browser_that_is_known(client, person, settings, last_mail):
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    client.post("/en/accounts/logout/")
    used_up_by_strangers(person, settings)
    assert client.post(LOGIN, {"login": person.email.upper(), "password": PASSWORD}).url == reverse(
        "portal:me"
    )
    client.post("/en/accounts/logout/")
    assert client.post(CODE, {"email": person.email}).status_code == 302
    code = last_mail(person.email).facts["code"]
    assert client.post(f"{CODE}confirm/", {"code": code}).url == reverse("portal:me")


def test_a_browser_known_to_somebody_else_is_not_known_to_the_person(client, person, settings):
    other = UserFactory()
    client.post(LOGIN, {"login": other.email, "password": PASSWORD})
    client.post("/en/accounts/logout/")
    used_up_by_strangers(person, settings)
    for address, data in (
        (LOGIN, {"login": person.email, "password": PASSWORD}),
        (CODE, {"email": person.email}),
    ):
        refused = client.post(address, data)
        assert refused.status_code == 429
        assert "in which you have signed in before" in refused.text


def test_a_known_browser_has_limits_too(client, person, settings):
    """Whoever has taken such a cookie does not guess without end."""
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    known = client.cookies[COOKIE].value
    used_up_by_strangers(person, settings)
    answers = []
    for n in range(3):
        thief = Client(REMOTE_ADDR=f"203.0.113.{n}")
        thief.cookies[COOKIE] = known
        answers.append(thief.post(LOGIN, {"login": person.email, "password": "wrong"}).status_code)
    assert answers == [200, 200, 429]


def test_the_cookie_of_a_known_browser_holds_few_and_says_nothing(client):
    people = [UserFactory() for _again in range(MOST_PEOPLE + 1)]
    for person in people:
        client.post(LOGIN, {"login": person.email, "password": PASSWORD})
        client.post("/en/accounts/logout/")
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", A_YEAR)
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = cookie.value
    known = [counted_as(request, person.email).endswith(":known") for person in people]
    assert known == [False] + [True] * MOST_PEOPLE
    request.COOKIES[COOKIE] = f"{cookie.value}x"  # nobody makes one up
    assert counted_as(request, people[-1].email) == people[-1].email
