"""Roles: who may give, confirm and end them, and what each may do in the admin."""

import datetime
import re
import socket
import threading
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from accounts.management.commands.first_administrator import Command
from accounts.people import rules as people_rules
from accounts.people.actions import confirm_grant, end_grant, grant_role
from accounts.people.enums import Role, Scope
from accounts.people.models import Grant, User
from core.errors import DomainError, WrongState
from notifications.mail_url import mailer_from_url
from notifications.outbox.models import Message
from tests.factories.accounts import GrantFactory, UserFactory, person_with, sign_in
from tests.whatson import ROOT

pytestmark = pytest.mark.django_db
EVERYBODY = ["", *Role.values]


def somebody(role):
    return person_with(role) if role else UserFactory()


@pytest.fixture
def administrator():
    return person_with(Role.ADMINISTRATOR)


class TestWhoMay:
    def test_give(self, subtests):
        user = UserFactory()
        for role in EVERYBODY:
            actor = somebody(role)
            for given in Role.values:
                with subtests.test(role=role, given=given):
                    allowed = role == "administrator" or (role == "head" and given in ("regional", "state"))
                    grant = Grant(user=user, role=given, granted_by=actor)
                    assert actor.has_perm("accounts.give_grant", grant) is allowed

    def test_end(self, subtests):
        grants = {given: GrantFactory(role=given) for given in Role.values}
        for role in EVERYBODY:
            actor = somebody(role)
            for given, grant in grants.items():
                with subtests.test(role=role, given=given):
                    allowed = role == "administrator" or (role == "head" and given in ("regional", "state"))
                    assert actor.has_perm("accounts.end_grant", grant) is allowed

    def test_confirm(self, subtests):
        waiting = GrantFactory(role=Role.VETTING, granted_by=UserFactory(), confirmed_at=None)
        for role in EVERYBODY:
            with subtests.test(role=role):
                assert somebody(role).has_perm("accounts.confirm_grant", waiting) is (role == "administrator")

    @pytest.mark.parametrize("verb", ["give", "confirm", "end"])
    def test_a_visitor_may_nothing(self, verb):
        assert AnonymousUser().has_perm(f"accounts.{verb}_grant", GrantFactory()) is False

    @pytest.mark.parametrize(
        "predicate",
        [
            people_rules.is_desk,
            people_rules.is_administrator,
            people_rules.is_signed_in,
            people_rules.has_role_for(Role.REGIONAL),
        ],
    )
    def test_predicates_take_a_visitor(self, predicate):
        assert predicate.test(AnonymousUser(), None) is False


def test_who_is_of_the_desk(subtests):
    for role in EVERYBODY:
        with subtests.test(role=role):
            assert somebody(role).is_desk is (
                role in ("vetting", "curation", "events", "reviews", "head", "administrator")
            )


@pytest.mark.parametrize(
    ("place", "country", "region", "inside"),
    [
        ({}, "KEN", "014", True),
        ({"country": "KEN"}, "KEN", "014", True),
        ({"country": "KEN"}, "UGA", "014", False),
        ({"region": "014"}, "KEN", "014", True),
        ({"region": "014"}, "FRA", "155", False),
        ({"country": "KEN"}, "", "", False),
    ],
)
def test_a_scope_holds_for_its_place(place, country, region, inside):
    class ScopedRow:
        scope_country, scope_region = country, region

    assert (
        people_rules.has_role_for(Role.REGIONAL)(person_with(Role.REGIONAL, **place), ScopedRow()) is inside
    )


def test_a_desk_role_works_once_a_second_person_confirms(administrator):
    user = UserFactory()
    grant = grant_role(user, Role.VETTING, actor=administrator)
    assert User.objects.get(pk=user.pk).roles == frozenset()
    for wrong in (administrator, UserFactory(), person_with(Role.HEAD)):
        with pytest.raises(PermissionDenied):
            confirm_grant(grant, actor=wrong)
    second = person_with(Role.ADMINISTRATOR)
    confirm_grant(grant, actor=second)
    assert User.objects.get(pk=user.pk).roles == {Role.VETTING}
    with pytest.raises(WrongState):
        confirm_grant(grant, actor=person_with(Role.ADMINISTRATOR))


