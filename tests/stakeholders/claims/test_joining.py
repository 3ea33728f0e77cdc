"""Asking to join an organization: who may, who answers, and the desk where nobody does."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, TooMany, WrongState
from notifications.outbox.models import Message
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.claims.models import Handover, JoinRequest
from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
from stakeholders.entries.models import Membership
from stakeholders.tasks import pass_on_requests
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.claims import listed_entry
from tests.factories.notifications import due_days
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, refused_and_each
from workflow.items.models import WorkItem
from workflow.items.queries import due_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ROLES = (
    "visitor",
    "stranger",
    "asker",
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
VET = {"vetting", "head"}


@pytest.fixture
def club(reference):
    return StakeholderFactory(name="Coastal Watch")


@pytest.fixture
def admin(club):
    return member_of(club, name="Amina", language="fr")


@pytest.fixture
def join_request(club, admin):
    return claims_actions_joining.ask_to_join(
        club, actor=UserFactory(name="Dalia"), message="I keep the books."
    )


@pytest.fixture
def person(club):
    def of(who, join_request=None):
        match who:
            case "visitor":
                return AnonymousUser()
            case "stranger":
                return UserFactory()
            case "asker":
                return join_request.user
            case "other":
                return member_of(StakeholderFactory())
            case "admin" | "editor" | "reader":
                return member_of(club, who)
        return person_with(who)

    return of


def _enter(client, user):
    client.logout()
    if user.is_authenticated:
        sign_in(client, user)


def late(join_request, days=15):
    JoinRequest.objects.filter(pk=join_request.pk).update(asked_at=now() - timedelta(days=days))


# --- Access ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("people", "answers"),
    [
        (people, answers)
        for answers in ({"admin"}, {"admin", *VET})
        for people in refused_and_each(ROLES, answers)
    ],
)
def test_who_sees_and_who_answers_a_request(client, join_request, person, people, answers, subtests):
    if answers >= VET:  # it is with the desk
        late(join_request)
        claims_actions_joining.pass_on()
    url = f"/en/stakeholders/join-requests/{join_request.pk}/"
    sees = {"asker", "admin", *VET}
    for who in people:
        with subtests.test(who=who):
            _enter(client, person(who, join_request))
            assert client.get(url).status_code == (302 if who == "visitor" else 200 if who in sees else 404)
            expected = 302 if who == "visitor" or who in answers else 404
            assert client.post(url, {"accept": "1", "accept-role": "reader"}).status_code == expected
            assert Membership.objects.filter(user=join_request.user).exists() == (who in answers)


def test_the_desks_pages(client, club, join_request, person, subtests):
    for who in ROLES:
        with subtests.test(who=who):
            _enter(client, person(who, join_request))
            expected = 302 if who == "visitor" else 200 if who in VET else 404
            assert client.get("/en/desk/vetting/joins/").status_code == expected
            assert client.get(f"/en/desk/vetting/administrator/{club.pk}/").status_code == expected
            if who not in VET:
                data = {"address": join_request.user.email, "reason": "So."}
                assert client.post(f"/en/desk/vetting/administrator/{club.pk}/", data).status_code == expected
                assert Handover.objects.count() == 0


@pytest.mark.parametrize(
    "people", refused_and_each(ROLES, set(ROLES) - {"visitor", "admin", "editor", "reader", "state"})
)
def test_who_asks(client, club, admin, person, people, subtests):
    for who in people:
        with subtests.test(who=who):
            user = person(who, JoinRequest(user=UserFactory()))
            _enter(client, user)
            url = f"/en/stakeholders/{club.pk}/join/"
            assert client.get(url).status_code == 200
            answer = client.post(url, {"message": "I keep the books."})
            asks = who not in {"visitor", "admin", "editor", "reader", "state"}
            assert JoinRequest.objects.count() == int(asks)
            assert answer.status_code == (404 if who == "state" else 302 if asks or who == "visitor" else 200)


def test_a_state_user_sees_why_not(client, club):
    sign_in(client, person_with(Role.STATE))
    assert "Accounts of States" in client.get(f"/en/stakeholders/{club.pk}/join/").content.decode()
    with pytest.raises(PermissionDenied):
        claims_actions_joining.ask_to_join(club, actor=person_with(Role.STATE), message="Hello.")


def test_what_is_hidden_cannot_be_asked(club):
    hidden = StakeholderFactory(listing=Listing.UNLISTED)
    with pytest.raises(PermissionDenied):
        claims_actions_joining.ask_to_join(hidden, actor=UserFactory(), message="Hello.")


# --- Asking ----------------------------------------------------------------------------------------
@pytest.mark.behaviour("D-02")
def test_administrators_are_told_in_their_language_and_see_it(client, club, admin, join_request):
    mail = Message.objects.get(kind="stakeholders.join_asked")
    assert (mail.user, mail.language, mail.facts["message"]) == (admin, "fr", "I keep the books.")
    sign_in(client, admin)
    page = client.get(f"/en/stakeholders/{club.pk}/manage/").content.decode()
    assert f'href="/en/stakeholders/join-requests/{join_request.pk}/"' in page
    assert WorkItem.objects.count() == 0


@pytest.mark.parametrize("who", ["editor", "reader"])
def test_other_members_do_not_see_who_asks(client, club, join_request, person, who):
    sign_in(client, person(who))
    assert "Requests to join" not in client.get(f"/en/stakeholders/{club.pk}/manage/").content.decode()


def test_one_request_is_open_at_a_time(client, club, join_request):
    with pytest.raises(WrongState, match="open already"):
        claims_actions_joining.ask_to_join(club, actor=join_request.user, message="Again.")
    sign_in(client, join_request.user)
    answer = client.get(f"/en/stakeholders/{club.pk}/join/")
    assert answer.url == f"/en/stakeholders/join-requests/{join_request.pk}/"
    assert "See my request to join" in client.get(club.get_absolute_url()).content.decode()


def test_nobody_asks_without_end(reference):
    person = UserFactory()
    for _request in range(5):
        claims_actions_joining.ask_to_join(StakeholderFactory(), actor=person, message="Me.")
    with pytest.raises(TooMany):
        claims_actions_joining.ask_to_join(StakeholderFactory(), actor=person, message="Me.")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": Kind.EXPERT}, "belongs to one person"),
        ({"status": Status.LAPSED}, "cannot take new members"),
    ],
)
def test_who_cannot_be_joined(club, fields, words):
    other = StakeholderFactory(**fields)
    person = UserFactory()
    with pytest.raises(DomainError, match=words):
        claims_actions_joining.refuse_unless_joinable(other, person)
    with pytest.raises(WrongState, match="claim it"):
        claims_actions_joining.refuse_unless_joinable(listed_entry(), person)


def test_an_empty_request_says_what_lacks_and_bad_input_is_kept(client, club, admin):
    sign_in(client, UserFactory())
    page = client.post(f"/en/stakeholders/{club.pk}/join/", {"message": "  "}).content.decode()
    assert "Describe in a sentence or two your" in page
    page = client.post(f"/en/stakeholders/{club.pk}/join/", {"message": "x" * 1001}).content.decode()
    assert "x" * 1001 in page


# --- Answering -------------------------------------------------------------------------------------
@pytest.mark.behaviour("D-02")
def test_an_administrator_accepts_with_a_role(client, club, admin, join_request):
    sign_in(client, admin)
    url = f"/en/stakeholders/join-requests/{join_request.pk}/"
    assert 'value="reader"' in client.get(url).content.decode()
    client.post(url, {"accept": "1", "accept-role": "editor"})
    assert Membership.objects.get(user=join_request.user).role == MemberRole.EDITOR
    mail = Message.objects.get(kind="stakeholders.join_accepted")
    assert (mail.user, mail.facts["role"]) == (join_request.user, "editor")
    with pytest.raises(WrongState, match="accepted already"):
        claims_actions_joining.decline_request(join_request, actor=admin, reason="No.")


def test_a_refusal_needs_a_reason_that_the_person_reads(client, club, admin, join_request):
    sign_in(client, admin)
    url = f"/en/stakeholders/join-requests/{join_request.pk}/"
    assert (
        "Give the reason, so that the person understands."
        in client.post(url, {"decline": "1", "decline-reason": ""}).text
    )
    client.post(url, {"decline": "1", "decline-reason": "We do not know you."})
    assert Message.objects.get(kind="stakeholders.join_declined").facts["reason"] == "We do not know you."
    sign_in(client, join_request.user)
    assert "We do not know you." in client.get(url).content.decode()
    with pytest.raises(DomainError, match="not long ago"):
        claims_actions_joining.ask_to_join(club, actor=join_request.user, message="Please.")
    with time_machine.travel(now() + timedelta(days=31)):
        claims_actions_joining.ask_to_join(club, actor=join_request.user, message="Please.")


def test_the_person_withdraws(client, join_request, admin):
    sign_in(client, join_request.user)
    url = f"/en/stakeholders/join-requests/{join_request.pk}/"
    assert client.post(url, {"withdraw": "1"}).status_code == 302
    assert JoinRequest.objects.get().outcome == "withdrawn"
    with pytest.raises(WrongState, match="withdrawn"):
        claims_actions_joining.accept_request(join_request, actor=admin)
    with pytest.raises(PermissionDenied):
        claims_actions_joining.withdraw_request(join_request, actor=admin)


def test_a_suspended_organization_takes_nobody(club, join_request, admin):
    type(club).objects.filter(pk=club.pk).update(status=Status.SUSPENDED)
    with pytest.raises(PermissionDenied):
        claims_actions_joining.accept_request(join_request, actor=admin)


# --- The desk --------------------------------------------------------------------------------------
def test_what_nobody_answers_in_14_days_goes_to_the_desk_once(join_request, vetter):
    late(join_request, days=13)
    pass_on_requests()
    assert WorkItem.objects.count() == 0
    late(join_request, days=14)
    assert (claims_actions_joining.pass_on(), claims_actions_joining.pass_on()) == (1, 0)
    assert list(WorkItem.objects.open().values_list("subject_kind", "subject_id", "waits_for")) == [
        ("stakeholders.joinrequest", join_request.pk, "vetting")
    ]
    assert Message.objects.filter(kind="stakeholders.join_passed_on", user=vetter).count() == 1
    assert due_days("stakeholders.join_passed_on") == {due_of(join_request)} != {""}
    claims_actions_joining.accept_request(join_request, actor=vetter)
    assert WorkItem.objects.open().count() == 0
    assert Membership.objects.get(user=join_request.user).role == MemberRole.READER


@pytest.mark.parametrize("closed", [False, True])
def test_without_an_administrator_the_desk_has_it_at_once(club, vetter, closed):
    if closed:
        left = member_of(club)
        left.is_active = False
        left.save(update_fields=["is_active"])
    join_request = claims_actions_joining.ask_to_join(club, actor=UserFactory(), message="Me.")
    assert WorkItem.objects.open().get().subject_id == join_request.pk


def test_an_administrator_who_is_gone_later_leaves_it_to_the_desk(join_request, admin):
    admin.is_active = False
    admin.save(update_fields=["is_active"])
    assert claims_actions_joining.pass_on() == 1


def test_the_desk_does_not_answer_before_and_nobody_answers_their_own(club, join_request, vetter):
    with pytest.raises(PermissionDenied):
        claims_actions_joining.accept_request(join_request, actor=vetter)
    mine = claims_actions_joining.ask_to_join(StakeholderFactory(), actor=vetter, message="Me.")
    with pytest.raises(PermissionDenied):
        claims_actions_joining.accept_request(mine, actor=vetter)


@pytest.mark.behaviour("D-02")
def test_the_desk_gives_a_stuck_entry_an_administrator(client, club, vetter):
    colleague = member_of(club, MemberRole.READER, language="es")
    person = UserFactory(email="dalia@example.org", language="ar")
    join_request = claims_actions_joining.ask_to_join(club, actor=person, message="Me.")
    sign_in(client, vetter)
    url = f"/en/desk/vetting/administrator/{club.pk}/"
    page = client.post(url, {"address": "nobody@example.org", "reason": "So."}).content.decode()
    assert "No account has confirmed this address" in page
    assert (
        "Give the reason, and how you know that the person acts for the organization."
        in client.post(url, {"address": "dalia@example.org", "reason": " "}).text
    )
    assert client.post(url, {"address": "Dalia@example.org", "reason": "Letter of 3 May."}).status_code == 302
    assert Membership.objects.get(user=person).role == MemberRole.ADMIN
    join_request.refresh_from_db()
    assert (join_request.outcome, join_request.role, WorkItem.objects.open().count()) == (
        "accepted",
        "admin",
        0,
    )
    assert list(Handover.objects.values_list("person", "by", "reason")) == [
        (person.pk, vetter.pk, "Letter of 3 May.")
    ]
    messages = Message.objects.filter(kind__startswith="stakeholders.administrator_").order_by("kind")
    assert list(messages.values_list("kind", "user", "language")) == [
        ("stakeholders.administrator_added", colleague.pk, "es"),
        ("stakeholders.administrator_made", person.pk, "ar"),
    ]
    assert "Letter of 3 May." in client.get(url).content.decode()


def test_a_reader_becomes_administrator(club, vetter):
    reader = member_of(club, MemberRole.READER)
    claims_actions_joining.make_administrator(club, reader, actor=vetter, reason="Letter.")
    assert Membership.objects.get(user=reader).role == MemberRole.ADMIN
    with pytest.raises(WrongState, match="already"):
        claims_actions_joining.make_administrator(club, reader, actor=vetter, reason="Letter.")


def test_the_desk_cannot_appoint_itself_a_state_or_an_expert(club, vetter):
    def refused(stakeholder, person, words):
        with pytest.raises(DomainError, match=words):
            claims_actions_joining.make_administrator(stakeholder, person, actor=vetter, reason="Letter.")

    refused(club, vetter, "You belong to this profile. A")
    refused(club, person_with(Role.STATE), "cannot act")
    refused(StakeholderFactory(kind=Kind.EXPERT), UserFactory(), "belongs to one person")
    refused(listed_entry(), UserFactory(), "Only an active or lapsed")
    with pytest.raises(PermissionDenied):
        claims_actions_joining.make_administrator(club, UserFactory(), actor=UserFactory(), reason="Letter.")
    member_of(club)
    Membership.objects.create(stakeholder=club, user=vetter, role="reader")
    refused(club, UserFactory(), "You belong to this profile. A")


def test_the_desks_list_costs_the_same_for_many(client, vetter):
    def add():
        claims_actions_joining.ask_to_join(StakeholderFactory(), actor=UserFactory(), message="Me.")

    sign_in(client, vetter)
    assert_no_growth(lambda: client.get("/en/desk/vetting/joins/"), add)
    assert client.get("/en/desk/vetting/joins/").text.count("join-requests/") == 3
