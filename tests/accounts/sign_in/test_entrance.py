"""What signing up and signing in know already: the address, and what it is for."""

import re

import pytest

from stakeholders.invitations import actions as invitations_actions
from tests.accounts.sign_in.joining import join, link_of
from tests.factories.accounts import PASSWORD, UserFactory, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import markup_of

pytestmark = pytest.mark.django_db
SIGN_IN, SIGN_UP = "/en/accounts/login/", "/en/accounts/signup/"
ADDRESS = "amina@example.org"


def field(client, url, name):
    return client.get(url).context["form"][name].value() or ""


def test_tab_leads_from_the_address_to_the_password_to_the_button(client):
    """Seen on a running portal: "Forgot your password?" stood between the address and the password."""
    main = client.get(SIGN_IN).text.partition("<main")[2]
    stops = re.findall(r'<(?:input|button|a)\b[^>]*?(?:name="(\w+)"|href="([^"]+)"|type="(submit)")', main)
    order = [name or href or submit for name, href, submit in stops]
    order = [stop for stop in order if stop in {"login", "password", "remember", "submit"} or "reset" in stop]
    assert order[:5] == ["login", "password", "remember", "submit", "/en/accounts/password/reset/"]


@pytest.mark.parametrize("known", (False, True))
def test_the_page_after_a_sign_up_names_the_address(client, joining, known):
    if known:
        UserFactory(email=ADDRESS)
    page = client.get(join(client, joining).url).text
    assert "Check your e-mail" in page
    assert f'<strong dir="ltr">{ADDRESS}</strong>' in page
    assert f'value="{ADDRESS}"' in page  # where a new link is asked for
    assert ADDRESS not in client.get("/en/").text


def test_a_new_link_for_another_address_names_that_one(client, joining):
    join(client, joining)
    answer = client.post("/en/accounts/resend/", {"email": "other@example.org"}, follow=True)
    assert "other@example.org" in answer.text
    assert ADDRESS not in answer.text


def test_the_page_says_no_address_to_whoever_gave_none(client):
    page = client.get("/en/accounts/confirm-email/").text
    assert "the address that you gave" in page


def test_the_sign_in_after_the_confirmation_has_the_address(client, joining, last_mail):
    join(client, joining)
    client.cookies.clear()  # the mail is opened in another browser
    client.post(link_of(last_mail(ADDRESS)))
    assert field(client, SIGN_IN, "login") == ADDRESS
    assert field(client, f"{SIGN_IN}code/", "email") == ADDRESS


def test_an_invited_person_signs_up_with_the_invited_address(client, last_mail, reference):
    home = StakeholderFactory()
    invitations_actions.invite(home, ADDRESS, "reader", actor=member_of(home))
    link = last_mail(ADDRESS).url
    client.get(link[:-5] + "xxxxx")
    assert field(client, SIGN_UP, "email") == ""  # a made-up link tells nothing
    client.get(link)
    assert field(client, f"{SIGN_UP}?next={link}", "email") == ADDRESS
    assert field(client, f"{SIGN_IN}?next={link}", "login") == ADDRESS


def test_an_ended_invitation_leaves_no_address(client, last_mail, reference):
    home = StakeholderFactory()
    admin = member_of(home)
    invitation = invitations_actions.invite(home, ADDRESS, "reader", actor=admin)
    invitations_actions.withdraw_invitation(invitation, actor=admin)
    assert client.get(last_mail(ADDRESS).url).status_code == 410
    assert field(client, SIGN_UP, "email") == ""


def test_what_was_entered_does_not_outlive_the_session(client, joining):
    person = UserFactory(email="owner@example.org")
    client.post(SIGN_IN, {"login": person.email, "password": PASSWORD})
    client.post("/en/accounts/logout/")
    assert field(client, SIGN_IN, "login") == ""


@pytest.mark.parametrize(
    "target",
    ("//evil.example/", "/nowhere", "https://evil.example/en/stakeholders/1/contact/", "/en/me/", ""),
)
def test_other_pages_say_nothing_of_what_the_sign_in_is_for(client, target):
    answer = client.get(SIGN_IN, {"next": target})
    assert answer.status_code == 200
    assert answer.context["purpose"] == ""


def test_whoever_is_signed_in_is_led_on(client):
    sign_in(client, UserFactory())
    assert client.get(SIGN_IN).status_code == 302
    assert client.get(SIGN_UP).status_code == 302


def test_in_arabic_the_menu_offers_an_account_and_not_the_registration_of_an_organization(client, reference):
    page = markup_of(client.get("/ar/"))
    assert '<a href="/ar/accounts/signup/">إنشاء حساب</a>' in page