def test_a_role_with_a_last_day_waits_and_is_confirmed_too(administrator):
    grant = grant_role(
        UserFactory(), Role.VETTING, actor=administrator, ends_at=now() + datetime.timedelta(days=30)
    )
    assert list(Grant.objects.waiting()) == [grant]
    confirm_grant(grant, actor=person_with(Role.ADMINISTRATOR))
    assert User.objects.get(pk=grant.user_id).roles == {Role.VETTING}


def test_nobody_confirms_a_role_for_themselves(administrator):
    second = person_with(Role.ADMINISTRATOR)
    grant = grant_role(second, Role.HEAD, actor=administrator)
    with pytest.raises(PermissionDenied):
        confirm_grant(grant, actor=second)


def test_other_roles_work_at_once(administrator):
    user = UserFactory()
    grant_role(user, Role.REGIONAL, actor=administrator, scope_kind=Scope.COUNTRY, scope_code="KEN")
    assert User.objects.get(pk=user.pk).roles == {Role.REGIONAL}


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_role_is_not_given_twice(administrator, confirmed):
    user = UserFactory()
    GrantFactory(user=user, role=Role.VETTING, confirmed_at=now() if confirmed else None)
    with pytest.raises(DomainError):
        grant_role(user, Role.VETTING, actor=administrator)


def test_an_ended_role_stops_at_once_and_ends_once(administrator):
    grant = GrantFactory(starts_at=now() - datetime.timedelta(days=1))
    end_grant(grant, actor=administrator)
    assert User.objects.get(pk=grant.user_id).roles == frozenset()
    with pytest.raises(WrongState):
        end_grant(grant, actor=administrator)


def test_the_last_administrator_stays(administrator):
    grant = administrator.grants.get()
    with pytest.raises(DomainError):
        end_grant(grant, actor=administrator)
    other = person_with(Role.ADMINISTRATOR)
    end_grant(grant, actor=other)
    assert not User.objects.get(pk=administrator.pk).roles


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_once():
    pair = [person_with(Role.ADMINISTRATOR), person_with(Role.ADMINISTRATOR)]
    start, outcomes = threading.Barrier(2), []

    def end(actor, other):
        start.wait()
        try:
            end_grant(Grant.objects.get(user=other), actor=User.objects.get(pk=actor.pk))
            outcomes.append("ended")
        except (DomainError, PermissionDenied) as refusal:
            outcomes.append(type(refusal).__name__)
        connection.close()

    threads = [threading.Thread(target=end, args=args) for args in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Grant.objects.live().count() == 1
    assert "ended" in outcomes


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "emperor"},
        {"scope_kind": Scope.COUNTRY, "scope_code": ""},
        {"scope_kind": Scope.GLOBAL, "scope_code": "KEN"},
        {"ends_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
    ],
    ids=["unknown role", "country without a code", "everywhere with a code", "ends before it starts"],
)
def test_the_database_refuses_what_must_not_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFactory(**wrong)


def test_the_database_wants_two_people():
    granter = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFactory(granted_by=granter, confirmed_by=granter)


def test_roles_cost_one_query_however_many(django_assert_num_queries):
    user = UserFactory()
    for role in (Role.VETTING, Role.CURATION, Role.HEAD):
        GrantFactory(user=user, role=role)
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        assert user.is_desk
        assert user.has_role(Role.HEAD)
        assert user.is_guarded


