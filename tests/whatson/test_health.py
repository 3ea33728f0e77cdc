"""What machines ask: alive, ready, and the numbers."""

import pytest
from django.core.cache import caches
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from health_check import Database
from health_check.exceptions import ServiceUnavailable

from core import health


@pytest.fixture(autouse=True)
def _not_asked_before(monkeypatch):
    monkeypatch.setattr(health.Migrations, "seen_current", False)
    monkeypatch.setattr("notifications.jobs.actions._next_look", 0.0)  # one watch for the process


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
        "jobs": "ok",
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_the_database(client, monkeypatch):
    def away(self):
        raise ServiceUnavailable("away: host=secret.example")

    monkeypatch.setattr(Database, "run", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "database": "failing",
        "migrations": "ok",
        "cache": "ok",
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
    async def nothing(*args, **kwargs):
        return None

    monkeypatch.setattr(type(caches["default"]), "aget", nothing)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


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
    ("proxies", "said", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_add_is_believed(rf, settings, proxies, said, address):
    from core.middleware import ClientAddressMiddleware

    settings.PROXY_COUNT = proxies
    request = rf.get("/", headers={"x-forwarded-for": said} if said else {})
    ClientAddressMiddleware(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
