"""Who signs up on the way to a page lands there once the address is confirmed."""

from urllib.parse import urlencode

import pytest

from accounts.people.models import User

pytestmark = pytest.mark.django_db
JOIN = "/en/accounts/signup/"
GOAL = "/en/stakeholders/register/"


@pytest.mark.behaviour("D-02")
def test_the_way_goes_through_the_mail(client, joining, last_mail):
    client.post(JOIN, {**joining, "next": GOAL})
    assert client.post(last_mail("amina@example.org").url).url == GOAL
    assert client.get("/en/accounts/settings/").status_code == 200


def test_from_another_browser_it_goes_through_a_code(client, joining, last_mail):
    client.post(JOIN, {**joining, "next": GOAL})
    link = last_mail("amina@example.org").url
    assert link.endswith("?" + urlencode({"next": GOAL}))
    client.cookies.clear()  # the mail is opened in another browser
    page = client.get(link)
    assert f'value="{GOAL}"' in page.content.decode()
    assert not User.objects.get().emailaddress_set.get().verified
    response = client.post(link.partition("?")[0], {"next": GOAL})
    assert response.url == f"/en/accounts/login/code/?{urlencode({'next': GOAL})}"
    answer = client.post("/en/accounts/login/code/", {"email": "amina@example.org", "next": GOAL})
    code = last_mail("amina@example.org").facts["code"]
    assert client.post(answer.url, {"code": code, "next": GOAL}).url == GOAL


def test_the_address_of_the_page_alone_is_enough(client, joining, last_mail):
    client.post(JOIN, {**joining, "next": GOAL})
    link = last_mail("amina@example.org").url
    client.cookies.clear()
    assert client.post(link).url == f"/en/accounts/login/code/?{urlencode({'next': GOAL})}"


def test_a_new_link_leads_there_as_well(client, joining, last_mail):
    client.post(JOIN, {**joining, "next": GOAL})
    first = last_mail("amina@example.org").pk
    client.post("/en/accounts/resend/", {"email": "amina@example.org"})
    again = last_mail("amina@example.org")
    assert (again.pk != first, again.url.endswith("?" + urlencode({"next": GOAL}))) == (True, True)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "x",
        "/" + "a" * 600,
    ],
)
def test_no_mail_leads_elsewhere(client, joining, last_mail, target):
    client.post(JOIN, {**joining, "next": target})
    link = last_mail("amina@example.org").url
    assert "next" not in link
    client.cookies.clear()
    answer = client.post(link, {"next": target})
    assert "evil" not in answer.url
    assert answer.url.startswith("/en/accounts/login/")


def test_without_a_goal_nothing_is_added(client, joining, last_mail):
    client.post(JOIN, joining)
    assert "?" not in last_mail("amina@example.org").url
