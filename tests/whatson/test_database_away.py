"""The database, stopped and started again under the portal: a page that helps, and none lost afterwards."""

import io
import os
import subprocess
import sys
import time

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from core import health
from tests.support import database_url
from tests.whatson import ROOT
from tools.check import PRODUCTION
from whatson.embedded import postgres
from whatson.embedded.places import Data
from whatson.embedded.processes import Keeper
from whatson.settings.env import database
from whatson.urls import handler500  # noqa: F401  the tests' addresses have the portal's page for it
from whatson.urls import urlpatterns as of_the_portal

pytestmark = [pytest.mark.night, pytest.mark.slow]

ALIAS = "restarted"


@login_not_required
def asks(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        return HttpResponse(cursor.fetchone()[0])


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lo_get(0)")
    return HttpResponse()


@login_not_required
def takes_long(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(60)")
    return HttpResponse()


urlpatterns = [path("asks/", asks), path("breaks/", breaks), path("takes-long/", takes_long), *of_the_portal]


@pytest.fixture
def served(tmp_path, monkeypatch, django_db_blocker, settings):
    """(start, stop, get): a server of our own, and the portal on it, as a web server asks it."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(health, "_has_current_tables", True)
    with Keeper() as keeper, django_db_blocker.unblock():
        data = Data.at(str(tmp_path / "data"))
        server = postgres.start(keeper, data, throwaway=True)
        before = connections["default"]
        address = database(server.url(postgres.APP))
        address["OPTIONS"]["pool"] |= {"timeout": 0.5, "reconnect_timeout": 0.5}  # of three seconds each
        ours = DatabaseWrapper({**before.settings_dict, **address}, ALIAS)
        connections["default"] = connections[ALIAS] = ours
        answer = WSGIHandler()

        def get(address: str) -> tuple[int, dict[str, str], str]:
            environ = RequestFactory(headers={"host": "testserver"})._base_environ(
                PATH_INFO=address, REQUEST_METHOD="GET", **{"wsgi.input": io.BytesIO()}
            )
            response = answer(environ, lambda status, headers, exc_info=None: None)
            content = b"".join(response).decode()
            response.close()
            return response.status_code, dict(response.items()), content

        yield (
            lambda: postgres.start(keeper, data, throwaway=True),
            lambda: keeper.end(keeper.processes[0]),
            get,
        )
        ours.close()
        ours.close_pool()
        del connections[ALIAS]
        connections["default"] = before


@pytest.mark.timeout(180)
def test_the_database_stops_and_starts_and_nobody_meets_a_dead_connection(served):
    start, stop, get = served
    assert get("/asks/")[0] == 200
    stop()
    for address in ("/asks/", "/en/", "/fr/stakeholders/"):
        status, headers, page = get(address)
        assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
        assert "</html>" in page
        assert "database" in page or address.startswith("/fr")
    assert get("/healthz")[0] == 200
    assert get("/readyz")[0] == 503
    start()
    assert [get("/asks/")[0] for _request in range(3)] == [200, 200, 200]
    stop()
    start()
    assert [get("/asks/")[0] for _request in range(3)] == [200, 200, 200]


@pytest.mark.timeout(180)
def test_what_takes_too_long_is_ended_and_says_so(served):
    status, headers, page = served[2]("/takes-long/")
    assert (status, headers["Retry-After"]) == (503, "60")
    assert "takes too long" in page
    assert served[2]("/asks/")[0] == 200


@pytest.mark.parametrize(
    ("process", "limit"),
    [
        ("import whatson.wsgi", "20s"),
        (
            "import django; django.setup(); from celery.signals import worker_init;"
            "from whatson.celery import app; app.app = app; worker_init.send(app)",
            "15min",
        ),
        ("import django; django.setup()", "0"),
    ],
    ids=["web", "worker", "command"],
)
@pytest.mark.django_db(transaction=True)
def test_how_long_one_statement_may_take(process, limit):
    ask = (
        "; from django.db import connection; cursor = connection.cursor();"
        " cursor.execute('SHOW statement_timeout'); print(cursor.fetchone()[0]); connection.close_pool()"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "whatson.settings.dev", "DATABASE_URL": database_url()}
    done = subprocess.run(
        [sys.executable, "-c", process + ask], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1] == limit


@pytest.mark.django_db(transaction=True)
def test_no_thread_and_no_connection_is_there_where_the_processes_part():
    """What a process had open before it parted, two would read from."""
    ask = (
        "import whatson.wsgi, threading; from django.db import connection; from core import startup_checks;"
        " startup_checks.refuse_unfit_database() if not settings.CHECK_DATABASE_AT_START else None;"
        " print(threading.active_count(), connection.connection, connection._connection_pools)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "whatson.settings.dev", "DATABASE_URL": database_url()}
    done = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; {ask}"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["1", "None", "{}"]


@pytest.mark.parametrize(("seconds", "options"), [("7", "-c statement_timeout=7s"), ("0", "None")])
def test_no_limit_is_no_option_that_a_pooler_might_refuse(seconds, options):
    ask = (
        "import whatson.wsgi; from django.db import connection;"
        " print(connection.settings_dict['OPTIONS'].get('options'))"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "whatson.settings.dev", "STATEMENT_SECONDS": seconds}
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == options


@pytest.mark.timeout(180)
def test_what_is_asked_too_much_of_the_database_is_our_fault_and_no_pause(served):
    assert served[2]("/breaks/")[0] == 500


@pytest.mark.timeout(180)
def test_a_worker_that_starts_while_the_database_is_away_waits_for_it(tmp_path):
    nowhere = {"DATABASE_URL": "postgres://whatson@127.0.0.1:1/whatson", "REDIS_URL": "redis://127.0.0.1:1"}
    log = tmp_path / "log"
    with log.open("w") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "whatson", "worker", "--pool", "solo"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **PRODUCTION, **nowhere},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        while log.read_text().count("database_away") < 2:
            assert worker.poll() is None, log.read_text()
            time.sleep(0.2)
    finally:
        worker.kill()
        worker.wait()
