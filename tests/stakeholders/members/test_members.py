"""The page of a stakeholder for its own people, and who may do what with its members."""

import re
from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
from stakeholders.entries.models import Membership
from stakeholders.invitations import actions as invitations_actions
from stakeholders.members import actions as members_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory, member_of
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db

ROLES = (
    "visitor",
    "stranger",
    "admin",
    "editor",
    "reader",
    "other",
    "vetting",
    "head",
    "curation",
    "events",
    "reviews",
    "administrator",
    "regional",
    "state",
)
MEMBERS = {"admin", "editor", "reader"}
DESK = {"vetting", "head"}  # who looks after entries
GONE = 404


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Coastal Watch", listing=Listing.PUBLIC)


@pytest.fixture
def person(entry):
    def of(who):
        if who == "visitor":
            return AnonymousUser()
        if who == "stranger":
            return UserFactory()
        if who in MEMBERS:
            return member_of(entry, who)
        if who == "other":
            return member_of(StakeholderFactory())
        return person_with(who)

    return of


def _enter(client, user):
    client.logout()
    if user.is_authenticated:
        sign_in(client, user)


def url_of(entry, rest=""):
    return f"/en/stakeholders/{entry.pk}/manage/{rest}"


def test_who_opens_which_page(client, entry, person, subtests):
    member_of(entry)  # an administrator who stays, whatever is tried
    target = MembershipFactory(stakeholder=entry, role=MemberRole.READER)
    invitation = invitations_actions.invite(entry, "dalia@example.org", "reader", actor=member_of(entry))
    for who in ROLES:
        with subtests.test(who=who):
            _enter(client, person(who))

            def expect(allowed, who=who):
                return 302 if who == "visitor" else 200 if who in allowed else GONE

            assert client.get(url_of(entry)).status_code == expect(MEMBERS | DESK)
            assert client.get(url_of(entry, "entry/")).status_code == expect({"admin", "editor"})
            assert client.get(url_of(entry, "vetted/")).status_code == expect({"admin", "editor"})
            assert client.get(url_of(entry, f"members/{target.pk}/")).status_code == expect({"admin"})
            assert client.get(url_of(entry, "leave/")).status_code == expect(MEMBERS)
            if who != "admin":
                refused = 302 if who == "visitor" else GONE
                for rest, data in (
                    ("invite/", {"address": "x@example.org", "role": "admin", "language": "en"}),
                    (f"invitations/{invitation.pk}/", {"withdraw": "1"}),
                    (f"members/{target.pk}/", {"role": "admin"}),
                    (f"members/{target.pk}/", {"remove": "1"}),
                ):
                    assert client.post(url_of(entry, rest), data).status_code == refused, rest
                invitation.refresh_from_db()
                target.refresh_from_db()
                assert (invitation.is_open, target.role, entry.invitations.count()) == (True, "reader", 1)


def test_a_hidden_page_answers_exactly_like_a_missing_one(client, entry):
    sign_in(client, UserFactory())
    hidden, missing = client.get(url_of(entry)), client.get("/en/stakeholders/999999/manage/")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert token.sub("", hidden.text).replace(f"/{entry.pk}/", "/N/") == token.sub("", missing.text).replace(
        "/999999/", "/N/"
    )


def test_members_of_one_stakeholder_are_not_reached_through_another(client, entry):
    """An administrator of A cannot touch a member of B by B's number under A's address."""
    other = MembershipFactory(role=MemberRole.READER)
    sign_in(client, member_of(entry))
    assert client.get(url_of(entry, f"members/{other.pk}/")).status_code == GONE
    assert client.post(url_of(entry, f"members/{other.pk}/"), {"remove": "1"}).status_code == GONE
    assert Membership.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("verb", "allowed"),
    (
        ("manage_stakeholder", MEMBERS | DESK),
        ("manage_members", {"admin"}),
        ("leave_stakeholder", MEMBERS),
        ("judge_stakeholder", {"vetting", "head"}),
        ("change_stakeholder", {"admin", "editor"}),
    ),
)
def test_who_may_do_what(entry, person, verb, allowed):
    users = {who: person(who) for who in ROLES if who != "visitor"}
    assert {who for who, user in users.items() if user.has_perm(f"stakeholders.{verb}", entry)} == allowed


@pytest.mark.parametrize("status", (Status.SUSPENDED, Status.WITHDRAWN))
def test_what_nobody_looks_after_is_not_changed_but_may_be_left(client, entry, status):
    member_of(entry)
    admin = member_of(entry)
    entry.status = status
    entry.save(update_fields=["status"])
    sign_in(client, admin)
    assert "The profile cannot be edited now." in client.get(url_of(entry)).text
    assert client.get(url_of(entry, "entry/")).status_code == GONE
    assert client.post(url_of(entry, "leave/")).status_code == 302
    assert not Membership.objects.filter(user=admin).exists()


@pytest.mark.behaviour("D-13")
def test_the_page_is_reached_from_my_work_and_the_profile(client, entry):
    sign_in(client, member_of(entry, MemberRole.READER))
    link = f'href="{url_of(entry)}"'
    assert link in client.get("/en/me/").text
    assert link in client.get(entry.get_absolute_url()).text
    sign_in(client, UserFactory())
    assert link not in client.get(entry.get_absolute_url()).text


