"""A copy of one's own data: what is in it, who opens it, and what happens when a worker dies."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from accounts import tasks
from accounts.data_rights import actions as data_rights_actions
from accounts.data_rights.actions_retention import apply_rules
from accounts.data_rights.models import DataExport
from accounts.hooks import Section, sections
from accounts.people.enums import Role
from audit.models import Entry
from core import background_files
from core.errors import DomainError, TooMany
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.rights import asked_copy, made_copy, rows_of, unpacked
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
PAGE = "/en/me/data/export/"


def downloaded(client, copy):
    return client.get(f"/files/my-data/{copy.pk}/?download")


# --- As its user sees it ----------------------------------------------------------------------------
@pytest.mark.behaviour("A-09")
def test_a_person_downloads_chosen_parts_of_their_data(signed_in_client, person):
    page = signed_in_client.get(PAGE).text
    assert "Your account" in page
    answer = signed_in_client.post(PAGE, {"sections": ["account", "history"]})
    copy = DataExport.objects.get()
    assert answer["Location"] == f"{PAGE}{copy.pk}/"
    assert "we write to you when the file is ready" in signed_in_client.get(answer["Location"]).text
    assert downloaded(signed_in_client, copy).status_code == 404  # not there yet

    tasks.heavy_copy_data(copy.pk)
    assert "Download the file (ZIP)" in signed_in_client.get(answer["Location"]).text
    response = downloaded(signed_in_client, copy)
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert response["Content-Disposition"].startswith('attachment; filename="whatson-my-data-')
    assert b"".join(response.streaming_content)[:2] == b"PK"
    copy.refresh_from_db()
    assert set(unpacked(copy)) == {"account.json", "history.json", "index.html"}
    assert abs(copy.expires_at - now() - timedelta(days=7)) < timedelta(minutes=1)

    (mail,) = deliver_all()
    assert mail.to == [person.email]
    assert mail.subject == "The copy of your data is ready"
    assert f"/en/me/data/export/{copy.pk}/" in mail.body
    assert "/files/" not in mail.body
    signed_in_client.logout()
    assert signed_in_client.get(f"{PAGE}{copy.pk}/").status_code == 302  # the link needs a sign-in
    assert downloaded(signed_in_client, copy).status_code == 404


def test_the_parts_are_in_the_language_asked_for_and_readable(person):
    copy = made_copy(person, "account", language="ar")
    page = unpacked(copy)["index.html"].decode()
    assert 'lang="ar" dir="rtl"' in page
    assert person.name in page
    assert "script" not in page
    (account, address) = rows_of(copy, "account")
    assert (account["what"], account["name"], account["email"]) == ("account", person.name, person.email)
    assert (address["email"], address["verified"]) == (person.email, True)


@pytest.mark.parametrize("chosen", ([], ["nonsense"], ["account", "nonsense"]))
def test_nothing_and_unknown_parts_are_refused_at_the_field(signed_in_client, chosen):
    page = signed_in_client.post(PAGE, {"sections": chosen})
    assert page.status_code == 200
    assert "field-error" in page.text
    assert not DataExport.objects.exists()


def test_the_act_refuses_them_too(person):
    for chosen in ([], ["nonsense"], ["account", "nonsense"]):
        with pytest.raises(DomainError) as refused:
            data_rights_actions.ask_copy(actor=person, chosen=chosen, language="en")
        assert "sections" in refused.value.fields


# --- Whose it is -----------------------------------------------------------------------------------
OTHERS = ("visitor", "stranger", *Role.values)


def test_a_copy_is_its_owners_alone(client, person, subtests):
    copy = made_copy(person, "account")
    for who in OTHERS:
        with subtests.test(who=who):
            if who != "visitor":
                sign_in(client, UserFactory() if who == "stranger" else person_with(who))
            assert downloaded(client, copy).status_code == 404
            assert client.get(f"{PAGE}{copy.pk}/").status_code == (302 if who == "visitor" else 404)
            listed = client.get(PAGE)
            assert listed.status_code == (302 if who == "visitor" else 200)
            assert f"{PAGE}{copy.pk}/" not in listed.text
            assert client.get(f"{PAGE}999999/").status_code == (302 if who == "visitor" else 404)


def test_a_closed_account_opens_nothing_any_more(person):
    made_copy(person, "account")
    person.is_active = False
    assert not DataExport.objects.visible_to(person).exists()


def test_the_list_costs_the_same_with_one_and_with_three(signed_in_client, person):
    assert_no_growth(lambda: signed_in_client.get(PAGE), lambda: made_copy(person, "account"))


# --- What is in it ---------------------------------------------------------------------------------
def test_it_holds_no_secrets_and_nothing_of_others(person):
    other = UserFactory(name="Somebody Else", email="else@example.org")
    made_copy(other)
    copy = made_copy(person)
    everything = b"".join(unpacked(copy).values()).decode()
    for word in ("Somebody Else", "else@example.org", person.password):
        assert word not in everything
    assert {row["action"] for row in rows_of(copy, "history")} == {"accounts.data_asked"}


def test_asking_is_in_the_log_by_codes_alone(person):
    asked_copy(person, "account")
    entry = Entry.objects.get(action="accounts.data_asked")
    assert (entry.actor_id, entry.data) == (person.pk, {"sections": ["account"]})


# --- Time ------------------------------------------------------------------------------------------
@pytest.mark.behaviour("A-09")
def test_a_copy_runs_out_and_the_night_removes_its_file(client, person, django_capture_on_commit_callbacks):
    copy = made_copy(person, "account")
    DataExport.objects.update(expires_at=now() - timedelta(seconds=1))
    sign_in(client, person)
    assert downloaded(client, copy).status_code == 404
    assert client.get(f"{PAGE}{copy.pk}/").status_code == 404
    assert default_storage.exists(copy.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        assert apply_rules() >= 1
    assert not DataExport.objects.exists()
    assert not default_storage.exists(copy.file.name)


def test_the_mail_about_a_copy_that_is_over_is_not_sent(person):
    made_copy(person, "account")
    DataExport.objects.update(expires_at=now() - timedelta(seconds=1))
    assert deliver_all() == []


def test_it_is_limited_how_often_one_asks(person):
    for _number in range(10):
        made_copy(person, "account")
    with pytest.raises(TooMany):
        asked_copy(person, "account")


# --- Once, whatever happens ------------------------------------------------------------------------
def test_while_one_is_under_way_a_second_click_finds_it(person):
    assert asked_copy(person) == asked_copy(person, "account")
    assert DataExport.objects.count() == 1


def test_twice_is_once(person):
    copy = made_copy(person, "account")
    export = DataExport.objects.get()
    assert data_rights_actions.make_copy(copy.pk) is False
    again = DataExport.objects.get()
    assert (again.file.name, again.attempts) == (export.file.name, 1)
    assert Message.objects.filter(kind="accounts.data_ready").count() == 1
    assert Notice.objects.filter(kind="accounts.data_ready").count() == 1


def test_the_sweep_takes_up_what_was_lost(person, monkeypatch):
    nudged = []
    monkeypatch.setattr(background_files, "later", lambda _task, pk: nudged.append(pk))
    copy = asked_copy(person, "account")
    nudged.clear()
    assert data_rights_actions.sweep_copies() == 0  # its nudge may still be on its way
    DataExport.objects.update(asked_at=now() - timedelta(minutes=1))
    assert data_rights_actions.sweep_copies() == 1
    DataExport.objects.update(status="making", beat_at=now())
    assert data_rights_actions.sweep_copies() == 0  # somebody makes it
    DataExport.objects.update(beat_at=now() - timedelta(minutes=6))
    assert data_rights_actions.sweep_copies() == 1
    assert nudged == [copy.pk, copy.pk]


def test_a_copy_that_never_ends_is_given_up_and_says_so(client, person):
    copy = asked_copy(person, "account")
    DataExport.objects.update(attempts=3)
    assert data_rights_actions.make_copy(copy.pk) is False
    copy.refresh_from_db()
    assert (copy.status, copy.fault) == ("failed", "given_up")
    sign_in(client, person)
    page = client.get(f"{PAGE}{copy.pk}/").text
    assert "started several times" in page
    client.post(PAGE, {"sections": copy.sections})
    assert DataExport.objects.under_way().count() == 1


def test_a_fault_is_kept_for_the_person_and_raised_for_the_log(person, monkeypatch):
    def breaks(_user):
        raise RuntimeError

    monkeypatch.setitem(sections._entries, "account", Section("Broken", "", breaks))
    copy = asked_copy(person, "account")
    with pytest.raises(RuntimeError):
        data_rights_actions.make_copy(copy.pk)
    copy.refresh_from_db()
    assert (copy.status, copy.fault, copy.file.name) == ("failed", "broken", "")


def test_whoever_lost_the_claim_leaves_no_file_behind(person, monkeypatch):
    def overtaken(_user):
        DataExport.objects.update(beat_at=now() - timedelta(minutes=6))
        assert data_rights_actions.make_copy(copy.pk)
        return []

    real = sections["account"]
    copy = asked_copy(person, "account", "history")

    def once(user):
        monkeypatch.setitem(sections._entries, "account", real)
        return overtaken(user)

    monkeypatch.setitem(sections._entries, "account", Section("Slow", "", once))
    before = set(default_storage.listdir("data")[1]) if default_storage.exists("data") else set()
    assert data_rights_actions.make_copy(copy.pk) is False
    copy.refresh_from_db()
    assert (copy.status, copy.attempts) == ("ready", 2)
    assert len(set(default_storage.listdir("data")[1]) - before) == 1
    assert Message.objects.filter(kind="accounts.data_ready").count() == 1


def test_the_part_of_the_page_asks_for_itself_until_it_is_ready(client, person):
    copy = asked_copy(person, "account")
    sign_in(client, person)
    htmx = {"HX-Request": "true", "HX-Target": "copy"}
    part = client.get(f"{PAGE}{copy.pk}/", headers=htmx).text
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part
    data_rights_actions.make_copy(copy.pk)
    part = client.get(f"{PAGE}{copy.pk}/", headers=htmx).text
    assert "hx-trigger" not in part
