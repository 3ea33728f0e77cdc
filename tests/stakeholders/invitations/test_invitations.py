"""A colleague is invited, signs up or in, and accepts; and everything that must not happen on the way."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core.digests import digest_of
from core.errors import DomainError, WrongState
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
from stakeholders.entries.models import Membership
from stakeholders.invitations import actions as invitations_actions
from stakeholders.invitations.models import Invitation
from stakeholders.members.actions import change_role, remove_member
from tests.factories.accounts import PASSWORD, UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import markup_of

pytestmark = pytest.mark.django_db

ADDRESS = "dalia@example.org"


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Coastal Watch", listing=Listing.UNLISTED)


@pytest.fixture
def admin(entry):
    return member_of(entry, name="Amina Njeri", email="amina@example.org")


@pytest.fixture
def as_admin(client, admin):
    sign_in(client, admin)
    return client


def sent(address=ADDRESS):
    """The last invitation mail to an address, with its path."""
    message = Message.objects.filter(kind="stakeholders.invited", address=address).latest("pk")
    return compose(message), message.url


@pytest.mark.behaviour("D-13")
def test_an_admin_invites_and_the_invited_person_joins(as_admin, entry, admin, client):
    page = as_admin.post(
        f"/en/stakeholders/{entry.pk}/manage/invite/",
        {"address": "Dalia@Example.org", "role": "editor", "language": "fr"},
        follow=True,
    )
    assert "The invitation is on its way to dalia@example.org." in page.text
    assert ADDRESS in page.text
    letter, link = sent()
    assert link.startswith("/fr/stakeholders/invitations/")
    assert letter.extra_headers["Content-Language"] == "fr"
    assert f"http://testserver{link}" in letter.body
    assert "Coastal Watch" in letter.subject

    client.logout()
    link = link.replace("/fr/", "/en/")
    page_text = client.get(link).text
    assert f'href="/en/accounts/login/?next={link}"' in page_text
    assert f'href="/en/accounts/signup/?next={link}"' in page_text
    dalia = UserFactory(email=ADDRESS, name="Dalia")
    sign_in(client, dalia)
    assert "Accept the invitation" in client.get(link).text
    assert not Membership.objects.filter(user=dalia).exists()
    joined = client.post(link, follow=True)
    assert joined.redirect_chain[-1][0] == f"/en/stakeholders/{entry.pk}/manage/"
    assert "You now act for Coastal Watch." in joined.text
    assert Membership.objects.get(user=dalia).role == MemberRole.EDITOR
    message = Message.objects.get(kind="stakeholders.member_joined")
    assert (message.user, message.facts["person"]) == (admin, "Dalia")
    assert "Dalia accepted an invitation and joined as Editor" in joined.text


def test_whoever_is_signed_out_comes_back_after_signing_in(client, entry, admin):
    invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    UserFactory(email=ADDRESS)
    _letter, link = sent()
    answer = client.post(
        f"/en/accounts/login/?next={link}", {"login": ADDRESS, "password": PASSWORD, "next": link}
    )
    assert answer["Location"] == link


def test_the_invitation_waits_on_my_work_for_whoever_has_just_signed_up(client, entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    dalia = UserFactory(email=ADDRESS)
    sign_in(client, dalia)
    link = f"/en/stakeholders/invitations/{invitation.pk}/"
    assert f'href="{link}"' in client.get("/en/me/").text
    assert client.get(link).status_code == 200
    client.post(link)
    assert Membership.objects.get(user=dalia).role == MemberRole.READER
    assert f'href="{link}"' not in client.get("/en/me/").text


def test_opening_the_link_changes_nothing(client, entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    _letter, link = sent()
    for user in (None, UserFactory(), UserFactory(email=ADDRESS)):
        client.logout()
        if user:
            sign_in(client, user)
        before = (Entry.objects.count(), Message.objects.count())
        assert client.get(link).status_code == 200
        assert (Entry.objects.count(), Message.objects.count()) == before
    invitation.refresh_from_db()
    assert (invitation.is_open, Membership.objects.count()) == (True, 1)


@pytest.mark.behaviour("D-13")
def test_another_address_is_told_so_and_joins_nothing(client, entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "admin", actor=admin)
    _letter, link = sent()
    unproved = UserFactory(email="other@example.org")
    unproved.emailaddress_set.create(email=ADDRESS, verified=False, primary=False)
    for person in (unproved, UserFactory()):
        sign_in(client, person)
        page = client.get(link).text
        assert f"This invitation was sent to {ADDRESS}, but you are signed in as {person.email}" in page
        assert "Accept the invitation" not in page
        assert "This invitation was sent to dalia@example.org" in client.post(link).text
        assert client.get(f"/en/stakeholders/invitations/{invitation.pk}/").status_code == 404
        with pytest.raises(PermissionDenied):
            invitations_actions.accept(invitation, actor=person)
    assert Membership.objects.filter(stakeholder=entry).count() == 1


def test_a_visitor_who_posts_is_asked_to_sign_in(client, entry, admin):
    invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    _letter, link = sent()
    assert "create one with this address first" in client.post(link).text
    assert Membership.objects.count() == 1


def test_a_made_up_link_is_not_there(client):
    assert client.get("/en/stakeholders/invitations/made-up/").status_code == 404


def test_only_a_digest_of_the_link_is_kept(entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    _letter, link = sent()
    token = link.rstrip("/").rpartition("/")[2]
    assert invitation.token_hash == digest_of(token)
    assert token not in str(vars(invitation))


@pytest.mark.parametrize("how", ("withdrawn", "run out", "accepted", "sent again"))
def test_an_ended_link_says_so_and_names_nobody(client, entry, admin, how):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    _letter, link = sent()
    match how:
        case "withdrawn":
            invitations_actions.withdraw_invitation(invitation, actor=admin)
        case "run out":
            Invitation.objects.update(expires_at=now() - timedelta(minutes=1))
        case "accepted":
            invitations_actions.accept(invitation, actor=UserFactory(email=ADDRESS))
        case "sent again":
            invitations_actions.invite_again(invitation, actor=admin)
    sign_in(client, UserFactory(email="somebody@example.org"))
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == (404 if how == "sent again" else 410)
        assert "Coastal Watch" not in answer.text


def test_an_invitation_runs_out_after_14_days(entry, admin):
    dalia = UserFactory(email=ADDRESS)
    with time_machine.travel("2026-11-01T12:00:00Z", tick=False):
        invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    with time_machine.travel("2026-11-15T12:00:01Z", tick=False), pytest.raises(WrongState):
        invitations_actions.accept(invitation, actor=dalia)
    with time_machine.travel("2026-11-15T11:59:59Z", tick=False):
        invitations_actions.accept(invitation, actor=dalia)
    assert Membership.objects.filter(user=dalia).exists()


def test_one_open_invitation_per_address(as_admin, entry, admin):
    invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    page = as_admin.post(
        f"/en/stakeholders/{entry.pk}/manage/invite/",
        {"address": "DALIA@example.org", "role": "admin", "language": "en"},
    )
    assert "An invitation to this address is open already." in page.text
    assert Invitation.objects.count() == 1
    Invitation.objects.update(expires_at=now() - timedelta(days=1))
    invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    assert (Invitation.objects.count(), Invitation.objects.good().count()) == (2, 1)


def test_a_member_is_not_invited_again(entry, admin):
    with pytest.raises(DomainError, match="a member already"):
        invitations_actions.invite(entry, "AMINA@example.org", "reader", actor=admin)


def test_an_invitation_is_sent_again_with_a_new_link_and_withdrawn(as_admin, entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    _letter, old = sent()
    url = f"/en/stakeholders/{entry.pk}/manage/invitations/{invitation.pk}/"
    assert "A new link is on its way" in as_admin.post(url, {"again": "1"}, follow=True).text
    _letter, new = sent()
    assert old != new
    assert as_admin.get(new).status_code == 200
    assert "is withdrawn" in as_admin.post(url, {"withdraw": "1"}, follow=True).text
    assert as_admin.get(new).status_code == 410
    assert "This invitation was withdrawn." in as_admin.post(url, {"again": "1"}, follow=True).text


def test_a_withdrawn_invitation_is_not_mailed_any_more(entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    message = Message.objects.get(kind="stakeholders.invited")
    assert message.still_visible(None)
    invitations_actions.withdraw_invitation(invitation, actor=admin)
    assert not message.still_visible(None)


def test_whoever_is_a_member_already_keeps_their_role(entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    editor = member_of(entry, MemberRole.EDITOR, email=ADDRESS)
    invitations_actions.accept(invitation, actor=editor)
    assert Membership.objects.get(user=editor).role == MemberRole.EDITOR


@pytest.mark.parametrize("end", ("removed", "demoted"))
def test_invitations_end_with_the_administrator_who_was_removed(entry, admin, end):
    other = member_of(entry)
    invitations_actions.invite(entry, ADDRESS, "admin", actor=other)
    membership = Membership.objects.get(user=other)
    if end == "removed":
        remove_member(membership, actor=admin)
    else:
        change_role(membership, MemberRole.READER, actor=admin)
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize("status", (Status.SUSPENDED, Status.WITHDRAWN))
def test_nobody_joins_what_does_not_take_part(entry, admin, status):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    entry.status = status
    entry.save(update_fields=["status"])
    with pytest.raises(DomainError, match="cannot take new members now"):
        invitations_actions.accept(invitation, actor=UserFactory(email=ADDRESS))
    with pytest.raises(PermissionDenied):
        invitations_actions.invite(entry, "another@example.org", "reader", actor=admin)


def test_an_individual_expert_invites_nobody(client, reference):
    expert = StakeholderFactory(kind=Kind.EXPERT, name="Dr Mwangi")
    person = member_of(expert)
    with pytest.raises(PermissionDenied):
        invitations_actions.invite(expert, ADDRESS, "reader", actor=person)
    sign_in(client, person)
    url = f"/en/stakeholders/{expert.pk}/manage/"
    page = client.get(url).text
    assert "Invite a colleague" not in page
    assert ">Members<" not in markup_of(page)
    assert client.post(url + "invite/", {"address": ADDRESS}).status_code == 404
    assert client.get(url + "leave/").status_code == 404


def test_who_sees_invitations(entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    people = {
        "admin": admin,
        "editor": member_of(entry, MemberRole.EDITOR),
        "stranger": UserFactory(),
        "invited": UserFactory(email=ADDRESS),
        "other admin": member_of(StakeholderFactory()),
        "desk": person_with(Role.EVENTS),
        "regional": person_with(Role.REGIONAL),
    }
    readers = {who for who, user in people.items() if Invitation.objects.visible_to(user).exists()}
    assert readers == {"admin", "invited", "desk"}
    assert {
        who for who, u in people.items() if u.has_perm("stakeholders.view_invitation", invitation)
    } == readers
    may = {who for who, u in people.items() if u.has_perm("stakeholders.accept_invitation", invitation)}
    assert may == {"invited"}


def test_invitations_are_limited(as_admin, entry):
    url = f"/en/stakeholders/{entry.pk}/manage/invite/"
    for n in range(30):
        as_admin.post(url, {"address": f"p{n}@example.org", "role": "reader", "language": "en"})
    assert Invitation.objects.count() == 30
    last = as_admin.post(url, {"address": "one@example.org", "role": "reader", "language": "en"})
    assert last.status_code == 429
    assert Invitation.objects.count() == 30


def test_somebody_without_an_account_signs_up_first_and_finds_the_invitation(client, entry, admin):
    invitations_actions.invite(entry, ADDRESS, "editor", actor=admin)
    _letter, link = sent()
    joining = {
        "email": ADDRESS,
        "password1": PASSWORD,
        "name": "Dalia",
        "is_unaffiliated": "False",
        "language": "en",
        "time_zone": "Africa/Nairobi",
    }
    client.post(f"/en/accounts/signup/?next={link}", {**joining, "next": link})
    confirm = Message.objects.get(kind="accounts.email_confirmation_signup", address=ADDRESS)
    client.post(confirm.url)
    signed_in = client.post("/en/accounts/login/", {"login": ADDRESS, "password": PASSWORD}, follow=True)
    assert signed_in.redirect_chain[-1][0] == "/en/me/"
    invitation = Invitation.objects.get()
    assert f'href="/en/stakeholders/invitations/{invitation.pk}/"' in signed_in.text
    assert client.get(link).status_code == 200
    assert "You now act for Coastal Watch." in client.post(link, follow=True).text


def test_on_the_way_to_an_invitation_one_signs_up_with_its_address_and_no_other(client, entry, admin):
    invitations_actions.invite(entry, ADDRESS, "editor", actor=admin)
    _letter, link = sent()
    client.get(link)
    page = client.get(f"/en/accounts/signup/?next={link}").text
    assert 'name="is_unaffiliated"' not in page  # an organization invites
    box = next(tag for tag in re.findall(r"<input[^>]*>", page) if 'name="email"' in tag)
    assert f'value="{ADDRESS}"' in box
    assert "disabled" in box
    client.post(
        "/en/accounts/signup/",
        {
            "email": "another@example.org",
            "password1": PASSWORD,
            "name": "Dalia",
            "language": "en",
            "time_zone": "Africa/Nairobi",
            "next": link,
        },
    )
    assert list(Message.objects.filter(kind="accounts.email_confirmation_signup").values_list("address")) == [
        (ADDRESS,)
    ]
    elsewhere = client.get("/en/accounts/signup/?next=/en/me/").text
    box = next(tag for tag in re.findall(r"<input[^>]*>", elsewhere) if 'name="email"' in tag)
    assert "disabled" not in box


@pytest.mark.behaviour("D-13")
def test_an_invited_person_declines_without_an_account(client, entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    _letter, link = sent()
    assert "Decline the invitation" in client.get(link).text
    answer = client.post(link, {"decline": "yes", "reason": "No longer there"}, follow=True)
    assert "The invitation is declined." in answer.text
    invitation.refresh_from_db()
    assert (invitation.declined, invitation.is_open) == (True, False)
    message = Message.objects.get(kind="stakeholders.invitation_declined")
    assert (message.user, message.facts["address"]) == (admin, ADDRESS)
    assert ADDRESS in compose(message).body
    assert "The reason: No longer there." in compose(message).body
    ended = client.get(link)
    assert (ended.status_code, "It was declined." in ended.text) == (410, True)
    assert client.post(link, {"decline": "yes"}).status_code == 410
    sign_in(client, admin)
    assert (
        "An invited person declined the invitation" in client.get(f"/en/stakeholders/{entry.pk}/manage/").text
    )


def test_an_old_link_declines_nothing(client, entry, admin):
    invitation = invitations_actions.invite(entry, ADDRESS, "reader", actor=admin)
    old = Invitation.objects.get(pk=invitation.pk)
    invitations_actions.invite_again(invitation, actor=admin)
    with pytest.raises(WrongState):
        invitations_actions.decline(old, actor=None)
    invitation.refresh_from_db()
    assert invitation.is_open
