"""Kept pages and the cache, against somebody who wants to leave something there, or to read it from there."""

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from redis.exceptions import OutOfMemoryError

from core.page_cache import cached_page
from tests.factories.accounts import UserFactory

PART = {"HX-Request": "true", "HX-Target": "results"}
WHOLE = {**PART, "HX-History-Restore-Request": "true"}


@pytest.fixture
def keeping(settings):
    settings.KEEP_PAGES_SECONDS = 60
    return settings


def test_a_message_for_one_person_never_stays_in_a_kept_page(client, db, keeping):
    client.force_login(UserFactory())
    client.post("/en/accounts/logout/")
    client.cookies.pop(keeping.SESSION_COOKIE_NAME)  # as a browser does with a cookie that has ended
    assert 'class="messages"' in client.get("/en/").content.decode()
    assert 'class="messages"' not in Client().get("/en/").content.decode()


def test_a_message_is_shown_although_the_page_is_kept(client, db, keeping):
    Client().get("/en/")
    client.force_login(UserFactory())
    client.post("/en/accounts/logout/")
    client.cookies.pop(keeping.SESSION_COOKIE_NAME)
    assert 'class="messages"' in client.get("/en/").content.decode()


@pytest.mark.parametrize("header_sets", ((WHOLE, PART), (PART, WHOLE)), ids=("whole first", "part first"))
def test_a_part_is_never_kept_as_the_page_nor_the_page_as_a_part(client, db, keeping, header_sets):
    answers = [client.get("/en/stakeholders/", headers=headers).content for headers in header_sets]
    assert [b"<html" in answer for answer in answers] == [headers is WHOLE for headers in header_sets]


def test_a_page_with_the_token_of_one_visitor_is_not_kept(keeping):
    def page():
        request = RequestFactory().get("/en/x/")
        return cached_page(request, "1", lambda: HttpResponse(get_token(request))).content

    assert page() != page()


def test_the_host_that_a_browser_claims_is_never_in_a_page(client, db, keeping, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = client.get(
        "/en/stakeholders/", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )
    assert (page.status_code, b"evil.example" in page.content) == (200, False)


def test_a_full_cache_is_no_error(client, db, monkeypatch, settings):
    def full(*_args, **_kwargs):
        raise OutOfMemoryError("command not allowed when used memory > 'maxmemory'.")

    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "core.caching.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/1"}
    }
    monkeypatch.setattr("redis.Redis.set", full)
    monkeypatch.setattr("redis.Redis.get", lambda *_args: None)
    settings.KEEP_PAGES_SECONDS = 60
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize("over_http", (False, True))
def test_a_host_that_is_not_ours_is_the_visitors_mistake_not_our_fault(db, settings, over_http):
    settings.SECURE_SSL_REDIRECT = over_http
    answer = Client(raise_request_exception=False).get("/en/", headers={"Host": "evil.example"})
    assert (answer.status_code, b"evil.example" in answer.content) == (400, False)
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
