"""For how long what is kept: rules that an administrator sets within limits, and nights that follow them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils.timezone import now

from accounts import tasks
from accounts.data_rights.actions_retention import apply_rules, keep_rules
from accounts.data_rights.models import RetentionRule, RetentionRun
from accounts.data_rights.queries import days_of, due_removals
from accounts.hooks import retained
from accounts.people.enums import Role
from accounts.people.models import User
from audit.models import Entry
from audit.queries import log_lines
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from tests.factories.accounts import GrantFactory, UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory
from tests.support import together

pytestmark = pytest.mark.django_db
ADMIN = "/en/admin/accounts/retentionrule/"


def old_mail(days, **fields):
    message = MessageFactory(status="sent", sent_at=now(), **fields)
    Message.objects.filter(pk=message.pk).update(created_at=now() - timedelta(days=days))
    return message


def run_of(subject):
    return RetentionRun.objects.filter(rule__subject=subject).first()


def test_every_subject_has_its_rule_within_its_limits():
    keep_rules()
    keep_rules()
    assert set(RetentionRule.objects.values_list("subject", flat=True)) == set(retained)
    for rule in retained.values():
        assert rule.least <= rule.days <= rule.most
        assert rule.reason


def test_a_night_removes_what_has_had_its_time_and_writes_it_down():
    old, young, waits = old_mail(181), old_mail(179), old_mail(400)
    Message.objects.filter(pk=waits.pk).update(status="queued", sent_at=None)
    tasks.heavy_retention()
    assert set(Message.objects.values_list("pk", flat=True)) == {young.pk, waits.pk}
    run = run_of("notifications.mail")
    assert (run.removed, run.days, run.failed) == (1, 180, False)
    assert RetentionRun.objects.count() == len(list(retained))  # a row for each rule, also where nothing went
    (line,) = log_lines(Entry.objects.filter(action="accounts.retention_applied"), person_with(Role.HEAD))
    assert line.text == "The portal removed 1 rows after 180 days: notifications.mail"
    assert apply_rules() == 0
    assert old.pk


@pytest.mark.django_db(transaction=True)
def test_a_night_that_is_queued_twice_writes_its_runs_once():
    old_mail(181)
    keep_rules()
    assert together(*(tasks.heavy_retention for _worker in range(2))) == [None] * 2
    tasks.heavy_retention()  # nor does one that comes a little later
    assert RetentionRun.objects.count() == len(list(retained))
    assert Entry.objects.filter(action="accounts.retention_applied").count() == 1
    assert apply_rules() == 0  # by hand it may be done again at once
    assert RetentionRun.objects.count() == 2 * len(list(retained))


def test_a_night_that_is_killed_says_so(monkeypatch):
    class Killed(BaseException):
        """No error that anybody catches."""

    def kill(_ids):
        raise Killed

    killing = retained["notifications.mail"]._replace(remove=kill)
    monkeypatch.setitem(retained._entries, "notifications.mail", killing)
    old_mail(200)
    with pytest.raises(Killed):
        apply_rules()
    assert run_of("notifications.mail").failed


def test_more_than_one_batch_goes(monkeypatch):
    from accounts.data_rights import actions_retention as data_rights_actions_retention

    monkeypatch.setattr(data_rights_actions_retention, "BATCH", 2)
    for _number in range(5):
        old_mail(200)
    assert apply_rules() == 5
    assert run_of("notifications.mail").removed == 5


def test_a_changed_rule_counts_the_same_night():
    old_mail(100)
    assert apply_rules() == 0
    RetentionRule.objects.filter(subject="notifications.mail").update(days=90)
    assert days_of("notifications.mail") == 90
    assert apply_rules() == 1


def test_a_rule_that_fails_is_said_and_stops_no_other(monkeypatch):
    def breaks(_before):
        raise RuntimeError

    broken = retained["accounts.session"]._replace(rows=breaks)
    monkeypatch.setitem(retained._entries, "accounts.session", broken)
    old_mail(200)
    with pytest.raises(RuntimeError):
        apply_rules()
    assert not Message.objects.exists()
    assert run_of("accounts.session").failed


def test_rows_that_do_not_go_end_the_rule_instead_of_the_night(monkeypatch):
    stubborn = retained["notifications.mail"]._replace(remove=lambda _ids: None)
    monkeypatch.setitem(retained._entries, "notifications.mail", stubborn)
    old_mail(200)
    with pytest.raises(RuntimeError, match="still there"):
        apply_rules()


def test_a_dry_run_removes_nothing(capsys):
    old_mail(200)
    call_command("retention")
    assert Message.objects.count() == 1
    output = capsys.readouterr().out
    assert any(
        line.split() == ["notifications.mail", "180", "days", "1", "rows"] for line in output.splitlines()
    )
    assert {removal.rule.subject: removal.rows for removal in due_removals()}["notifications.mail"] == 1
    call_command("retention", "--apply")
    assert not Message.objects.exists()


# --- What is removed ------------------------------------------------------------------------------
def test_sessions_that_are_over_go():
    for days in (-3, 3):
        session = SessionStore()
        session.save()
        Session.objects.filter(pk=session.session_key).update(expire_date=now() + timedelta(days=days))
    apply_rules()
    assert Session.objects.get().expire_date > now()


def test_accounts_whose_address_was_never_confirmed_go_and_no_others():
    def joined(days, **fields):
        user = UserFactory(verified=False, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
        User.objects.filter(pk=user.pk).update(date_joined=now() - timedelta(days=days))
        return user

    gone, young, signed_in, granted = joined(31), joined(29), joined(31, last_login=now()), joined(31)
    GrantFactory(user=granted)
    confirmed = UserFactory(date_joined=now() - timedelta(days=99))
    made_by_command = UserFactory(verified=False, date_joined=now() - timedelta(days=99))
    apply_rules()
    remaining = set(User.objects.all())
    assert gone not in remaining
    assert {young, signed_in, granted, confirmed, made_by_command} <= remaining


def test_notices_that_a_digest_has_still_to_gather_stay(person):
    for number, fields in enumerate(
        ({"mail": "daily"}, {"mail": "at_once"}, {"mail": "off", "read_at": now()})
    ):
        Notice.objects.create(user=person, kind="accounts.token_made", key=str(number), **fields)
    Notice.objects.update(created_at=now() - timedelta(days=366))
    apply_rules()
    assert Notice.objects.get().mail == "daily"


def test_the_last_digest_of_a_person_stays(person):
    from notifications.inbox.models import Digest

    for days in (800, 700, 600):
        Digest.objects.create(user=person, rhythm="daily", until=now() - timedelta(days=days), items=1)
    apply_rules()
    assert (now() - Digest.objects.get().until).days == 600


# --- Who sets it -----------------------------------------------------------------------------------
def test_an_administrator_changes_a_rule_within_its_limits(client):
    keep_rules()
    rule = RetentionRule.objects.get(subject="notifications.mail")
    old_mail(200)
    admin = person_with(Role.ADMINISTRATOR)
    sign_in(client, admin)
    listed = client.get(ADMIN)
    assert listed.status_code == 200
    assert "E-mail that has left" in listed.text
    url = f"{ADMIN}{rule.pk}/change/"
    for days in ("29", "1096", "-1", "", "many"):
        refused = client.post(url, {"days": days, "reason": "Because."})
        assert refused.status_code == 200, days
        assert "errorlist" in refused.text
    assert "Choose from 30 to 1095 days" in client.post(url, {"days": "29", "reason": "So."}).text
    assert "errorlist" in client.post(url, {"days": "60", "reason": ""}).text
    rule.refresh_from_db()
    assert rule.days == 180
    assert client.post(url, {"days": "60", "reason": "Schedule of 2026-11."}).status_code == 302
    rule.refresh_from_db()
    assert (rule.days, rule.reason) == (60, "Schedule of 2026-11.")
    (line,) = log_lines(Entry.objects.filter(action="accounts.retention_changed"), admin)
    assert line.text == f"{admin} changed the retention of notifications.mail from 180 to 60 days"
    assert client.get(f"{ADMIN}add/").status_code == 403
    assert client.get(f"{ADMIN}{rule.pk}/delete/").status_code == 403


@pytest.mark.slow
def test_nobody_else_sees_the_rules(client, subtests):
    keep_rules()
    pk = RetentionRule.objects.get(subject="notifications.mail").pk
    for who in ("visitor", "stranger", *(r for r in Role.values if r != "administrator")):
        with subtests.test(who=who):
            if who != "visitor":
                sign_in(client, UserFactory() if who == "stranger" else person_with(who))
            expected = {302} if who == "visitor" else {403, 404}
            for url in (ADMIN, f"{ADMIN}{pk}/change/", "/en/admin/accounts/retentionrun/"):
                assert client.get(url).status_code in expected
            client.post(f"{ADMIN}{pk}/change/", {"days": "31", "reason": "Mine."})
            assert RetentionRule.objects.get(pk=pk).days == 180


def test_the_nights_are_there_to_look_at(client):
    apply_rules()
    sign_in(client, person_with(Role.ADMINISTRATOR))
    page = client.get("/en/admin/accounts/retentionrun/")
    assert page.status_code == 200
    run = RetentionRun.objects.first()
    assert client.post(f"/en/admin/accounts/retentionrun/{run.pk}/delete/").status_code == 403
