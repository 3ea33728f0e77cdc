"""Logs hold no key that opens something, and not what somebody searched for."""

import io
import json
import logging
import os
import re
import subprocess
import sys

import pytest
import structlog
from django.db import OperationalError

from tests.whatson import ROOT
from whatson.settings.logging import (
    _SECRET,
    leave_out_of_answers,
    leave_out_of_errors,
    leave_out_secrets,
    logging_of,
)

CADDYFILE = (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("request_line", "logged"),
    (
        ("GET /en/stakeholders/?q=my+sister", "GET /en/stakeholders/"),
        ("GET /en/accounts/password/reset/key/1-set-password/", "GET /en/accounts/password/reset/key/…/"),
        ("POST /ar/accounts/confirm-email/MQ:abc-DEF/", "POST /ar/accounts/confirm-email/…/"),
        ("GET /fr/stakeholders/invitations/s3cr3t/", "GET /fr/stakeholders/invitations/…/"),
        ("POST /zh/mail/stop/WzEsIm:1x/", "POST /zh/mail/stop/…/"),
        ("GET /en/mail/preferences/WzEsIm:1x/", "GET /en/mail/preferences/…/"),
    ),
)
def test_an_address_is_logged_without_what_it_opens(request_line, logged):
    assert leave_out_secrets(None, "info", {"request": request_line})["request"] == logged


def test_a_page_that_is_not_there_is_told_without_its_key():
    line = {"event": "Not Found: /en/stakeholders/invitations/s3cr3t/"}
    assert leave_out_secrets(None, "warning", line) == {"event": "Not Found: /en/stakeholders/invitations/…/"}


def test_what_django_says_of_an_answer_tells_no_key_either(client):
    """With its own line comes the whole request, which shows its address when it is written down."""
    heard = io.StringIO()
    lines = logging_of("INFO", as_json=True)["formatters"]["lines"]
    ours = logging.StreamHandler(heard)
    ours.setFormatter(lines["()"](**{key: value for key, value in lines.items() if key != "()"}))
    logger = logging.getLogger("django.request")
    logger.addHandler(ours)
    try:
        client.get("/en/accounts/password/reset/nothing/key/s3cr3t/?q=my+sister")
    finally:
        logger.removeHandler(ours)
        logging_of("INFO", as_json=False)  # it sets more than it answers
    text = heard.getvalue()
    assert json.loads(text)["request"] == "GET /en/accounts/password/reset/nothing/key/…/"
    assert "s3cr3t" not in text


def lines_written_during(ask) -> list[dict]:
    """What is written in production while `ask` runs."""
    heard = io.StringIO()
    lines = logging_of("INFO", as_json=True)["formatters"]["lines"]
    ours = logging.StreamHandler(heard)
    ours.setFormatter(lines["()"](**{key: value for key, value in lines.items() if key != "()"}))
    logging.getLogger().addHandler(ours)
    try:
        ask()
    finally:
        logging.getLogger().removeHandler(ours)
        logging_of("INFO", as_json=False)  # it sets more than it answers
    return [json.loads(line) for line in heard.getvalue().splitlines()]


def test_a_refusal_is_found_by_the_reference_on_its_page(client):
    answers = []
    lines = lines_written_during(
        lambda: answers.append(client.get("/en/", headers={"X-Refused-By-Server": "busy 8.1"}))
    )
    assert answers[0].status_code == 503
    assert [line["request_id"] for line in lines] == [answers[0]["X-Request-ID"]] * 2
    assert [line.get("seconds") for line in lines] == ["8.1", None]


def test_a_database_that_is_away_is_logged_as_the_503_that_people_see(client, monkeypatch):
    def away(*_arguments, **_options):
        raise OperationalError("the connection is gone")

    monkeypatch.setattr("portal.machines.views.get_language_from_request", away)
    client.raise_request_exception = False
    answers = []
    lines = lines_written_during(lambda: answers.append(client.get("/")))
    assert answers[0].status_code == 503
    failed = next(line for line in lines if line["event"] == "request_failed")
    assert (failed["code"], failed["error"]) == (503, "OperationalError")
    assert not any("Traceback" in line.get("exception", "") for line in lines)
    assert {line["request_id"] for line in lines} == {answers[0]["X-Request-ID"]}


