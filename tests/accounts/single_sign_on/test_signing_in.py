"""Signing up and signing in by an institution, the whole way, against a provider on loopback."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.utils import decrypt
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.models import User
from audit.models import Entry
from audit.queries import lines_about
from tests.accounts.single_sign_on.provider import (
    ADDRESS,
    LOGIN,
    SECURITY,
    go_and_come_back,
    is_in,
    leave,
    shown_messages,
)
from tests.factories.accounts import UserFactory, code_of, enrol

pytestmark = pytest.mark.django_db
ME = "/en/me/"
SIGN_UP = "/en/accounts/sign-up-by-institution/"
SIGN_UP_FIELDS = {"name": "Amina", "language": "fr", "time_zone": "Africa/Nairobi", "is_unaffiliated": "True"}


def test_with_no_institution_nothing_shows_and_nothing_answers(client, db):
    assert "institutions/" not in client.get(LOGIN).text
    answers = [
        client.post("/en/accounts/institutions/inst/"),
        client.get("/single-sign-on/inst/callback/"),
        client.get(SIGN_UP),
    ]
    client.force_login(UserFactory())
    answers += [
        client.post("/en/accounts/institutions/inst/add/"),
        client.post("/en/accounts/institutions/1/remove/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert 'id="institutions"' not in client.get(SECURITY).text


def test_the_sign_in_page_has_a_button_for_each(client, institution, settings):
    settings.SINGLE_SIGN_ON = [institution.settings(), institution.settings(id="two", name="Second & Co")]
    page = client.get(f"{LOGIN}?next=/en/events/").text
    forms = re.findall(r'<form[^>]*action="([^"]*/institutions/[^"]*)"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert [address for address, _inside in forms] == [
        "/en/accounts/institutions/inst/",
        "/en/accounts/institutions/two/",
    ]
    assert all('value="/en/events/"' in inside for _address, inside in forms)
    assert "Sign in with Second &amp; Co" in forms[1][1]


def test_what_goes_along_is_new_each_time_and_kept_back(client, institution):
    """State, nonce and PKCE; no secret; one address to come back to, whatever the language."""
    queries = [parse_qs(urlsplit(leave(client)).query) for _time in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        first, second = (query[name][0] for query in queries)
        assert len(first) >= 16
        assert first != second
    assert queries[0]["code_challenge_method"] == ["S256"]
    assert queries[0]["redirect_uri"] == ["http://testserver/single-sign-on/inst/callback/"]
    assert "only-a-test" not in str(queries)
    go_and_come_back(client, institution)
    token = dict(institution.spoiler.requests)["/oauth2/token"]
    assert len(token["code_verifier"]) >= 43


def test_a_stranger_signs_up_and_is_in(client, institution):
    answer = go_and_come_back(client, institution, next="/en/events/")
    assert answer.url == SIGN_UP
    page = client.get(SIGN_UP)
    assert page.context["form"]["name"].value() == "Amina Otieno"
    assert f'<strong dir="ltr">{ADDRESS}</strong>' in page.text
    assert client.post(SIGN_UP, SIGN_UP_FIELDS).url == "/en/events/"
    assert is_in(client)
    person = User.objects.get(email=ADDRESS)
    assert (person.name, person.language, person.time_zone) == ("Amina", "fr", "Africa/Nairobi")
    assert person.is_unaffiliated
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert client.get(SIGN_UP).url == LOGIN  # once


def test_an_account_that_waits_for_the_address_makes_way(client, institution):
    """Somebody else may have signed up with it: their password must not open what the owner begins now."""
    waiting = UserFactory(email=ADDRESS, verified=False)
    EmailAddress.objects.create(user=waiting, email=ADDRESS, primary=True)
    go_and_come_back(client, institution)
    client.post(SIGN_UP, SIGN_UP_FIELDS)
    assert [user.has_usable_password() for user in User.objects.filter(email=ADDRESS)] == [False]


def test_who_has_a_link_is_in_by_one_press(client, institution, linked):
    assert go_and_come_back(client, institution, next="/en/events/").url == "/en/events/"
    assert is_in(client)
    kinds = Entry.objects.filter(actor_id=linked.pk).values_list("action", flat=True)
    assert list(kinds) == ["accounts.signed_in_by_institution"]
    assert "signed in with inst" in " ".join(line.text for line in lines_about(linked))
    ends = client.session.get_expiry_date()
    assert timedelta(hours=11) < ends - now() < timedelta(hours=13)
    extra_data = SocialAccount.objects.get().extra_data
    # And no more of them.
    assert extra_data == {"email": ADDRESS, "verified": True, "second_factor": False, "session": ""}


def test_one_leads_to_no_other_site(client, institution, linked):
    assert go_and_come_back(client, institution, next="https://evil.example/").url == ME


def test_an_equal_address_alone_opens_no_account(client, institution):
    person = UserFactory(email=ADDRESS)
    answer = go_and_come_back(client, institution)
    assert answer.url == f"{LOGIN}?next=%2Fen%2Faccounts%2F2fa%2F"
    assert "already. Sign in to it with your password" in shown_messages(client)
    assert not is_in(client)
    assert not SocialAccount.objects.filter(user=person).exists()


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email": "amina@elsewhere.example"}, "an address that ends in @inst.example. Yours is"),
        ({"email": "amina@sub.inst.example"}, "an address that ends in @inst.example. Yours is"),
        ({"email": "amina@inst.example@evil.example"}, "did not tell us your e-mail address"),
        ({"email": ADDRESS, "verified": False}, "has not confirmed that amina@inst.example is your address"),
        ({"email": ADDRESS, "verified": None}, "has not confirmed that amina@inst.example is your address"),
        ({"email": None}, "did not tell us your e-mail address"),
    ],
)
def test_an_institution_speaks_for_proved_addresses_of_its_own(client, institution, linked, claims, sentence):
    """Also where the link is there already: the person may have left, or got another address."""
    institution.knows(**claims)
    assert go_and_come_back(client, institution).url == LOGIN
    assert sentence in shown_messages(client)
    assert not is_in(client)


def test_where_another_claim_says_that_the_address_is_proved(client, institution, linked, settings):
    settings.SINGLE_SIGN_ON = [institution.settings(verified_by="xms_edov")]
    institution.knows(ADDRESS, xms_edov=False)
    go_and_come_back(client, institution)
    assert not is_in(client)
    institution.knows(ADDRESS, verified=None, xms_edov="1")
    go_and_come_back(client, institution)
    assert is_in(client)


def test_a_closed_account_stays_closed(client, institution, linked):
    User.objects.filter(pk=linked.pk).update(is_active=False)
    assert go_and_come_back(client, institution).url == reverse("account_inactive")
    assert not is_in(client)


def test_who_stops_there_reads_so(client, institution, linked):
    back = urlsplit(institution.signs_in(leave(client), action="deny"))
    assert client.get(f"{back.path}?{back.query}").url == LOGIN
    assert "The sign-in at The Institute was cancelled." in shown_messages(client)


def test_an_answer_that_another_browser_asked_for_counts_for_nothing(client, institution, linked):
    back = urlsplit(institution.signs_in(leave(client)))
    client.cookies.clear()
    assert client.get(f"{back.path}?{back.query}").url == LOGIN
    assert "begun in another browser" in shown_messages(client)
    assert not is_in(client)


def test_one_comes_back_in_the_language_in_which_one_left(client, institution):
    page = client.post("/fr/accounts/institutions/inst/")
    back = urlsplit(institution.signs_in(page.context["url"]))
    assert client.get(f"{back.path}?{back.query}").url == "/fr/accounts/sign-up-by-institution/"


def test_too_many_are_stopped_as_other_sign_ins(client, institution):
    answers = [client.post("/en/accounts/institutions/inst/").status_code for _time in range(31)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_the_second_factor_of_the_portal_is_asked_for(client, institution, linked):
    factor = enrol(linked)
    assert go_and_come_back(client, institution).url == "/en/accounts/2fa/authenticate/"
    assert not is_in(client)
    client.post("/en/accounts/2fa/authenticate/", {"code": code_of(decrypt(factor.data["secret"]))})
    assert is_in(client)
    assert client.session["signed_in_at"] == "inst"


@pytest.mark.parametrize("claims", [{"amr": ["pwd", "mfa"]}, {"acr": "gold"}])
def test_that_of_the_institution_counts_where_the_settings_say_so(
    client, institution, linked, settings, claims
):
    enrol(linked)
    institution.knows(ADDRESS, **claims)
    assert go_and_come_back(client, institution).url == "/en/accounts/2fa/authenticate/"
    client.cookies.clear()
    settings.SINGLE_SIGN_ON = [institution.settings(second_factor=frozenset({"mfa", "gold"}))]
    assert go_and_come_back(client, institution).url == ME
    assert is_in(client)
