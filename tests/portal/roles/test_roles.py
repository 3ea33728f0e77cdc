"""The page of roles: who opens it, what is given, confirmed, declined and ended, and what is refused."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role, Scope
from accounts.people.models import Grant, User
from core.time_display import VIENNA
from tests.factories.accounts import GrantFactory, UserFactory, person_with, sign_in
from tests.support import assert_no_growth, markup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LIST, GIVE = "/en/desk/roles/", "/en/desk/roles/give/"


@pytest.fixture
def administrator(client):
    user = person_with(Role.ADMINISTRATOR, name="Adele First")
    sign_in(client, user)
    return user


@pytest.fixture
def member():
    return UserFactory(name="Grace Hopper", email="grace@example.org")


def errors_of(client, **typed):
    """Return the errors by field, of a form that must not be taken."""
    before = Grant.objects.count()
    response = client.post(GIVE, typed)
    assert (response.status_code, Grant.objects.count()) == (200, before)
    form = response.context["form"]
    assert form["person"].value() == typed.get("person", "")
    return form.errors


@pytest.mark.parametrize("role", [role for role in Role.values if role != "administrator"])
def test_only_administrators_open_it(client, role):
    sign_in(client, person_with(role))
    assert [client.get(page).status_code for page in (LIST, GIVE)] == [404, 404]


@pytest.mark.behaviour("A-22")
def test_a_role_is_given_confirmed_and_ended_by_two_people(client, administrator, member):
    response = client.post(GIVE, {"person": "grace@example.org", "role": "vetting"})
    page = f"{LIST}people/{member.pk}/"
    assert response["Location"] == page
    grant = member.grants.get()
    assert (grant.granted_by, grant.confirmed_at) == (administrator, None)
    assert client.post(f"{LIST}{grant.pk}/confirm/").status_code == 404
    shown = markup_of(client.get(f"{LIST}?status=waiting"))
    assert "Waits for confirmation by another administrator" in shown
    assert f"{LIST}{grant.pk}/confirm/" not in shown
    sign_in(client, person_with(Role.ADMINISTRATOR, name="Beate Second"))
    assert f"{LIST}{grant.pk}/confirm/" in markup_of(client.get(LIST))
    question = markup_of(client.get(f"{LIST}{grant.pk}/confirm/"))
    assert "Grace Hopper (grace@example.org)" in question
    assert "Desk: vetting · Everywhere · Given by Adele First" in question
    client.post(f"{LIST}{grant.pk}/confirm/")
    assert User.objects.get(pk=member.pk).roles == {"vetting"}
    assert "End the role" in markup_of(client.get(f"{LIST}{grant.pk}/end/"))
    client.post(f"{LIST}{grant.pk}/end/")
    assert User.objects.get(pk=member.pk).roles == frozenset()
    assert [line.text for line in client.get(page).context["lines"]] == [
        "Beate Second ended the role “Desk: vetting” (Everywhere)",
        "Beate Second confirmed the role “Desk: vetting” (Everywhere)",
        "Adele First gave the role “Desk: vetting” (Everywhere)",
    ]


def test_a_role_that_waits_is_declined(client, administrator, member):
    grant = GrantFactory(user=member, confirmed_at=None)
    assert "Decline the role" in markup_of(client.get(f"{LIST}{grant.pk}/end/"))
    client.post(f"{LIST}{grant.pk}/end/")
    assert not Grant.objects.waiting().exists()
    assert "Declined" in markup_of(client.get(f"{LIST}?status=ended"))


def test_who_gets_a_role_does_not_confirm_it(client, administrator):
    grant = GrantFactory(user=administrator, role=Role.HEAD, confirmed_at=None)
    assert client.get(f"{LIST}{grant.pk}/confirm/").status_code == 404


def test_what_another_did_first_is_told(client, administrator, member):
    grant = GrantFactory(user=member)
    response = client.post(f"{LIST}{grant.pk}/confirm/", follow=True)
    assert "This role is no longer pending confirmation." in markup_of(response)


def test_the_last_administrator_stays(client, administrator):
    response = client.post(f"{LIST}{administrator.grants.get().pk}/end/", follow=True)
    assert "This is the last administrator." in markup_of(response)
    assert User.objects.get(pk=administrator.pk).roles == {"administrator"}


@pytest.mark.parametrize(
    ("place", "kind", "code", "name"),
    [("region:002", Scope.REGION, "002", "Africa"), ("country:KEN", Scope.COUNTRY, "KEN", "Kenya")],
)
@pytest.mark.parametrize("role", ["regional", "state"])
def test_a_role_for_a_place_is_shown_with_its_name(
    client, administrator, member, role, place, kind, code, name
):
    response = client.post(GIVE, {"person": "hopper", "role": role, "place": place}, follow=True)
    grant = member.grants.live().get()
    assert (grant.role, grant.scope_kind, grant.scope_code) == (role, kind, code)
    assert name in markup_of(response).partition("</table>")[0]
    assert f"({name})" in response.context["lines"][0].text


def test_a_role_of_the_desk_holds_everywhere(client, administrator, member):
    """A place chosen for another role before, whose field is hidden now, is left out."""
    client.post(GIVE, {"person": member.email, "role": "events", "place": "country:KEN"})
    assert member.grants.get().scope_kind == Scope.GLOBAL


def test_the_last_day_counts_in_full(client, administrator, member):
    day = now().astimezone(VIENNA).date() + timedelta(days=30)
    client.post(GIVE, {"person": member.email, "role": "events", "until": day.isoformat()})
    grant = member.grants.get()
    assert grant.ends_at == datetime.combine(day + timedelta(days=1), datetime.min.time(), VIENNA)
    assert list(Grant.objects.waiting()) == [grant]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"person": ""}, "person"),
        ({"person": "Unknown Person"}, "person"),
        ({"role": ""}, "role"),
        ({"role": "emperor"}, "role"),
        ({"role": "regional"}, "place"),
        ({"role": "state", "place": "country:XYZ"}, "place"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "tomorrow"}, "until"),
    ],
)
def test_wrong_input_is_named_at_its_field(client, administrator, member, typed, field):
    assert list(errors_of(client, **{"person": "Grace", "role": "vetting"} | typed)) == [field]


def test_giving_it_twice_is_refused_at_the_role(client, administrator, member):
    GrantFactory(user=member, role=Role.VETTING)
    assert list(errors_of(client, person="Grace", role="vetting")) == ["role"]


def test_accounts_that_are_closed_or_unproved_get_none(client, administrator):
    UserFactory(name="Closed Person", is_active=False)
    UserFactory(name="Waiting Person", verified=False)
    for name in ("Closed Person", "Waiting Person"):
        assert list(errors_of(client, person=name, role="vetting")) == ["person"]


def test_of_several_people_one_is_chosen(client, administrator, member):
    other = UserFactory(name="Grace Kelly")
    assert list(errors_of(client, person="Grace", role="vetting")) == ["account"]
    client.post(GIVE, {"person": "Grace", "account": other.pk, "role": "vetting"})
    assert [grant.user for grant in Grant.objects.waiting()] == [other]


@pytest.mark.parametrize("wanted", ["abc", "9" * 30, "1 OR 1=1", "-1"])
def test_an_account_that_was_not_offered_is_refused(client, administrator, member, wanted):
    UserFactory(name="Grace Kelly")
    assert list(errors_of(client, person="Grace", account=wanted, role="vetting")) == ["account"]


@pytest.mark.parametrize("words", ["Gr\x00ace", "%", "x" * 400, "\u202e"])
def test_any_text_for_a_person_is_refused_at_its_field(client, administrator, member, words):
    assert list(errors_of(client, person=words, role="vetting")) == ["person"]
    assert client.get(LIST, {"q": words}).status_code == 200


def test_many_people_of_one_name_are_told_apart_by_address(client, administrator):
    people = [UserFactory(name="Grace Many") for _number in range(11)]
    assert list(errors_of(client, person="Grace Many", role="vetting")) == ["person"]
    client.post(GIVE, {"person": people[3].email, "role": "vetting"})
    assert [grant.user for grant in Grant.objects.waiting()] == [people[3]]


def test_the_list_is_searched_by_name_or_address_and_paged(client, administrator, member):
    GrantFactory(user=member)
    GrantFactory()
    for words in ("grace", "hopper gra", "grace@example"):
        assert [grant.user for grant in client.get(LIST, {"q": words}).context["grants"]] == [member]
    assert "No role of such a person" in markup_of(client.get(LIST, {"q": "nobody at all"}))
    for _number in range(50):
        GrantFactory()
    assert len(client.get(LIST).context["grants"]) == 50
    assert len(client.get(f"{LIST}?page=2").context["grants"]) == 3


def test_the_pages_cost_the_same_for_one_role_and_for_more(client, administrator, member):
    def add():
        GrantFactory(user=member, granted_by=UserFactory(), confirmed_by=UserFactory())

    assert_no_growth(lambda: client.get(LIST), add)
    assert_no_growth(lambda: client.get(f"{LIST}people/{member.pk}/"), add)
