"""What comes in place of the institution's answer opens nothing; and what happens where none comes."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from accounts.single_sign_on import provider_requests
from tests.accounts.single_sign_on.provider import ADDRESS, LOGIN, go_and_come_back, is_in, shown_messages
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
DESCRIPTION = "/.well-known/openid-configuration"


def test_a_token_signed_with_the_published_key_is_believed(client, institution, linked):
    """So that those below are refused for what is wrong with them alone."""
    institution.spoiler.forge = institution.spoiler.sign
    go_and_come_back(client, institution)
    assert is_in(client)


def test_a_token_that_says_something_else_is_refused(client, institution, linked, subtests):
    for wrong in [
        {"aud": "another-service"},
        {"aud": ["whatson", "another-service"]},
        {"azp": "another-service"},
        {"iss": "https://evil.example"},
        {"nonce": "that-of-another-sign-in"},
        {"nonce": None},
        {"exp": 1_600_000_000},
        {"exp": None},
        {"sub": ""},
    ]:
        with subtests.test(wrong=wrong):

            def forge(claims, wrong=wrong):
                forged_claims = {**claims, **wrong}
                return institution.spoiler.sign(
                    {key: value for key, value in forged_claims.items() if value is not None}
                )

            institution.spoiler.forge = forge
            assert go_and_come_back(client, institution).url == LOGIN
            assert "could not be verified" in shown_messages(client)
            assert not is_in(client)


@pytest.mark.parametrize("how", ["stranger", "shared", "none"])
def test_a_token_that_the_institution_did_not_sign_is_refused(client, institution, linked, how):
    strangers = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    keys = {
        "stranger": {"key": strangers},
        "shared": {"key": "x" * 64, "algorithm": "HS256"},
        "none": {"key": "", "algorithm": "none"},
    }
    institution.spoiler.forge = lambda claims: institution.spoiler.sign(claims, **keys[how])
    assert go_and_come_back(client, institution).url == LOGIN
    assert "could not be verified" in shown_messages(client)
    assert not is_in(client)


def test_a_new_key_is_fetched_once_it_is_used(client, institution, linked):
    """Institutions change their keys: what is kept here of the old ones keeps nobody out."""
    go_and_come_back(client, institution)
    client.logout()
    institution.spoiler.forge = institution.spoiler.sign
    go_and_come_back(client, institution)
    assert is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://169.254.169.254/latest/"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_a_description_that_leads_elsewhere_is_not_followed(client, institution, linked, wrong):
    institution.spoiler.describe = lambda description: {**description, **wrong}
    assert client.post("/en/accounts/institutions/inst/").url == LOGIN
    assert "does not answer at the moment" in shown_messages(client)


@pytest.mark.parametrize("path", [DESCRIPTION, "/oauth2/token", "/jwks"])
def test_an_institution_that_hangs_holds_nobody_up(client, institution, linked, monkeypatch, path):
    """A sentence after a few seconds, the password beside it; whoever comes next does not wait at all."""
    monkeypatch.setattr(provider_requests, "SECONDS", 0.5)
    institution.spoiler.hangs.add(path)
    answer = (
        client.post("/en/accounts/institutions/inst/")
        if path == DESCRIPTION
        else go_and_come_back(client, institution)
    )
    assert answer.url == LOGIN
    assert "The Institute does not answer at the moment." in shown_messages(client)
    institution.spoiler.requests.clear()
    client.post("/en/accounts/institutions/inst/")
    assert institution.spoiler.requests == []
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    assert is_in(client)


def test_an_institution_that_is_gone(client, institution, linked, settings):
    settings.SINGLE_SIGN_ON = [institution.settings(server="http://127.0.0.1:9")]
    assert client.post("/en/accounts/institutions/inst/").url == LOGIN
    assert "does not answer at the moment" in shown_messages(client)


def test_an_answer_for_another_institution_is_refused(client, institution, linked):
    """The one that came back names itself (RFC 9207): two institutions are not taken for one another."""
    assert client.get("/single-sign-on/inst/callback/?iss=https://evil.example&code=1&state=2").url == LOGIN
    assert institution.spoiler.requests == []
