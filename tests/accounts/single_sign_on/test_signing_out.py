"""Whom an institution signs out is signed out here, by its signed word alone (back-channel logout)."""

import time

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from accounts.single_sign_on.id_tokens import LOGOUT_EVENT
from tests.accounts.single_sign_on.provider import WHO, go_and_come_back, is_in
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def logout_claims(institution, **other):
    now = int(time.time())
    claims = {
        "iss": institution.address,
        "aud": "whatson",
        "iat": now,
        "exp": now + 120,
        "jti": "1",
        "sub": WHO,
        "events": {LOGOUT_EVENT: {}},
        **other,
    }
    return {name: value for name, value in claims.items() if value is not None}


def send(token):
    address = reverse("single_sign_on_sign_out", args=["inst"])
    return Client(enforce_csrf_checks=True).post(address, {"logout_token": token})


def sign_out(institution, **other):
    return send(institution.spoiler.sign(logout_claims(institution, **other)))


@pytest.fixture
def sign_in(institution, linked):
    """Sign a new browser in at the institution, in the session there of that name."""

    def sign_in(session_there="", browser=None):
        session = {"sid": session_there} if session_there else {}
        institution.spoiler.forge = lambda claims: institution.spoiler.sign({**claims, **session})
        browser = browser or Client()
        go_and_come_back(browser, institution)
        assert is_in(browser)
        return browser

    return sign_in


@pytest.mark.behaviour("A-25")
def test_who_is_signed_out_there_is_signed_out_here_in_every_browser(client, institution, linked, sign_in):
    browsers, elsewhere, other = [sign_in(browser=client), sign_in()], Client(), Client()
    elsewhere.force_login(linked)  # by the portal's own ways
    other.force_login(UserFactory())
    answer = sign_out(institution)
    assert (answer.status_code, answer.content, "no-store" in answer["Cache-Control"]) == (200, b"", True)
    assert [is_in(browser) for browser in browsers] == [False, False]
    assert is_in(elsewhere)
    assert is_in(other)
    assert sign_out(institution).status_code == 200  # nothing is left to do


def test_the_session_that_is_named_ends_alone(institution, sign_in):
    at_work, at_home = sign_in("at-work"), sign_in("at-home")
    assert sign_out(institution, sid="at-work").status_code == 200
    assert (is_in(at_work), is_in(at_home)) == (False, True)
    assert sign_out(institution, sid="not-known").status_code == 200
    assert is_in(at_home)


def test_a_token_sent_again_ends_no_session_that_began_after_it(institution, sign_in):
    sign_in()
    earlier = int(time.time()) - 90
    token = institution.spoiler.sign(logout_claims(institution, iat=earlier))
    browser = sign_in()
    assert send(token).status_code == 200
    assert is_in(browser)


def test_what_is_no_token_for_signing_out_is_refused(institution, sign_in, subtests):
    browser = sign_in()
    strangers = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    sign = institution.spoiler.sign
    tokens = {
        "nothing": "",
        "no token": "abc",
        "a stranger's": sign(logout_claims(institution), key=strangers),
        "a shared key": sign(logout_claims(institution), key="x" * 64, algorithm="HS256"),
        "unsigned": sign(logout_claims(institution), key="", algorithm="none"),
    }
    for name, wrong in {
        "another service": {"aud": "another-service"},
        "another server": {"iss": "https://evil.example"},
        "over": {"exp": 1_600_000_000},
        "without an end": {"exp": None},
        "of tomorrow": {"iat": int(time.time()) + 86_400},
        "about no person": {"sub": None},
        "for signing in": {"events": None, "nonce": "n"},
        "with a nonce": {"nonce": "n"},
        "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
        "events as a list": {"events": [LOGOUT_EVENT]},
    }.items():
        tokens[name] = sign(logout_claims(institution, **wrong))
    for name, token in tokens.items():
        with subtests.test(name):
            answer = send(token)
            assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
            assert is_in(browser)


def test_an_institution_that_is_not_known_is_missing(db, client):
    assert client.post(reverse("single_sign_on_sign_out", args=["inst"])).status_code == 404
