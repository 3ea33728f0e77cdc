"""Terms and privacy notice: asked once per version, on the next page."""

import pytest
from django.urls import reverse

from accounts.people.actions import publish_legal_version
from accounts.people.enums import Legal, Role
from accounts.people.models import Consent
from tests.factories.accounts import person_with, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.behaviour("A-11")]
PAGE = "/en/me/?tab=all"
ASK = "/en/accounts/consent/?next=%2Fen%2Fme%2F%3Ftab%3Dall"


@pytest.fixture
def terms():
    publish_legal_version(Legal.TERMS, "1")


def test_a_version_is_asked_once_and_leads_on(signed_in_client, person, terms):
    client = signed_in_client
    assert client.get(PAGE).url == ASK
    page = client.get(ASK)
    assert (page.status_code, page.context["missing"]) == (200, {"terms": "1"})
    assert list(client.post(ASK, {"next": PAGE}).context["form"].errors) == ["agreed"]
    assert client.post(ASK, {"next": PAGE, "agreed": "on"}).url == PAGE
    assert client.get(PAGE).status_code == 200
    assert list(Consent.objects.values_list("user", "kind", "version")) == [(person.pk, "terms", "1")]
    assert Consent.objects.get().at is not None


def test_a_new_version_asks_again_for_itself_alone(signed_in_client, person, terms):
    client = signed_in_client
    client.post(ASK, {"next": PAGE, "agreed": "on"})
    assert client.get(PAGE).status_code == 200
    publish_legal_version(Legal.PRIVACY, "7")
    assert client.get(ASK).context["missing"] == {"privacy": "7"}
    client.post(ASK, {"next": PAGE, "agreed": "on"})
    publish_legal_version(Legal.TERMS, "2")
    assert client.get(PAGE).url == ASK
    assert client.get(ASK).context["missing"] == {"terms": "2"}


def test_another_session_is_not_asked_again(client, signed_in_client, person, terms):
    signed_in_client.post(ASK, {"next": PAGE, "agreed": "on"})
    client.logout()
    client.force_login(person)
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("address", ["/en/accounts/settings/", "/en/accounts/2fa/", "/en/accounts/logout/"])
def test_the_account_stays_open_before_the_answer(signed_in_client, terms, address):
    assert signed_in_client.get(address).status_code == 200


def test_the_texts_stay_open_before_the_answer(signed_in_client, terms):
    response = signed_in_client.get(reverse("portal:page", args=["terms"]))
    assert response.status_code != 302


def test_sending_something_is_never_interrupted(signed_in_client, terms):
    assert signed_in_client.post(PAGE).status_code != 302


def test_a_visitor_is_not_asked(client, terms):
    assert client.get(PAGE).url.startswith("/en/accounts/login/")


def test_the_second_factor_is_asked_first(client, terms):
    client.force_login(person_with(Role.VETTING))
    assert client.get("/en/desk/").url == "/en/accounts/2fa/"


def test_an_answered_question_costs_no_query(client, person, terms, django_assert_num_queries):
    client.force_login(person)
    client.post(ASK, {"next": PAGE, "agreed": "on"})
    client.get(reverse("accounts:settings"))
    client.get(PAGE)
    from accounts.middleware import consent_is_missing

    request = client.get(PAGE).wsgi_request
    with django_assert_num_queries(0):
        assert not consent_is_missing(request)


def test_the_way_on_never_leads_away(signed_in_client, terms):
    response = signed_in_client.post(ASK, {"next": "https://evil.example/", "agreed": "on"})
    assert response.url == "/en/me/"


def test_an_administrator_puts_a_version_in_force(client, person):
    sign_in(client, person_with(Role.ADMINISTRATOR))
    client.get("/en/admin/")
    client.post("/en/admin/accounts/legalversion/add/", {"kind": "privacy", "version": "2026-12"})
    client.logout()
    client.force_login(person)
    assert client.get(PAGE).url == ASK
