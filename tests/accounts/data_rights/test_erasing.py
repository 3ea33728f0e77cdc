"""A person leaves: what goes, what stays without a name, what stands in the way."""

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from accounts import hooks as accounts_hooks
from accounts.data_rights.actions import Blocked, delete_account
from accounts.data_rights.models import DataExport
from accounts.data_rights.queries import parts_of, relations_to_people
from accounts.hooks import End, fates
from accounts.people.enums import Role
from accounts.people.models import Grant, User
from accounts.tokens.actions import make_token
from accounts.tokens.models import AccessToken
from audit.models import Entry
from audit.queries import log_lines
from core.errors import WrongState
from notifications.inbox.models import Notice
from notifications.outbox.actions import mail_address
from notifications.outbox.models import Message, Stop
from tests.factories.accounts import PASSWORD, GrantFactory, UserFactory, enrol, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.rights import fresh, made_copy

pytestmark = pytest.mark.django_db
PAGE = "/en/me/data/delete/"


# --- Every relation has a fate ---------------------------------------------------------------------
def test_every_relation_to_a_person_says_what_becomes_of_it():
    undeclared = sorted(set(relations_to_people()) - set(fates))
    assert undeclared == [], "declare it by declare_erased() or declare_kept() in the wiring.py of its app"
    assert sorted(set(fates) - set(relations_to_people())) == [], "it is gone: take its declaration away"


def test_the_database_does_what_was_declared(subtests):
    for name in sorted(fates):
        with subtests.test(name=name):
            relation = relations_to_people()[name]
            expected = {End.ERASED: "CASCADE", End.WITHOUT_NAME: "SET_NULL"}[fates[name].end]
            assert relation.on_delete.__name__ == expected


def test_hidden_relations_are_among_them():
    """Those without a way back from the person, which Django's own list leaves out."""
    assert "workflow.decision.actor" in relations_to_people()


# --- As its user sees it ---------------------------------------------------------------------------
@pytest.mark.behaviour("A-10")
def test_a_person_deletes_their_account(client, person):
    client.force_login(person)
    elsewhere = type(client)()
    elsewhere.force_login(person)
    page = client.get(PAGE).text
    assert "What is erased" in page
    assert "E-mail addresses: 1" in page
    answer = client.post(PAGE, {"sure": "on"})
    assert answer.url.startswith("/en/accounts/reauthenticate/")
    question = client.get(answer.url).text
    assert "You are about to delete your account for good." in question
    assert "other people&#x27;s data" not in question
    assert "You are about to delete" not in client.get("/en/accounts/reauthenticate/").text
    assert User.objects.filter(pk=person.pk).exists()

    wrong = client.post(answer.url, {"password": "not this one", "next": PAGE})
    assert wrong.status_code == 200
    assert User.objects.filter(pk=person.pk).exists()
    done = client.post(answer.url, {"password": PASSWORD, "next": PAGE}, follow=True)
    assert done.status_code == 200
    if User.objects.filter(pk=person.pk).exists():  # signed in anew, the button is pressed again
        done = client.post(PAGE, {"sure": "on"}, follow=True)
    assert "Your account is deleted" in done.text
    assert not User.objects.filter(pk=person.pk).exists()
    for browser in (client, elsewhere):
        assert browser.get("/en/me/").status_code == 302
    (mail,) = deliver_all()
    assert (mail.to, mail.subject) == (["amina@example.org"], "Your account was deleted")
    assert "Amina" not in mail.body
    signing_in = client.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert signing_in.status_code == 200


def test_it_is_asked_whether_one_is_sure(client, person):
    client.force_login(person)
    fresh(client)
    page = client.post(PAGE, {})
    assert "Tick this box if you are sure" in page.text
    assert User.objects.filter(pk=person.pk).exists()


def test_get_never_deletes(client, person):
    client.force_login(person)
    fresh(client)
    client.get(f"{PAGE}?sure=on")
    client.head(PAGE)
    assert User.objects.filter(pk=person.pk).exists()


def test_whoever_has_a_second_factor_shows_it_first(client, person):
    enrol(person)
    client.force_login(person)
    fresh(client)
    for url in (PAGE, "/en/me/tokens/new/"):
        for answer in (client.get(url), client.post(url, {"sure": "on"})):
            assert answer.url == f"/en/accounts/2fa/reauthenticate/?next={url.replace('/', '%2F')}"
    assert User.objects.filter(pk=person.pk).exists()
    sign_in(client, person)
    fresh(client)
    client.post(PAGE, {"sure": "on"})
    assert not User.objects.filter(pk=person.pk).exists()


def test_a_visitor_is_sent_to_the_sign_in(client):
    for answer in (client.get(PAGE), client.post(PAGE, {"sure": "on"})):
        assert answer.url.startswith("/en/accounts/login/")


# --- What goes and what stays ----------------------------------------------------------------------
def test_what_is_theirs_alone_goes(person, django_capture_on_commit_callbacks):
    copy = made_copy(person, "account")
    make_token(actor=person, name="Mine", scopes=["own"], days=7)
    enrol(person)
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(person, actor=person)
    for model in (DataExport, AccessToken, EmailAddress, Notice):
        assert not model.objects.exists(), model
    assert not default_storage.exists(copy.file.name)
    assert list(Message.objects.values_list("kind", "user")) == [("accounts.account_deleted", None)]