def test_what_is_no_text_is_left_alone():
    assert leave_out_secrets(None, "info", {"request": 7, "event": None}) == {"request": 7, "event": None}


def test_the_door_logs_no_more_of_an_address_than_the_portal():
    rule = re.search(r"request>uri regexp `(.+)` \$1…", CADDYFILE)
    assert rule
    # Caddy's expressions know no looking ahead: a number is left out as well.
    named = _SECRET.pattern.partition("(?!")[0]
    assert rule[1] == rf"{named}[^/?]+|\?.*"
    for uri, logged in (
        ("/fr/stakeholders/invited/s3cr3t/?next=/en/", "/fr/stakeholders/invited/…/…"),
        ("/en/events/mine/s3cr3t.ics", "/en/events/mine/…"),
        ("/en/stakeholders/?q=my+sister", "/en/stakeholders/…"),
        ("/en/reviews/KEN/", "/en/reviews/KEN/"),
    ):
        assert re.sub(rule[1], lambda match: f"{match[1] or ''}…", uri) == logged
    for field in ("request>headers", "resp_headers"):
        assert f"{field} delete" in CADDYFILE
    # Of errors as well: they go the way of the whole server, so the rules stand there and the site adds none.
    assert CADDYFILE.index("format filter") < CADDYFILE.index("{$SITE_URL")
    assert CADDYFILE.count("format filter") == 1
    assert re.findall(r"^\tlog.*", CADDYFILE, re.MULTILINE) == [
        "\tlog {",
        "\tlog_append request_id {http.request.uuid}",
        "\tlog",
    ]


def test_a_probe_that_went_well_leaves_no_line():
    for code in ({}, {"code": 200}):
        with pytest.raises(structlog.DropEvent):
            leave_out_of_answers(None, "info", {"request": "GET /readyz", **code})
    for line in ({"request": "GET /readyz", "code": 503}, {"request": "GET /en/"}, {"event": "a job"}):
        assert leave_out_of_answers(None, "info", {**line}) == line


def test_no_line_tells_which_browser_somebody_has():
    line = {"request": "GET /en/", "user_agent": "Mozilla/5.0 (Nokia 3310)"}
    assert leave_out_of_answers(None, "info", line) == {"request": "GET /en/"}


def test_what_the_web_server_says_of_itself_is_json():
    call = "-m gunicorn --config gunicorn.conf.py --bind 127.0.0.1:0 tests.whatson.overload_app:application"
    env = {"PATH": os.environ["PATH"], "WEB_WORKERS": "1"}
    with subprocess.Popen(
        [sys.executable, *call.split()], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
    ) as server:
        lines = [server.stderr.readline() for _line in range(2)]
        server.terminate()
    assert [json.loads(line)["level"] for line in lines] == ["info", "info"]


def test_the_service_that_gathers_errors_gets_no_key_either():
    path = "/fr/stakeholders/invitations/s3cr3t/"
    event = {
        "level": "error",
        "request": {
            "url": f"https://whatson.example{path}",
            "query_string": "q=my+sister",
            "headers": {"Referer": f"https://whatson.example{path}", "Accept": "text/html"},
        },
        "breadcrumbs": {"values": [{"message": f"Not Found: {path}", "timestamp": 7}]},
        "exception": {"values": [{"value": f"no such page: {path}"}]},
    }
    sent = leave_out_of_errors(event, {})
    assert "s3cr3t" not in str(sent)
    assert "sister" not in str(sent)
    assert sent["request"]["url"] == "https://whatson.example/fr/stakeholders/invitations/…/"
    assert sent["request"]["headers"] == {"Accept": "text/html"}
    assert sent["breadcrumbs"]["values"][0]["timestamp"] == 7