def test_addresses_show_to_administrators_and_the_desk_alone(client, entry):
    admin, reader = member_of(entry, email="amina@example.org"), member_of(entry, MemberRole.READER)
    invitations_actions.invite(entry, "dalia@example.org", "reader", actor=admin)
    for user, shown in ((admin, True), (person_with(Role.VETTING), True), (reader, False)):
        sign_in(client, user)
        page = client.get(url_of(entry)).text
        main = page[page.index("<main") :]
        assert ("amina@example.org" in main, "dalia@example.org" in main) == (shown, shown)


@pytest.mark.behaviour("D-13")
def test_an_admin_changes_a_role_and_the_person_is_told(client, entry):
    admin = member_of(entry, name="Amina")
    ben = member_of(entry, MemberRole.READER, name="Ben", language="fr")
    membership = Membership.objects.get(user=ben)
    sign_in(client, admin)
    page = client.post(url_of(entry, f"members/{membership.pk}/"), {"role": "editor"}, follow=True)
    assert "The role is changed." in page.text
    assert "changed the role of a member from Reader to Editor" in page.text
    membership.refresh_from_db()
    assert membership.role == MemberRole.EDITOR
    letter = compose(Message.objects.get(kind="stakeholders.role_changed", user=ben))
    assert letter.extra_headers["Content-Language"] == "fr"
    assert f"/fr/stakeholders/{entry.pk}/manage/" in letter.body


@pytest.mark.behaviour("D-13")
def test_an_admin_removes_a_member_who_is_told(client, entry):
    admin, ben = member_of(entry, name="Amina"), member_of(entry, name="Ben")
    membership = Membership.objects.get(user=ben)
    sign_in(client, admin)
    page = client.post(url_of(entry, f"members/{membership.pk}/"), {"remove": "1"}, follow=True)
    assert "The membership is ended." in page.text
    assert not Membership.objects.filter(user=ben).exists()
    letter = compose(Message.objects.get(kind="stakeholders.member_removed", user=ben))
    assert letter.subject == "You no longer act for Coastal Watch"
    late = client.post(url_of(entry, f"members/{membership.pk}/"), {"remove": "1"})
    assert late.status_code == GONE


@pytest.mark.behaviour("D-13")
def test_a_member_leaves_and_the_administrators_are_told(client, entry):
    admin = member_of(entry, name="Amina")
    ben = member_of(entry, MemberRole.EDITOR, name="Ben")
    sign_in(client, ben)
    assert "no longer act" in client.get(url_of(entry, "leave/")).text
    page = client.post(url_of(entry, "leave/"), follow=True)
    assert "You no longer act for Coastal Watch." in page.text
    assert list(Membership.objects.values_list("user", flat=True)) == [admin.pk]
    assert list(Message.objects.values_list("kind", "user")) == [("stakeholders.member_left", admin.pk)]


@pytest.mark.behaviour("D-13")
def test_the_last_admin_neither_leaves_nor_steps_down(client, entry):
    admin = member_of(entry)
    member_of(entry, MemberRole.EDITOR)
    closed = member_of(entry, is_active=False)
    mine = Membership.objects.get(user=admin)
    sign_in(client, admin)
    text = "This is the last administrator."
    assert text in client.post(url_of(entry, "leave/"), follow=True).text
    assert text in client.post(url_of(entry, f"members/{mine.pk}/"), {"role": "reader"}).text
    assert (
        "To end your own membership"
        in client.post(url_of(entry, f"members/{mine.pk}/"), {"remove": "1"}).text
    )
    mine.refresh_from_db()
    assert mine.role == MemberRole.ADMIN
    members_actions.remove_member(Membership.objects.get(user=closed), actor=admin)


@pytest.mark.behaviour("D-13")
def test_the_last_admin_hands_over_and_leaves(client, entry):
    admin, heir = member_of(entry), member_of(entry, MemberRole.READER)
    sign_in(client, admin)
    client.post(url_of(entry, f"members/{Membership.objects.get(user=heir).pk}/"), {"role": "admin"})
    client.post(url_of(entry, "leave/"))
    assert list(Membership.objects.values_list("user", "role")) == [(heir.pk, "admin")]


def test_acts_ask_for_the_permission_themselves(entry):
    admin, editor = member_of(entry), member_of(entry, MemberRole.EDITOR)
    membership = Membership.objects.get(user=admin)
    with pytest.raises(PermissionDenied):
        members_actions.change_role(membership, MemberRole.READER, actor=editor)
    with pytest.raises(PermissionDenied):
        members_actions.remove_member(membership, actor=editor)
    with pytest.raises(WrongState):
        members_actions.leave(entry, actor=UserFactory())
    with pytest.raises(DomainError):
        members_actions.change_role(membership, "owner", actor=admin)


def test_an_expert_does_not_leave_their_own_entry(reference):
    expert = StakeholderFactory(kind=Kind.EXPERT)
    with pytest.raises(PermissionDenied):
        members_actions.leave(expert, actor=member_of(expert))


def test_the_page_costs_the_same_for_one_and_three(client, entry):
    admin, numbers = member_of(entry), count()
    sign_in(client, admin)

    def add():
        member_of(entry, MemberRole.READER)
        invitations_actions.invite(entry, f"p{next(numbers)}@example.org", "reader", actor=admin)

    assert_no_growth(lambda: client.get(url_of(entry)), add)