def test_mail_that_went_to_their_address_without_an_account_goes_too_and_their_stop_stays(person):
    for address in ("AMINA@example.org", "other@example.org"):
        mail_address(address, "accounts.password_changed", key=address, language="en")
    Stop.objects.create(address=person.email, kind="stakeholders.invited")
    delete_account(person, actor=person)
    assert set(Message.objects.values_list("address", "kind")) == {
        ("other@example.org", "accounts.password_changed"),
        ("amina@example.org", "accounts.account_deleted"),
    }
    assert Stop.objects.count() == 1


def test_the_log_stays_and_no_longer_says_who_it_was(person):
    give = GrantFactory(role=Role.REGIONAL, granted_by=person)
    make_token(actor=person, name="Mine", scopes=["own"], days=7)
    number = person.pk
    delete_account(person, actor=person)
    give.refresh_from_db()
    assert give.granted_by is None
    texts = [line.text for line in log_lines(Entry.objects.all(), person_with(Role.ADMINISTRATOR))]
    assert any(text.startswith("A former user created an access token") for text in texts)
    assert "A former user deleted the account" in texts
    assert Entry.objects.filter(actor_id=number).exists()
    assert "Amina" not in str(texts) + str(list(Entry.objects.values_list("data", flat=True)))


def test_the_admins_own_log_keeps_no_name(person):
    from django.contrib.admin.models import CHANGE, LogEntry
    from django.contrib.contenttypes.models import ContentType

    admin = person_with(Role.ADMINISTRATOR)
    LogEntry.objects.create(
        user=admin,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr="Amina",
        action_flag=CHANGE,
        change_message="Amina",
    )
    delete_account(person, actor=person)
    assert list(LogEntry.objects.values_list("object_repr", "change_message")) == [("", "")]


def test_apps_above_hear_of_it_while_the_row_is_there(person):
    heard = []

    def listen(sender, user, address, language, **_kwargs):
        heard.append((User.objects.filter(pk=user.pk).exists(), address, language))

    accounts_hooks.person_erased.connect(listen)
    try:
        delete_account(person, actor=person)
    finally:
        accounts_hooks.person_erased.disconnect(listen)
    assert heard == [(True, "amina@example.org", "en")]


def test_where_an_eraser_fails_nothing_has_happened(person, monkeypatch):
    from accounts.hooks import erasers

    def breaks(_user):
        raise RuntimeError

    monkeypatch.setitem(erasers._entries, "zz", breaks)
    with pytest.raises(RuntimeError):
        delete_account(person, actor=person)
    assert User.objects.filter(pk=person.pk).exists()
    assert not Message.objects.exists()


def test_twice_says_so(person):
    pk = person.pk
    delete_account(person, actor=person)
    with pytest.raises(WrongState):
        delete_account(User(pk=pk), actor=None)


def test_the_page_counts_in_one_query(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        parts = parts_of(person)
    assert [(part.label, part.rows) for part in parts["erased"]] == [("E-mail addresses", 1)]
    assert parts["kept"] == []


# --- What has to be settled first -------------------------------------------------------------------
@pytest.mark.behaviour("A-10")
def test_the_last_administrator_stays_until_there_is_another(client):
    last = person_with(Role.ADMINISTRATOR)
    sign_in(client, last)
    fresh(client)
    page = client.get(PAGE).text
    assert "You are the last administrator of the portal" in page
    assert "/en/desk/roles/" in page
    assert "Delete my account" not in page
    refused = client.post(PAGE, {"sure": "on"})
    assert "You are the last administrator of the portal" in refused.text
    assert User.objects.filter(pk=last.pk).exists()
    with pytest.raises(Blocked) as blocked:
        delete_account(last, actor=last)
    assert len(blocked.value.blockers) == 1

    person_with(Role.ADMINISTRATOR)
    client.post(PAGE, {"sure": "on"})
    assert not User.objects.filter(pk=last.pk).exists()
    assert Grant.objects.live().filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_people_of_other_roles_may_leave(role):
    someone = person_with(role)
    delete_account(someone, actor=someone)
    assert not Grant.objects.exists()


def test_nobody_deletes_another():
    from django.core.exceptions import PermissionDenied

    person, admin = UserFactory(), person_with(Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        delete_account(person, actor=admin)


def test_the_command_deletes_who_asked_by_letter(person, capsys):
    with pytest.raises(CommandError, match="Add --yes"):
        call_command("erase_account", person.email)
    with pytest.raises(CommandError, match="no account"):
        call_command("erase_account", "nobody@example.org", "--yes")
    call_command("erase_account", person.email.upper(), "--yes")
    assert not User.objects.filter(pk=person.pk).exists()
    assert Entry.objects.get(action="accounts.account_erased").actor_id is None
    last = person_with(Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="last administrator"):
        call_command("erase_account", last.email, "--yes")
