"""State users: named by note verbale, invited, let in, and taken out at once."""

import re
from datetime import date, timedelta
from itertools import count

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role, Scope
from accounts.people.models import Grant, User
from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from search.actions import index
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import Stakeholder
from stakeholders.state_accounts import actions as state_accounts_actions
from stakeholders.state_accounts.enums import StateEnd
from stakeholders.state_accounts.models import StateAccount
from tests.factories.accounts import GrantFactory, UserFactory, person_with, sign_in
from tests.factories.stakeholders import PDF, StakeholderFactory, member_of
from tests.stakeholders.state_accounts.invitations import ADDRESS, invite
from tests.support import assert_no_growth, refused_and_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

PATH = "/en/desk/vetting/states/"
FORM = {
    "country": "KEN",
    "person": "Ms Envoy",
    "address": ADDRESS,
    "language": "fr",
    "note_reference": "NV 12/2026",
    "note_date": "2026-10-01",
}


@pytest.fixture
def head():
    return person_with(Role.HEAD, name="Hanna Head")


def accepted(head, address=ADDRESS):
    person = UserFactory(email=address)
    return state_accounts_actions.accept_state(invite(head, address), actor=person), person


def link():
    return Message.objects.filter(kind="stakeholders.state_invited").latest("pk").url


def test_the_desk_invites_and_the_person_accepts(client, head):
    sign_in(client, head)
    page = client.post(PATH, {**FORM, "scan": PDF("note.pdf")}, follow=True)
    assert "The invitation is on its way." in page.text
    account = StateAccount.objects.get()
    assert (account.note_reference, account.note_date, account.name) == (
        "NV 12/2026",
        date(2026, 10, 1),
        "note.pdf",
    )
    mail = compose(Message.objects.get())
    assert mail.extra_headers["Content-Language"] == "fr"
    assert "NV 12/2026" in mail.body
    path = link().replace("/fr/", "/en/")
    client.logout()
    assert "NV 12/2026" not in client.get(path).text
    envoy = UserFactory(email=ADDRESS)
    sign_in(client, envoy)
    assert f'href="/en/stakeholders/for-states/{account.pk}/"' in client.get("/en/me/").text
    assert "NV 12/2026" in client.get(path).text
    assert not Grant.objects.filter(user=envoy).exists()
    page = client.post(path, follow=True)
    assert "You are now here for Kenya." in page.text
    assert "For States" in page.text
    assert "As a State user you see public" in page.text
    grant = Grant.objects.get(user=envoy)
    assert (grant.role, grant.scope_kind, grant.scope_code) == (Role.STATE, Scope.COUNTRY, "KEN")
    assert (grant.granted_by, bool(grant.confirmed_at)) == (head, True)
    assert client.get(path).status_code == 410


def test_the_scanned_note_is_for_those_who_keep_the_accounts(client, head):
    account = invite(head, scan=PDF())
    person = UserFactory(email=ADDRESS)
    state_accounts_actions.accept_state(account, actor=person)
    url = f"/files/note/{account.pk}/"
    people = {
        404: [person, UserFactory(), *map(person_with, (Role.VETTING, Role.REGIONAL, Role.EVENTS))],
        200: [head, person_with(Role.ADMINISTRATOR)],
    }
    for answer, some in people.items():
        for reader in some:
            sign_in(client, reader)
            assert client.get(url).status_code == answer


LISTINGS = (Listing.PUBLIC, Listing.MEMBERS_STATES, Listing.MEMBERS, Listing.COUNTRY, Listing.UNLISTED)


@pytest.mark.parametrize("also_member", (False, True))
def test_a_state_user_never_sees_what_is_for_members_alone(client, head, also_member):
    """Also one who becomes a member later: an organization may have to hide from its own State."""
    _account, person = accepted(head)
    if also_member:
        own = StakeholderFactory(name="Own", listing=Listing.UNLISTED)
        own.memberships.create(user=person, role="admin")
    rows = {listing: StakeholderFactory(name=f"Lantern {listing}", listing=listing) for listing in LISTINGS}
    for row in rows.values():
        index(row)
    person = User.objects.get(pk=person.pk)
    visible_entries = Stakeholder.objects.visible_to(person).filter(name__startswith="Lantern")
    assert {row.listing for row in visible_entries} == {Listing.PUBLIC, Listing.MEMBERS_STATES}
    assert not person.has_perm("stakeholders.take_part")
    sign_in(client, person)
    for path in ("/en/stakeholders/", "/en/stakeholders/?q=Lantern", "/en/search/?q=Lantern"):
        text = re.sub("</?mark>", "", client.get(path).text)
        assert set(re.findall(r"Lantern (\w+)", text)) == {"public", "members_states"}
    for listing, row in rows.items():
        answer = client.get(row.get_absolute_url()).status_code
        assert answer == (200 if listing in (Listing.PUBLIC, Listing.MEMBERS_STATES) else 404)


