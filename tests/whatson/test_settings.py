"""The settings, held against what is told of them and against a half-set environment."""

import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest

from tests.whatson import ROOT
from tests.whatson.variables import MUST, read_by_the_settings, read_by_the_web_server
from tools.check import PRODUCTION

pytestmark = pytest.mark.slow


def comments_of_variables() -> dict[str, str]:
    """variable of .env.example → the line above it."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return {line.split("=")[0]: above for above, line in pairwise(lines) if re.match(r"[A-Z]", line)}


def test_every_variable_is_told_of_and_no_other():
    assert sorted(comments_of_variables()) == sorted(read_by_the_settings() | read_by_the_web_server())


def test_every_variable_has_a_comment():
    # WEB_THREADS shares the line of WEB_WORKERS.
    assert [
        name
        for name, above in comments_of_variables().items()
        if not above.startswith("# ") and name != "WEB_THREADS"
    ] == []


def start(
    env: dict[str, str], program: str = "import django; django.setup(); print('started')"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_everything_is_set():
    assert start(PRODUCTION).stdout == "started\n"


@pytest.mark.parametrize("name", MUST)
def test_production_refuses_to_start_half_set(name):
    done = start({key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode != 0
    assert name in done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY_FILE", ""),
        ("SECRET_KEY_FILE", "/nothing/here"),
        ("SITE_URL", "http://whatson.example.org"),
        ("SITE_URL", "whatson.example.org"),
        ("SITE_URL", "https://whatson.example.org/portal"),
        ("DATABASE_URL", "database:5432"),
        ("DATABASE_URL", "mysql://whatson@database/whatson"),
        ("REDIS_URL", "queue:6379"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_PROVIDER", "sendgrid"),
        ("MAIL_WEBHOOK_SECRET", "half"),
        ("DEFAULT_FROM_EMAIL", "WhatsOn"),
        ("DESK_EMAIL", "desk"),
        ("CLAMD_URL", "scanner"),
        ("PROXY_COUNT", "one"),
        ("LOG_LEVEL", "LOUD"),
        ("SINGLE_SIGN_ON", "[ministry]"),
        ("MAILBOX_ADDRESS", "portal@example.org"),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("S3_ENDPOINT_URL", "nonsense"),
        ("ALLOWED_HOSTS", "other.example.org,web"),
        ("DATABASE_POOL_MAX", "0"),
        ("WEB_THREADS", "-3"),
        ("KEEP_PAGES_SECONDS", "-1"),
    ],
)
def test_production_refuses_a_wrong_setting_in_one_line(name, wrong):
    provider = {"MAIL_PROVIDER": "brevo"} if name == "MAIL_WEBHOOK_SECRET" else {}
    done = start({**PRODUCTION, **provider, name: wrong})
    assert (done.returncode, done.stdout) == (3, "")
    assert re.fullmatch(rf"The portal does not start: .*{name}\b.*\n", done.stderr)


def test_production_leaves_the_names_below_its_own_alone_unless_told():
    names = "s.SECURE_HSTS_PRELOAD, s.SECURE_HSTS_INCLUDE_SUBDOMAINS"
    program = f"from django.conf import settings as s; print({names})"
    outputs = [start({**PRODUCTION, **env}, program).stdout for env in ({}, {"HSTS_SUBDOMAINS": "true"})]
    assert outputs == ["False False\n", "True True\n"]


def test_a_bucket_is_swept_only_where_it_is_ours_alone():
    program = "from django.conf import settings as s; print(s.STORAGE_SWEEP)"
    bucket = {"S3_BUCKET": "whatson", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "b"}
    outputs = [
        start({**PRODUCTION, **env}, program).stdout
        for env in ({}, bucket, {**bucket, "STORAGE_SWEEP": "true"})
    ]
    assert outputs == ["True\n", "False\n", "True\n"]


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text(PRODUCTION["SECRET_KEY"] + "\n", encoding="utf-8")
    env = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    assert start({**env, "SECRET_KEY_FILE": str(file)}).stdout == "started\n"
    missing = start({**env, "SECRET_KEY_FILE": str(tmp_path / "nothing")})
    assert "SECRET_KEY_FILE" in missing.stderr.splitlines()[-1]


def test_options_of_the_database_address_stay_beside_the_pool(monkeypatch):
    from whatson.settings.env import database

    monkeypatch.setenv("DATABASE_POOL_MAX", "7")
    options_of_database = database("postgres://whatson@db.example/whatson?sslmode=require")
    options = dict(options_of_database["OPTIONS"])
    assert options.pop("pool")["max_size"] == 7
    assert options == {"sslmode": "require", "connect_timeout": 3}


def test_production_has_neither_pages_for_developers_nor_invented_people():
    program = "from django.conf import settings as s; print(s.DEV_PAGES, s.DEMO_ALLOWED)"
    assert start(PRODUCTION, program).stdout == "False False\n"


VISIT = """
import django; django.setup()
from django.conf import settings
from django.test import Client
visitor = Client(SERVER_NAME="localhost")
print(settings.DEBUG)
for address in ("/ar/nothing/", "/static/css/frame.css", "/static/admin/css/base.css",
                "/static/vendor/bootstrap/bootstrap.min.css", "/en/dev/components/"):
    answer = visitor.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    print(answer.status_code, b'<html lang="' + address[1:3].encode() in body, b"URLconf" in body,
          answer.headers.get("Cache-Control"))
"""


@pytest.mark.night
@pytest.mark.parametrize("debug", ["0", "1"])
def test_development_shows_our_own_pages_unless_asked_and_serves_static_files_uncollected(debug):
    done = subprocess.run(
        [sys.executable, "-c", VISIT],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "whatson.settings.dev", "DEBUG": debug},
        capture_output=True,
        text=True,
        check=True,
    )
    missing = "404 False True None" if debug == "1" else "404 True False None"
    read_anew = "200 False False max-age=0, public"
    assert done.stdout.splitlines()[-6:] == [
        str(debug == "1"),
        missing,
        *[read_anew] * 3,
        "200 True False None",
    ]


@pytest.mark.django_db
def test_the_pages_for_developers_are_absent_where_the_settings_say_so(client, settings):
    settings.DEV_PAGES = False
    assert client.get("/dev/mail/").status_code == 404
