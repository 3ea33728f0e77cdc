"""A lost second factor: what the person reads and asks, and how two administrators take it away."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.people.enums import Role
from accounts.second_factor.actions import ask_reset, check_reset, confirm_reset, end_resets, refuse_reset
from accounts.second_factor.models import FactorReset
from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, enrol, person_with, sign_in

pytestmark = pytest.mark.django_db
LOST, LIST = "/en/accounts/lost-second-factor/", "/en/admin/accounts/factorreset/"
REASON = "Called back on the number of 2024 in the staff list."


@pytest.fixture
def vetter():
    person = person_with(Role.VETTING, email="vetter@example.org", name="Vera Vetter")
    enrol(person)
    return person


@pytest.fixture
def two():
    return [person_with(Role.ADMINISTRATOR, name=name) for name in ("Ada First", "Bo Second")]


def kinds():
    return sorted(Message.objects.values_list("kind", "user__name"))


def test_whoever_lost_the_phone_asks_and_two_administrators_remove_it(client, vetter, two):
    first, second = two
    assert "Sign in first" in client.get(LOST).text
    assert "Sign in first" in client.post(LOST, {"contact": "+43 1"}).text
    assert not FactorReset.objects.exists()
    stage = client.post("/en/accounts/login/", {"login": vetter.email, "password": PASSWORD}, follow=True)
    assert f'href="{LOST}"' in stage.text
    assert "This field is required." in client.post(LOST, {"contact": " "}).text
    answer = client.post(LOST, {"contact": "+43 1 26060, mornings"}, follow=True)
    assert "The WhatsOn team has received your" in answer.text
    assert "You asked on" in answer.text
    client.post(LOST, {"contact": "+43 1 26060, afternoons"})
    reset = FactorReset.objects.get()
    assert (reset.user, reset.contact) == (vetter, "+43 1 26060, afternoons")
    assert kinds() == [
        ("accounts.factor_reset_asked", "Vera Vetter"),
        ("accounts.factor_reset_waits", "Ada First"),
        ("accounts.factor_reset_waits", "Bo Second"),
    ]
    # The second question still stands where it was.
    assert client.get("/en/accounts/2fa/authenticate/").status_code == 200

    sign_in(client, first)
    assert "+43 1 26060, afternoons" in client.get(LIST).text
    too_early = {"action": "confirm", "_selected_action": [reset.pk]}
    assert "It needs a second administrator" in client.post(LIST, too_early, follow=True).text
    assert "errorlist" in client.post(f"{LIST}{reset.pk}/change/", {"reason": " "}).text
    client.post(f"{LIST}{reset.pk}/change/", {"reason": REASON})
    assert "It needs a second administrator" in client.post(LIST, too_early, follow=True).text
    assert Authenticator.objects.filter(user=vetter).exists()

    sign_in(client, second)
    assert REASON in client.get(f"{LIST}{reset.pk}/change/").text
    assert "Done:" in client.post(LIST, too_early, follow=True).text
    reset.refresh_from_db()
    assert (reset.checked_by, reset.confirmed_by, reset.reason) == (first, second, REASON)
    assert not Authenticator.objects.filter(user=vetter).exists()
    message = Message.objects.get(kind="accounts.factor_reset_confirmed")
    assert (message.user, "Set a new password" in compose(message).body) == (vetter, True)
    entries = Entry.objects.filter(action__startswith="accounts.factor_reset").order_by("pk")
    assert [entry.action.rpartition("_")[2] for entry in entries] == ["asked", "checked", "confirmed"]
    assert REASON not in str(list(entries.values()))

    # The old password, which somebody else may know, opens nothing; a link to their own address does.
    client.logout()
    refused = client.post("/en/accounts/login/", {"login": vetter.email, "password": PASSWORD})
    assert refused.status_code == 200
    client.post("/en/accounts/password/reset/", {"email": vetter.email})
    link = Message.objects.get(kind="accounts.password_reset_key").url
    page = client.get(link, follow=True)
    new = "a wholly new password 7"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    client.post("/en/accounts/login/", {"login": vetter.email, "password": new})
    assert client.get("/en/desk/")["Location"] == "/en/accounts/2fa/"


def test_nobody_answers_their_own_request_and_only_administrators_any(client, vetter, two):
    first, _second = two
    enrol(first)
    own, other = ask_reset(first, "here"), ask_reset(vetter, "there")
    for act in (lambda: check_reset(own, actor=first, reason=REASON), lambda: refuse_reset(own, actor=first)):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(PermissionDenied):
        check_reset(other, actor=person_with(Role.HEAD), reason=REASON)
    with pytest.raises(DomainError):
        check_reset(other, actor=first, reason="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=other.pk).update(
            reason=REASON,
            checked_by=first,
            checked_at="2026-01-01T00:00Z",
            confirmed_by=first,
            confirmed_at="2026-01-01T00:00Z",
        )
    sign_in(client, person_with(Role.HEAD))
    assert client.get(LIST).status_code in (403, 404)


def test_a_refusal_or_the_factor_itself_ends_it(vetter, two):
    first, second = two
    reset = ask_reset(vetter, "here")
    refuse_reset(reset, actor=first)
    with pytest.raises(WrongState):
        confirm_reset(reset, actor=second)
    again = ask_reset(vetter, "here")
    check_reset(again, actor=first, reason=REASON)
    end_resets(vetter)
    with pytest.raises(WrongState):
        confirm_reset(again, actor=second)
    assert Authenticator.objects.filter(user=vetter).exists()


def test_showing_the_factor_ends_a_request(client, vetter):
    from allauth.mfa.utils import decrypt

    from tests.factories.accounts import code_of

    ask_reset(vetter, "here")
    secret = decrypt(Authenticator.objects.get(user=vetter, type="totp").data["secret"])
    client.post("/en/accounts/login/", {"login": vetter.email, "password": PASSWORD})
    client.post("/en/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert not FactorReset.objects.open().exists()


def test_whoever_runs_the_portal_does_it_where_no_two_are_there(vetter, capsys):
    with pytest.raises(CommandError):
        call_command("reset_second_factor", vetter.email, "--reason", " ")
    call_command("reset_second_factor", vetter.email, "--reason", REASON)
    assert not Authenticator.objects.filter(user=vetter).exists()
    assert FactorReset.objects.get().reason == REASON
    assert Message.objects.get().kind == "accounts.factor_reset_confirmed"
    with pytest.raises(CommandError):
        call_command("reset_second_factor", vetter.email, "--reason", REASON)