def test_ended_the_role_is_gone_at_once(client, head):
    account, person = accepted(head)
    shared = StakeholderFactory(listing=Listing.MEMBERS_STATES)
    sign_in(client, person)
    assert client.get(shared.get_absolute_url()).status_code == 200
    state_accounts_actions.end_state(account, actor=head, reason=StateEnd.LEFT)
    assert client.get(shared.get_absolute_url()).status_code == 404
    assert "For States" not in client.get("/en/me/").text
    assert not Grant.objects.live().filter(user=person).exists()
    assert Entry.objects.get(action="stakeholders.state_ended").data == {"reason": "left"}
    mail = compose(Message.objects.get(kind="stakeholders.state_ended"))
    assert "Kenya" in mail.subject
    assert "The person has left the post" in mail.body
    with pytest.raises(WrongState):
        state_accounts_actions.end_state(account, actor=head, reason=StateEnd.LEFT)
    assert invite(head).is_good


def test_an_account_whose_role_the_administration_ended_can_still_be_ended(head):
    account, person = accepted(head)
    Grant.objects.filter(user=person).update(ends_at=now())
    assert state_accounts_actions.end_state(account, actor=head, reason=StateEnd.NOTE).ended_at


def test_an_end_needs_a_reason_and_keeps_what_was_typed(client, head):
    account, _person = accepted(head)
    sign_in(client, head)
    url = f"{PATH}{account.pk}/end/"
    assert client.post(url, {"note": "typed before"}).context["form"].errors.keys() == {"reason"}
    page = client.post(url, {"reason": "other", "note": ""})
    assert page.context["form"].errors.keys() == {"note"}
    assert "typed before" in client.post(url, {"note": "typed before"}).text
    account.refresh_from_db()
    assert account.is_live
    page = client.post(url, {"reason": "conduct", "note": "A note"}, follow=True)
    assert "sees what everybody sees from this moment on" in page.text
    assert "A note" in page.text


def test_a_member_or_somebody_of_the_portal_gets_no_state_account(head):
    refused = (
        member_of(StakeholderFactory(), email="a@example.org"),
        person_with(Role.VETTING, email="b@example.org"),
        person_with(Role.REGIONAL, email="c@example.org"),
    )
    for person in refused:
        account = invite(head, person.email)
        with pytest.raises(DomainError):
            state_accounts_actions.accept_state(account, actor=User.objects.get(pk=person.pk))
    assert not Grant.objects.filter(role=Role.STATE).exists()


def test_whoever_may_not_invite_any_more_gives_no_role(head):
    account = invite(head)
    Grant.objects.filter(user=head).update(ends_at=now())
    person = UserFactory(email=ADDRESS)
    with pytest.raises(DomainError, match="The person who invited you may no"):
        state_accounts_actions.accept_state(StateAccount.objects.get(), actor=person)
    other = person_with(Role.ADMINISTRATOR)
    state_accounts_actions.invite_state_again(account, actor=other)
    assert (
        state_accounts_actions.accept_state(StateAccount.objects.get(), actor=person).grant.granted_by
        == other
    )


def test_another_address_an_old_link_and_a_late_one_give_nothing(client, head):
    account = invite(head)
    old = link()
    stranger, person = UserFactory(), UserFactory(email=ADDRESS)
    with pytest.raises(PermissionDenied):
        state_accounts_actions.accept_state(account, actor=stranger)
    sign_in(client, stranger)
    assert "but you are signed in as" in client.post(old).text
    assert client.get(f"/en/stakeholders/for-states/{account.pk}/").status_code == 404
    state_accounts_actions.invite_state_again(account, actor=head)
    assert client.get(old).status_code == 404
    with pytest.raises(WrongState):
        state_accounts_actions.accept_state(account, actor=person)
    with time_machine.travel(now() + timedelta(days=settings.STAKEHOLDERS_DESK_INVITATION_DAYS, hours=1)):
        assert client.get(link()).status_code == 410
        with pytest.raises(WrongState):
            state_accounts_actions.accept_state(StateAccount.objects.get(), actor=person)
    assert not Grant.objects.filter(role=Role.STATE).exists()


