"""Whatever goes wrong below /api/, a program is answered as a program: never with a page."""

import json

import pytest
from django.db import OperationalError
from django.test import Client

from stakeholders.directory.api import StakeholderResource
from tests.api.own import Program
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db
LIST = "/api/v1/stakeholders/"


def is_problem(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert problem["detail"]
    assert "<" not in answer.text
    return problem


def too_long():
    error = OperationalError("canceling statement due to statement timeout")
    error.__cause__ = type("QueryCanceled", (Exception,), {"sqlstate": "57014"})()
    return error


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (RuntimeError("a secret of the program"), 500, None),
        (OperationalError("the connection is lost"), 503, "30"),
        (too_long(), 503, "60"),
    ],
)
def test_what_fails_says_so_and_nothing_of_why(monkeypatch, error, status, retry_after):
    def fails(_self):
        raise error

    monkeypatch.setattr(StakeholderResource, "get_queryset", fails)
    answer = Client(raise_request_exception=False).get(LIST)
    problem = is_problem(answer, status)
    assert str(error) not in answer.text
    assert set(problem) == {"type", "title", "status", "detail"}
    assert answer.get("Retry-After") == retry_after
    assert (answer["Cache-Control"], answer["Access-Control-Allow-Origin"]) == ("no-store", "*")


def test_who_waited_too_long_is_asked_to_return(client):
    answer = client.get(LIST, headers={"X-Refused-By-Server": "busy 8.0"})
    is_problem(answer, 503)
    assert answer["Retry-After"] == "10"
    assert "<html" in client.get("/en/", headers={"X-Refused-By-Server": "busy 8.0"}).text


@pytest.mark.parametrize("path", ["", "topics/", "stakeholders/1/", "search/"])
def test_a_method_that_there_is_not_is_refused(client, path):
    for verb in ("put", "post", "patch", "delete"):
        answer = getattr(client, verb)(f"/api/v1/{path}", {}, content_type="application/json")
        is_problem(answer, 405)
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["nothing/", "me/contributions/abc/submit/", "me/proposals/1.5/submit/"])
def test_an_address_that_there_is_not_is_missing_whatever_the_method(client, verb, path):
    is_problem(getattr(client, verb)(f"/api/v1/{path}", {}, content_type="application/json"), 404)


@pytest.mark.parametrize(
    "path",
    ["/api/v1/nothing/", "/api/v2/", "/api/v1/stakeholders/999999/", "/api/v1/meetings/-1/?fields=title"],
)
def test_an_address_that_there_is_not_is_told_so(client, path):
    is_problem(client.get(path), 404)


@pytest.mark.parametrize("resource", ["countries", "articles", "topics", "figures"])
def test_a_null_character_is_told_so(client, resource):
    """PostgreSQL takes none in a text: neither as the key of a row nor within a cursor."""
    is_problem(client.get(f"/api/v1/{resource}/%00/"), 404)
    is_problem(client.get(f"/api/v1/{resource}/", {"cursor": "AA"}), 400)


@pytest.mark.parametrize("depth", [5_000, 100_000])
def test_json_that_is_nested_too_deeply_is_told_so(depth):
    program = Program(member_of(StakeholderFactory()))
    for verb, path in (("post", "me/offers/"), ("post", "me/suggestions/")):
        send = getattr(program.client, verb)
        is_problem(send(f"/api/v1/{path}", "[" * depth, content_type="application/json"), 400)


def test_more_than_is_taken_at_once_is_told_so(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
    long = json.dumps({"text": "x" * 1_600_000})
    program = Program(member_of(StakeholderFactory()))
    problem = is_problem(
        program.client.post("/api/v1/me/offers/", long, content_type="application/json"), 413
    )
    assert "1.5 MB" in problem["detail"]
    page = client.post("/en/accounts/login/", {"login": "x" * 1_600_000})
    assert page.status_code == 413
    assert "at most 1.5 MB" in page.text


def test_what_the_server_itself_refuses_is_told_so(client):
    is_problem(client.get(LIST, headers={"Host": "not a host"}), 400)
    answer = client.post("/api/v1/stakeholders/", "{", content_type="application/json")
    assert answer["Content-Type"] == "application/problem+json"


def test_the_page_about_it_stays_a_page():
    broken = Client(raise_request_exception=False)
    assert broken.get("/api/docs/", headers={"Host": "not a host"})["Content-Type"].startswith("text/html")