class TestFirstAdministrator:
    def call(self, *emails):
        out = StringIO()
        call_command("first_administrator", *emails, stdout=out, stderr=out)
        return out.getvalue()

    def test_makes_people_and_roles(self):
        UserFactory(email="known@example.org")
        self.call("Known@example.org", "new@example.org")
        assert {user.email: set(user.roles) for user in User.objects.all()} == {
            "known@example.org": {"administrator"},
            "new@example.org": {"administrator"},
        }

    def test_says_when_one_is_too_few(self):
        assert "second administrator" in self.call("one@example.org")

    def test_says_when_mail_does_not_work(self, settings):
        """Without mail they can set no password, and nothing else would tell."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # and nobody listens
            port = taken.getsockname()[1]
            settings.MAILERS = {"default": mailer_from_url(f"smtp://127.0.0.1:{port}/")}
            assert "Mail does not work yet ([Errno" in self.call("one@example.org", "two@example.org")
        assert User.objects.count() == 2

    def test_says_how_they_sign_in_when_mail_works(self):
        assert "Forgot your password" in self.call("one@example.org", "two@example.org")

    def test_operators_are_told_the_command_as_it_is(self):
        page = (ROOT / "docs" / "operations" / "host.md").read_text(encoding="utf-8")
        commands = re.findall(r"first_administrator(.*)", page)
        parser = Command().create_parser("manage.py", "first_administrator")
        assert [len(parser.parse_args(line.split()).email) for line in commands] == [2]

    def test_only_while_there_is_none(self, administrator):
        with pytest.raises(CommandError):
            self.call("late@example.org")
        assert not User.objects.filter(email="late@example.org").exists()

    def test_two_at_most(self):
        with pytest.raises(CommandError):
            self.call("a@example.org", "b@example.org", "c@example.org")

    def test_the_new_person_signs_in_by_a_code(self, client, last_mail):
        self.call("new@example.org")
        client.post("/en/accounts/login/code/", {"email": "new@example.org"})
        assert last_mail("new@example.org").kind == "accounts.login_code"


VERBS = ["view", "add", "change", "delete"]
IN_THE_ADMIN = {
    "administrator": {
        "accounts.view_user",
        "accounts.change_user",
        "accounts.view_legalversion",
        "accounts.add_legalversion",
        "accounts.view_consent",
        "audit.view_entry",
        *(f"taxonomy.{verb}_topic" for verb in VERBS),
        *(f"portal.{verb}_page" for verb in VERBS),
    },
    "curation": {*(f"taxonomy.{verb}_topic" for verb in VERBS), *(f"portal.{verb}_page" for verb in VERBS)},
}
PERMISSIONS = [
    f"{model.partition('.')[0]}.{verb}_{model.partition('.')[2]}"
    for model in (
        "accounts.user",
        "accounts.grant",
        "accounts.legalversion",
        "accounts.consent",
        "audit.entry",
        "taxonomy.topic",
        "portal.page",
        "stakeholders.stakeholder",
        "mfa.authenticator",
    )
    for verb in VERBS
]


def test_what_each_role_may_in_the_admin(subtests):
    for role in EVERYBODY:
        with subtests.test(role=role):
            user = somebody(role)
            assert {perm for perm in PERMISSIONS if user.has_perm(perm)} == IN_THE_ADMIN.get(role, set())
            assert user.has_module_perms("taxonomy") is (role in ("administrator", "curation"))
            assert user.has_module_perms("accounts") is (role == "administrator")
            assert user.has_module_perms("stakeholders") is False


def test_a_closed_account_may_nothing():
    user = person_with(Role.ADMINISTRATOR, is_active=False)
    assert [perm for perm in PERMISSIONS if user.has_perm(perm)] == []


def test_who_opens_the_admin(client, subtests):
    for role in EVERYBODY:
        with subtests.test(role=role):
            sign_in(client, somebody(role))
            assert client.get("/en/admin/").status_code == (
                200 if role in ("administrator", "curation", "events", "reviews") else 404
            )


def test_those_who_may_confirm_a_role_hear_that_it_waits(administrator):
    second, receiver = person_with(Role.ADMINISTRATOR), person_with(Role.ADMINISTRATOR)
    Message.objects.all().delete()
    grant = grant_role(receiver, Role.VETTING, actor=administrator)
    assert not second.has_role(Role.VETTING)
    waits = Message.objects.filter(kind="accounts.grant_waits")
    assert [message.user for message in waits] == [second]
    confirm_grant(grant, actor=second)
    grant_role(receiver, Role.REGIONAL, actor=administrator, scope_kind=Scope.COUNTRY, scope_code="KEN")
    assert waits.count() == 1


def test_who_belongs_to_the_desk_without_a_second_step_is_led_to_it(client):
    user = UserFactory()
    GrantFactory(user=user, role=Role.VETTING)
    client.force_login(user)
    response = client.get("/en/me/")
    page = response.text
    assert response.status_code == 200, response["Location"]
    assert "Its pages open once your account has a second step at sign-in." in page
    assert "Register a profile" not in page
