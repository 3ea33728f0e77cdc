"""The jobs of the schedule: what their runs leave behind, and the alarm when they do not run."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from celery.schedules import crontab, schedule
from django.conf import settings as portal_settings
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from accounts.people.enums import Role
from notifications.jobs import actions as jobs_actions
from notifications.jobs import wiring as receivers
from notifications.jobs.enums import JOB_LABELS
from notifications.jobs.models import BACKUP, Job
from notifications.jobs.queries import beat_schedule, next_after, seconds_without_job, statuses
from notifications.outbox.models import Message
from tests.factories.accounts import person_with, sign_in
from tests.factories.notifications import deliver_all

pytestmark = pytest.mark.django_db
SWEEP, DIGESTS = "notifications.sweep", "notifications.make_digests"
JOBS = "/en/desk/jobs/"


@pytest.fixture
def all_well():
    """Every job succeeded just now."""
    Job.objects.bulk_create(
        Job(name=name, started_at=now(), ended_at=now(), succeeded_at=now(), seconds=0.5)
        for name in beat_schedule()
    )


def stand(name, moment=None):
    return next(status for status in statuses(moment) if status.job.name == name)


def alarms():
    return list(Message.objects.filter(kind__startswith="notifications.jobs_").order_by("pk"))


def test_a_run_is_written_down_by_its_task():
    current_app.tasks[SWEEP].apply()
    job = Job.objects.get(name=SWEEP)
    assert job.started_at <= job.ended_at == job.succeeded_at
    assert (job.error, job.seconds >= 0) == ("", True)


def test_a_run_that_fails_names_the_class_and_keeps_the_last_success(monkeypatch):
    current_app.tasks[DIGESTS].apply()
    success = Job.objects.get(name=DIGESTS).succeeded_at
    monkeypatch.setattr("notifications.digests.actions.make_digests", lambda: {}["no secret of anybody"])
    current_app.tasks[DIGESTS].apply()
    job = Job.objects.get(name=DIGESTS)
    assert (job.error, job.succeeded_at) == ("KeyError", success)
    assert job.ended_at > success


def test_other_tasks_are_not_written_down():
    current_app.tasks["notifications.deliver"].apply(kwargs={"ids": []})
    assert not Job.objects.filter(name="notifications.deliver").exists()


def test_a_job_that_never_ran_shows_so_and_is_stale_only_later():
    assert set(beat_schedule()) == {entry["task"] for entry in portal_settings.CELERY_BEAT_SCHEDULE.values()}
    status = stand(SWEEP)
    assert (status.job.started_at, status.is_stale, status.is_running) == (None, False, False)
    assert stand(SWEEP, now() + timedelta(minutes=5)).is_stale


@pytest.mark.parametrize(
    ("when", "last", "due"),
    (
        (schedule(60), (12, 0), (12, 1)),
        (crontab(minute="*/10"), (12, 3), (12, 10)),
        (crontab(minute="5"), (12, 5), (13, 5)),
    ),
)
def test_when_a_job_is_due_again(when, last, due):
    assert next_after(when, datetime(2026, 11, 25, *last, tzinfo=UTC)) == datetime(
        2026, 11, 25, *due, tzinfo=UTC
    )


def test_a_job_that_starts_but_never_succeeds_is_stale(all_well):
    Job.objects.filter(name=SWEEP).update(succeeded_at=now() - timedelta(minutes=10), error="OSError")
    status = stand(SWEEP)
    assert status.is_stale
    assert status.late == timedelta()


def test_lag_is_told(all_well):
    Job.objects.filter(name=SWEEP).update(started_at=now() - timedelta(seconds=150))
    assert 85 < stand(SWEEP).late.total_seconds() < 95


def test_a_run_by_a_clock_that_was_ahead_does_not_hide_that_nothing_begins(all_well):
    Job.objects.update(started_at=now() - timedelta(minutes=10))
    Job.objects.filter(name=DIGESTS).update(started_at=now() + timedelta(days=1))
    assert seconds_without_job() >= 600


def test_one_alarm_for_an_outage_and_one_when_it_is_over(all_well, settings, mailoutbox):
    Job.objects.filter(name=DIGESTS).update(succeeded_at=now() - timedelta(hours=2), error="KeyError")
    assert jobs_actions.look_after_jobs()[0] is False
    assert jobs_actions.look_after_jobs()[1] == []
    (alarm,) = alarms()
    assert (alarm.kind, alarm.address) == ("notifications.jobs_stale", settings.DESK_EMAIL)
    current_app.tasks[DIGESTS].apply()
    assert jobs_actions.look_after_jobs()[0] is True
    assert jobs_actions.look_after_jobs()[1] == []
    Job.objects.filter(name=DIGESTS).update(succeeded_at=now() - timedelta(hours=2))
    jobs_actions.look_after_jobs()
    assert [message.kind.rpartition("_")[2] for message in alarms()] == ["stale", "recovered", "stale"]
    first, second, _third = deliver_all()
    assert f"{DIGESTS}: last success" in first.body
    assert "(KeyError)" in first.body
    assert "succeeded again" in second.body
    assert "/en/desk/jobs/" in first.body


@pytest.mark.django_db(transaction=True)
def test_a_job_that_stays_away_is_noticed_by_the_others_who_send_the_alarm_themselves(
    all_well, monkeypatch, mailoutbox
):
    """Not through the queue that it reports on: nobody works it off here."""
    monkeypatch.setattr(jobs_actions, "_next_look", 0)
    Job.objects.filter(name=DIGESTS).update(succeeded_at=now() - timedelta(hours=2))
    before = set(threading.enumerate())
    current_app.tasks[SWEEP].apply()
    for thread in set(threading.enumerate()) - before:
        thread.join(300)
    assert [alarm.status for alarm in alarms()] == ["sent"]
    assert len(mailoutbox) == 1
    monkeypatch.setattr(jobs_actions, "_well", True)


def test_nobody_looks_more_often_than_once_a_minute(all_well, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(jobs_actions, "_next_look", 0)
    jobs_actions.jobs_well()
    with django_assert_num_queries(0):
        jobs_actions.jobs_well()
    monkeypatch.setattr(jobs_actions, "_next_look", time.monotonic() + jobs_actions.CALM)


@pytest.mark.behaviour("X-10")
@pytest.mark.django_db(transaction=True)
def test_with_no_job_running_at_all_the_web_process_sends_the_alarm_itself(
    client, all_well, monkeypatch, mailoutbox
):
    monkeypatch.setattr(jobs_actions, "_next_look", 0)
    Job.objects.update(succeeded_at=now() - timedelta(days=20))
    before = set(threading.enumerate())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["jobs"]) == (
        200,
        "degraded",
        "failing",
    )
    for thread in set(threading.enumerate()) - before:
        thread.join(300)
    assert len(mailoutbox) == 1
    assert f"{len(beat_schedule())} jobs of the portal" in mailoutbox[0].body
    assert client.get("/readyz").json()["jobs"] == "failing"  # what was found holds until the next look
    assert len(alarms()) == 1
    monkeypatch.setattr(jobs_actions, "_well", True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_look_at_once_one_writes(all_well):
    Job.objects.filter(name=DIGESTS).update(succeeded_at=now() - timedelta(hours=2))
    barrier = threading.Barrier(2)

    def look():
        try:
            barrier.wait(300)
            jobs_actions.look_after_jobs()
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _watch in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert len(alarms()) == 1


def test_a_note_that_cannot_be_written_does_not_stop_the_job(monkeypatch, db):
    from django.db import OperationalError

    def away(*_of):
        raise OperationalError

    monkeypatch.setattr(receivers, "job_began", away)
    monkeypatch.setattr(receivers, "job_ended", away)
    assert current_app.tasks[SWEEP].apply().state == "SUCCESS"


@pytest.mark.behaviour("X-10")
def test_the_page_shows_each_job(client, all_well):
    Job.objects.filter(name=DIGESTS).update(succeeded_at=now() - timedelta(hours=2), error="KeyError")
    Job.objects.filter(name=SWEEP).delete()
    sign_in(client, person_with(Role.ADMINISTRATOR))
    answer = client.get(JOBS)
    text = answer.content.decode()
    assert len(answer.context["job_statuses"]) == len(beat_schedule())
    assert ("One job has not succeeded" in text, "KeyError" in text, "Not run yet" in text) == (True,) * 3
    title, troubled = answer.context["groups"][0]
    assert (title, [status.job.name for status in troubled]) == ("Failed or late", [DIGESTS])
    assert sum(len(rows) for _title, rows in answer.context["groups"]) == len(beat_schedule())
    assert text.count('<details class="disclosure" open>') == 1
    assert "Make the overviews by e-mail" in text
    for role, warns in ((Role.HEAD, True), (Role.VETTING, False)):
        sign_in(client, person_with(role))
        assert ("1 background job is not running." in client.get("/en/desk/").text) is warns


def test_the_last_good_backup_is_told_and_one_that_failed(client):
    def backup_metrics():
        lines = client.get("/metrics").content.decode().splitlines()
        return {
            name: float(value)
            for name, _space, value in (line.partition(" ") for line in lines)
            if name.startswith("whatson_backup")
        }

    assert backup_metrics() == {"whatson_backup_failed": 0}
    call_command("note_backup")
    Job.objects.filter(name=BACKUP).update(succeeded_at=now() - timedelta(hours=30))
    assert backup_metrics()["whatson_backup_age_seconds"] >= 30 * 3600
    call_command("note_backup", failed=True)
    assert backup_metrics()["whatson_backup_failed"] == 1
    assert backup_metrics()["whatson_backup_age_seconds"] >= 30 * 3600
    call_command("note_backup")
    assert backup_metrics()["whatson_backup_failed"] == 0
    assert backup_metrics()["whatson_backup_age_seconds"] < 30 * 3600
    assert BACKUP not in [status.job.name for status in statuses()]
    assert seconds_without_job() is not None
    assert not Job.objects.filter(started_at__isnull=False).exists()


def test_every_job_of_the_schedule_has_its_words():
    assert JOB_LABELS.keys() == beat_schedule().keys()