def test_one_account_for_each_address(head):
    invite(head)
    with pytest.raises(DomainError) as refused:
        invite(head, "ENVOY@mission.example", country="AUT")
    assert set(refused.value.fields) == {"address"}
    assert (StateAccount.objects.count(), Message.objects.count()) == (1, 1)


def test_bad_input_keeps_what_was_typed(client, head):
    sign_in(client, head)
    page = client.post(PATH, {**FORM, "note_date": "2999-01-01", "country": "", "address": "nobody"})
    assert page.context["form"].errors.keys() == {"note_date", "country", "address"}
    assert 'value="NV 12/2026"' in page.text
    assert not StateAccount.objects.exists()


@pytest.mark.parametrize("people", refused_and_each([*Role, None], (Role.HEAD, Role.ADMINISTRATOR)))
def test_who_keeps_state_accounts(client, head, people, subtests):
    account = invite(head)
    for role in people:
        with subtests.test(role=role):
            person = person_with(role) if role else UserFactory()
            sign_in(client, person)
            may = role in (Role.HEAD, Role.ADMINISTRATOR)
            for path in (PATH, f"{PATH}{account.pk}/"):
                assert client.get(path).status_code == (200 if may else 404)
            assert client.post(f"{PATH}{account.pk}/again/").status_code == (302 if may else 404)
            assert person.has_perm("stakeholders.view_stateaccount", account) == may
            assert StateAccount.objects.visible_to(person).contains(account) == may
            if not may:
                for forbidden in (
                    lambda person=person: invite(person, "x@example.org"),
                    lambda person=person: state_accounts_actions.invite_state_again(account, actor=person),
                    lambda person=person: state_accounts_actions.end_state(
                        account, actor=person, reason=StateEnd.LEFT
                    ),
                ):
                    with pytest.raises(PermissionDenied):
                        forbidden()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_mails_are_in_the_language_of_the_person(head, language):
    person = UserFactory(email=ADDRESS, language=language)
    account = state_accounts_actions.accept_state(invite(head, language=language), actor=person)
    state_accounts_actions.end_state(account, actor=head, reason=StateEnd.NOTE)
    for message in Message.objects.all():
        mail = compose(message)
        assert mail.extra_headers["Content-Language"] == language
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in mail.alternatives[0].content
    assert Message.objects.count() == 2


def test_the_list_costs_the_same_for_one_and_for_many(client, head):
    numbers = count()
    sign_in(client, head)
    assert_no_growth(lambda: client.get(PATH), lambda: accepted(head, f"s{next(numbers)}@example.org"))


def test_a_role_for_everywhere_names_no_state(client):
    person = UserFactory()
    GrantFactory(user=person, role=Role.STATE)
    sign_in(client, person)
    assert client.get("/en/me/").status_code == 200


def test_an_invited_person_declines_by_the_link(client, head):
    account = invite(head)
    answer = client.post(link(), {"decline": "yes", "reason": "I have left the mission"}, follow=True)
    assert "The invitation is declined." in answer.text
    account.refresh_from_db()
    assert (account.end_reason, account.end_note, account.ended_by) == (
        StateEnd.DECLINED,
        "I have left the mission",
        None,
    )
    ended = client.get(link())
    assert (ended.status_code, "It was declined" in ended.text) == (410, True)
    message = Message.objects.get(kind="stakeholders.state_declined")
    assert (message.user, "The reason: I have left the mission." in compose(message).body) == (head, True)
    with pytest.raises(WrongState):
        state_accounts_actions.invite_state_again(account, actor=head)
    with pytest.raises(DomainError):
        state_accounts_actions.end_state(invite(head), actor=head, reason=StateEnd.DECLINED)


def test_only_a_state_names_somebody(client, head):
    sign_in(client, head)
    page = client.get(PATH).text
    assert 'value="KEN"' in page
    assert 'value="AIA"' not in page
    client.post(PATH, {**FORM, "country": "AIA"})
    with pytest.raises(DomainError):
        invite(head, country="AIA")
    assert not StateAccount.objects.exists()
