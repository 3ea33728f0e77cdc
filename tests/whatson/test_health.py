"""What machines ask: alive, ready, and the numbers."""

import json
import socket
import threading
import time
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.utils.timezone import now

from core import health, probes
from core.tracing import SENT_AT
from notifications.jobs.models import Job
from tests.factories.notifications import MessageFactory

QUEUES = probes.queues


@pytest.fixture(autouse=True)
def _not_asked_before(monkeypatch):
    monkeypatch.setattr(health, "_has_current_tables", False)
    monkeypatch.setattr("notifications.jobs.actions._next_look", 0.0)  # one watch for the process
    # Other tests leave tasks in the queue that no worker takes.
    monkeypatch.setattr(probes, "queues", lambda: probes.Queues([probes.QueueState("mail", 0, 0.0)], 0))


@pytest.mark.django_db
def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_all_is_well(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "database": "ok",
        "migrations": "ok",
        "cache": "ok",
        "queue": "ok",
        "queue_age": "ok",
        "beat": "ok",
        "jobs": "ok",
        "disk": "not asked",  # tests keep files in memory
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_the_database(client, monkeypatch):
    def away(execute, sql, params, many, context):
        raise OperationalError("away: host=secret.example")

    with connection.execute_wrapper(away):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "database": "failing",
        "migrations": "not asked",
        "cache": "ok",
        "queue": "ok",
        "queue_age": "ok",
        "beat": "not asked",
        "jobs": "not asked",
        "disk": "not asked",
    }


@pytest.mark.django_db
def test_not_ready_while_migrations_wait(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [object()])
    response = client.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, "failing")


@pytest.mark.django_db
def test_not_ready_when_the_migrations_cannot_be_read(client, monkeypatch):
    def refuse(self, targets):
        raise DatabaseError("no table")

    monkeypatch.setattr(MigrationExecutor, "migration_plan", refuse)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_lost_cache_degrades_but_keeps_visitors_coming(client, monkeypatch):
    monkeypatch.setattr(type(caches["default"]), "get", lambda *args, **kwargs: None)
    response = client.get("/readyz")
    answer = response.json()
    assert (response.status_code, answer["status"], answer["cache"]) == (200, "degraded", "failing")


@pytest.fixture
def deaf():
    """A server that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield listening.getsockname()[1]


@pytest.mark.django_db
def test_parts_that_hang_are_told_within_two_seconds(client, monkeypatch, settings, deaf):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{deaf}/0"
    probes._broker.cache_clear()
    monkeypatch.setattr(probes, "queues", QUEUES)
    silent = {"host": "127.0.0.1", "port": deaf, "dbname": "none", "user": "none"}
    monkeypatch.setattr(DatabaseWrapper, "get_connection_params", lambda self: dict(silent))
    begun = time.monotonic()
    try:
        response = client.get("/readyz")
        again = client.get("/readyz")  # the thread that still waits for the database is the only one
    finally:
        probes._broker.cache_clear()
    assert time.monotonic() - begun < 4
    for answer in (response, again):
        checks = answer.json()
        assert (answer.status_code, checks["status"], checks["database"]) == (503, "not ready", "failing")
        assert (checks["queue"], checks["queue_age"], checks["cache"]) == ("failing", "not asked", "ok")
    waiting = [thread for thread in threading.enumerate() if thread.name == "probe database"]
    assert len(waiting) == 1
    waiting[0].join(10)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "where", "reading"),
    [
        ("queue_age", "queues", probes.Queues([probes.QueueState("mail", 9, 1000.0)], 0)),
        ("disk", "media_disk", probes.Disk(10**12, 10**6)),
    ],
)
def test_what_is_late_or_full_degrades_but_keeps_visitors_coming(client, monkeypatch, part, where, reading):
    monkeypatch.setattr(probes, where, lambda: reading)
    response = client.get("/readyz")
    checks = response.json()
    assert (response.status_code, checks["status"], checks[part]) == (200, "degraded", "failing")


@pytest.mark.django_db
def test_a_clock_that_stands_degrades(client):
    Job.objects.create(
        name="notifications.sweep", started_at=now() - timedelta(minutes=6), succeeded_at=now()
    )
    response = client.get("/readyz")
    assert (response.status_code, response.json()["beat"]) == (200, "failing")


def test_how_long_the_first_of_a_queue_has_waited(settings, monkeypatch):
    settings.CELERY_TASK_QUEUES = {"of_this_test": {}, "empty": {}}
    queue = probes._broker()
    body = json.dumps({"headers": {SENT_AT: time.time() - 50}})
    queue.lpush("of_this_test", json.dumps({"headers": {}}), json.dumps({"headers": {}}))
    queue.lpush("of_this_test\x06\x169", body, json.dumps({"headers": {SENT_AT: time.time()}}))
    try:
        mine, empty = QUEUES().states
    finally:
        queue.delete("of_this_test", "of_this_test\x06\x169")
    assert (mine.waiting, round(mine.oldest / 10)) == (4, 5)
    assert empty == probes.QueueState("empty", 0, 0.0)


@pytest.mark.django_db
def test_the_numbers_say_what_is_true_now(client, monkeypatch):
    MessageFactory(status="queued", not_before=now() - timedelta(minutes=5))
    Job.objects.create(name="notifications.sweep", started_at=now(), error="OSError")
    monkeypatch.setattr(probes, "media_disk", lambda: probes.Disk(1000, 10))
    text = client.get("/metrics").content.decode()
    numbers = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert numbers['whatson_mail_waiting{state="waiting"}'] == "1.0"
    assert 300 <= float(numbers["whatson_mail_oldest_seconds"]) < 400
    assert numbers['whatson_job_failing{job="notifications.sweep"}'] == "1.0"
    assert numbers['whatson_up{part="database"}'] == numbers['whatson_up{part="queue"}'] == "1.0"
    assert float(numbers["whatson_database_size_bytes"]) > 1_000_000
    assert numbers["whatson_media_free_bytes"] == "10.0"


@pytest.mark.django_db
def test_a_part_that_is_away_is_a_number_too(client, monkeypatch):
    monkeypatch.setattr(probes, "database_answers", lambda: lambda: False)
    text = client.get("/metrics").content.decode()
    assert 'whatson_up{part="database"} 0.0' in text
    assert "whatson_mail_waiting" not in text


@pytest.mark.django_db
def test_the_numbers_name_views_and_no_addresses(client):
    client.get("/healthz")
    client.get("/nowhere/at/all/?name=Zainab")
    text = client.get("/metrics").content.decode()
    assert 'whatson_answers_total{method="GET",status="200",view="core:healthz"}' in text
    assert "Zainab" not in text


@pytest.mark.parametrize(
    ("token", "sent", "dev_pages", "status"),
    [
        ("", None, True, 200),
        ("", None, False, 404),
        ("s3cret", None, True, 404),
        ("s3cret", "Bearer wrong", False, 404),
        ("s3cret", "Bearer s3cret", False, 200),
    ],
)
@pytest.mark.django_db
def test_who_may_read_the_numbers(client, settings, token, sent, dev_pages, status):
    settings.METRICS_TOKEN = token
    settings.DEV_PAGES = dev_pages
    headers = {"authorization": sent} if sent else {}
    assert client.get("/metrics", headers=headers).status_code == status


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_they_only_answer_questions(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_add_is_believed(rf, settings, proxies, forwarded, address):
    from core.middleware import ClientAddressMiddleware

    settings.PROXY_COUNT = proxies
    request = rf.get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    ClientAddressMiddleware(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
