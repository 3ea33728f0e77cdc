"""The second factor: enrolling, showing it, and what stays closed until then."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.urls import reverse

from accounts import middleware
from accounts.people.enums import Role
from accounts.people.models import User
from tests.factories.accounts import PASSWORD, GrantFactory, UserFactory, code_of, enrol, person_with, sign_in

pytestmark = pytest.mark.django_db
LOGIN, SECURITY = "/en/accounts/login/", "/en/accounts/2fa/"
BACK_OFFICE = ["/en/desk/", "/ar/desk/", "/en/desk/audit/", "/en/desk/nowhere", "/en/admin/"]
ENROLLED_ONLY = [address for address in BACK_OFFICE if "nowhere" not in address]


def sleeping(client) -> bool:
    """Whether the roles of whoever is signed in count for nothing."""
    return not client.get("/en/accounts/settings/").wsgi_request.user.roles


@pytest.fixture
def vetter():
    return person_with(Role.VETTING, email="vetter@example.org")


@pytest.fixture
def enrol_by_hand(transactional_db):
    """A function that sets up an app as the person at the client would. What follows happens on commit."""

    def enrolling(client) -> None:
        client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
        secret = client.get("/en/accounts/2fa/totp/activate/").context["form"].secret
        response = client.post("/en/accounts/2fa/totp/activate/", {"code": code_of(secret)})
        assert response.url in ("/en/accounts/2fa/recovery-codes/", "/en/accounts/2fa/")

    return enrolling


@pytest.mark.parametrize(
    ("path", "guarded"),
    [
        ("/en/desk", True),
        ("/zh/regional/", True),
        ("/fr/admin/x/", True),
        ("/en/desks/", False),
        ("/en/", False),
        ("/en/stakeholders/desk/", False),
        ("/files/x/1/", False),
    ],
)
def test_what_counts_as_the_back_office(path, guarded):
    assert bool(middleware.BACK_OFFICE.match(path)) is guarded


@pytest.mark.behaviour("A-05")
def test_without_a_second_factor_no_back_office_page_opens(client, subtests):
    for role in Role.GUARDED:
        client.force_login(person_with(role))
        for address in BACK_OFFICE:
            with subtests.test(role=role, address=address):
                response = client.get(address)
                if address.endswith("nowhere"):
                    assert response.status_code == 404
                else:
                    assert (response.status_code, response.url[3:]) == (302, SECURITY[3:])


@pytest.mark.behaviour("A-05")
def test_whoever_is_sent_to_enrol_is_told_why(client, vetter):
    client.force_login(vetter)
    page = client.get("/en/desk/", follow=True)
    assert page.redirect_chain == [(SECURITY, 302)]
    assert [message.level_tag for message in page.context["messages"]] == ["info"]


@pytest.mark.behaviour("A-05")
def test_enrolling_an_app_opens_the_back_office(client, vetter, enrol_by_hand):
    client.force_login(vetter)
    assert sleeping(client)
    client.get("/en/accounts/2fa/")
    enrol_by_hand(client)
    assert client.get("/en/desk/").status_code == 200
    assert not sleeping(client)


@pytest.mark.behaviour("A-05")
def test_at_the_next_sign_in_the_app_is_asked(client, vetter, enrol_by_hand):
    client.force_login(vetter)
    enrol_by_hand(client)
    client.post("/en/accounts/logout/")
    response = client.post(LOGIN, {"login": vetter.email, "password": PASSWORD})
    assert response.url == "/en/accounts/2fa/authenticate/"
    assert client.get("/en/desk/").url.startswith(LOGIN)
    wrong = client.post(response.url, {"code": "000000"})
    assert list(wrong.context["form"].errors) == ["code"]
    codes = (
        Authenticator.objects.get(user=vetter, type=Authenticator.Type.RECOVERY_CODES)
        .wrap()
        .get_unused_codes()
    )
    assert client.post(response.url, {"code": codes[0]}).url == reverse("portal:start")
    assert client.get("/en/desk/").status_code == 200


@pytest.mark.behaviour("A-05")
def test_a_code_by_mail_does_not_stand_in_for_the_app(client, vetter, last_mail):
    enrol(vetter)
    confirm = client.post("/en/accounts/login/code/", {"email": vetter.email}).url
    response = client.post(confirm, {"code": last_mail(vetter.email).facts["code"]})
    assert response.url == "/en/accounts/2fa/authenticate/"
    assert client.get("/en/desk/").url.startswith(LOGIN)


def test_a_new_factor_is_told_by_mail(client, vetter, enrol_by_hand, last_mail):
    client.force_login(vetter)
    enrol_by_hand(client)
    assert last_mail(vetter.email).kind in ("accounts.totp_activated", "accounts.recovery_codes_generated")


def test_a_role_given_after_sign_in_asks_an_enrolled_person_again(client):
    person = UserFactory()
    secret = decrypt(enrol(person).data["secret"])
    client.force_login(person)
    GrantFactory(user=person, role=Role.VETTING)
    response = client.get("/en/desk/")
    assert response.url == "/en/accounts/2fa/reauthenticate/?next=%2Fen%2Fdesk%2F"
    assert sleeping(client)
    response = client.post(response.url, {"code": code_of(secret), "next": "/en/desk/"})
    assert response.url == "/en/desk/"
    assert client.get("/en/desk/").status_code == 200


def test_a_further_app_does_not_stand_in_for_the_one_that_is_set_up(client):
    """Whoever knows only the password cannot add an app and walk in with it."""
    person = person_with(Role.VETTING)
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    client.force_login(person)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/en/accounts/2fa/totp/activate/").url.startswith("/en/accounts/2fa/reauthenticate/")
    assert client.get("/en/desk/").status_code == 302
    assert sleeping(client)


@pytest.mark.behaviour("A-05")
def test_removing_the_last_factor_closes_the_back_office(client, vetter):
    sign_in(client, vetter)
    assert client.get("/en/desk/").status_code == 200
    Authenticator.objects.filter(user=vetter).delete()
    assert client.get("/en/desk/").url == SECURITY
    assert sleeping(client)


def test_another_persons_proof_is_not_mine(client, vetter):
    sign_in(client, vetter)
    other = person_with(Role.VETTING)
    enrol(other)
    client.force_login(other)
    assert client.get("/en/desk/").status_code == 302
    session = client.session
    session["second_factor_of"] = vetter.pk
    session.save()
    assert client.get("/en/desk/").status_code == 302


@pytest.mark.parametrize("address", ENROLLED_ONLY)
def test_a_visitor_is_asked_to_sign_in(client, address):
    assert client.get(address).url == f"{address[:3]}/accounts/login/?next={address}"


@pytest.mark.parametrize("role", ["", Role.STATE])
def test_who_has_no_guarded_role_is_not_asked_and_finds_nothing(client, role):
    client.force_login(person_with(role) if role else UserFactory())
    assert client.get("/en/desk/audit/").status_code == 404
    assert client.get("/en/admin/").status_code == 404


def test_roles_sleep_only_in_a_session(vetter):
    """Commands, tasks and actions ask for no second factor."""
    assert User.objects.get(pk=vetter.pk).roles == {Role.VETTING}


def test_the_page_of_recovery_codes_shows_them_once_enrolled(client, vetter, enrol_by_hand):
    client.force_login(vetter)
    enrol_by_hand(client)
    page = client.get("/en/accounts/2fa/recovery-codes/")
    assert len(re.findall(r"<li><code>\w+</code></li>", page.content.decode())) == 10


@pytest.mark.parametrize(
    "address",
    [
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "2fa/recovery-codes/generate/",
        "email/",
        "password/change/",
        "settings/",
        "logout/",
        "reauthenticate/",
    ],
)
def test_every_page_has_one_heading_and_nothing_inline(client, address):
    person = UserFactory()
    if "recovery" in address:
        enrol(person)
    sign_in(client, person)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(f"/en/accounts/{address}").content.decode()
    assert page.count("<h1>") == 1
    assert "<h1>WhatsOn</h1>" not in page
    assert re.findall(r"\sstyle=|\son[a-z]+=", page) == []
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))", page)
    assert scripts == []
