"""Pages of visitors from a real streaming replica: paused, stopped, started again, and never noticed."""

import os
import subprocess
import sys
import time
from threading import Event
from types import SimpleNamespace

import psycopg
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connections, models
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import Func
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import path
from prometheus_client import REGISTRY

from core import replica
from core.database import on_primary, reading_connection, reads_replica
from tests import servers, support
from tests.whatson import ROOT
from whatson.embedded import places, postgres
from whatson.embedded.processes import Keeper
from whatson.settings.env import database

pytestmark = [pytest.mark.night, pytest.mark.slow, pytest.mark.timeout(300)]


with isolate_apps("core"):

    class Sample(models.Model):
        number = models.IntegerField(primary_key=True)

        class Meta:
            app_label = "core"
            db_table = "sample"

        def __str__(self):
            return str(self.number)


IS_COPY = Func(function="pg_is_in_recovery", output_field=models.BooleanField())


@login_not_required
def which(request):
    """Who answers, and what it has: to a statement that is written out."""
    with reading_connection().cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), (SELECT count(*) FROM sample)")
        is_copy, rows = cursor.fetchone()
    return HttpResponse(f"{'replica' if is_copy else 'primary'} {rows}")


@login_not_required
def row(request, number):
    """Who answers to the ORM."""
    row = get_object_or_404(Sample.objects.annotate(is_copy=IS_COPY), pk=number)
    return HttpResponse("replica" if row.is_copy else "primary")


@login_not_required
def write(request):
    Sample.objects.create(number=7)
    return row(request, 7)


@login_not_required
def write_after_read(request):
    """What is written rests on what was read."""
    Sample.objects.create(number=100 + Sample.objects.count())
    return which(request)


@login_not_required
def listed(request):
    """A page that keeps something for all."""
    with on_primary():
        first = which(request).content
    return HttpResponse(first + b", " + which(request).content)


@login_not_required
def breaks(request):
    with reading_connection().cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


urlpatterns = [
    path("which/", which),
    path("rows/<int:number>/", row),
    path("write/", write),
    path("write-after-read/", write_after_read),
    path("listed/", listed),
    path("breaks/", breaks),
]


@pytest.fixture(scope="module")
def cluster():
    """A primary and its replica, each with a process that may be stopped."""
    with Keeper() as keeper, places.throwaway() as data:
        primary = postgres.start(keeper, data, throwaway=True)
        with primary.connect(database=postgres.DATABASE) as owner:
            owner.execute(f"CREATE TABLE sample (number int); GRANT ALL ON sample TO {postgres.APP}")
        socket, process = servers.follow(keeper, data.path, primary.socket)
        yield SimpleNamespace(keeper=keeper, data=data, primary=primary, socket=socket, process=process)


@pytest.fixture
def portal(cluster, monkeypatch, settings, django_db_blocker):
    """A visitor of a portal with that replica, and what they see."""
    settings.ROOT_URLCONF = __name__
    settings.DATABASE_ROUTERS = ["core.database.Router"]
    copy = postgres.Postgres(cluster.socket, cluster.process)
    with django_db_blocker.unblock():
        before = connections["default"]
        for alias, server in (("default", cluster.primary), ("replica", copy)):
            ours = database(server.url(postgres.APP))
            ours["OPTIONS"]["pool"] |= {"timeout": 1, "reconnect_timeout": 1}
            monkeypatch.setitem(connections.settings, alias, before.settings_dict | ours)
        # Pools go by alias, and the tests have one of that name.
        ours = DatabaseWrapper(connections.settings["default"], "primary")
        connections["default"] = connections["primary"] = ours
        watch = replica.Watch()
        watch._thread = object()  # tests look themselves
        monkeypatch.setattr(replica, "watch", watch)
        with cluster.primary.connect(database=postgres.DATABASE) as owner:
            owner.execute("TRUNCATE sample")
        caught_up(cluster, watch)

        def get(address="/which/"):
            answer = Client().get(address).content.decode()
            connections["replica"].close()  # as at the end of each request, but of those of a test client
            return answer

        yield SimpleNamespace(client=Client(), watch=watch, get=get)
        watch.ended.set()
        for alias in ("primary", "replica"):
            connections[alias].close()
            connections[alias].close_pool()
            del connections[alias]
        for line in watch._lines.values():
            line.close()
        connections["default"] = before


def caught_up(cluster, watch):
    with cluster.primary.connect(database=postgres.DATABASE) as owner:
        (place,) = owner.execute("SELECT pg_current_wal_lsn()").fetchone()

    def has_all():
        with postgres.Postgres(cluster.socket, cluster.process).connect(database="postgres") as line:
            return line.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [place]).fetchone()[0]

    support.wait_for(has_all, 60)
    watch.look()
    assert watch.is_good()


def on(cluster, command):
    with psycopg.connect(
        host=str(cluster.socket),
        port=5432,
        user=postgres.SUPERUSER,
        dbname=postgres.DATABASE,
        autocommit=True,
    ) as line:
        line.execute(command)


def add(cluster, number=1):
    with cluster.primary.connect(database=postgres.DATABASE) as owner:
        owner.execute("INSERT INTO sample VALUES (%s)", [number])


def count_requests(name):
    return REGISTRY.get_sample_value("whatson_requests_by_database_total", {"database": name}) or 0


def test_a_visitor_reads_the_replica_and_who_is_signed_in_the_primary(portal, settings):
    before = count_requests("replica")
    assert portal.get() == "replica 0"
    assert count_requests("replica") == before + 1
    portal.client.cookies[settings.SESSION_COOKIE_NAME] = "abc"
    assert portal.client.get("/which/").content == b"primary 0"
    assert Client(headers={"authorization": "Bearer abc"}).get("/which/").content == b"primary 0"
    assert not reads_replica()


def test_who_has_just_sent_something_reads_the_primary_until_the_copy_has_it(portal):
    answer = portal.client.post("/write/")
    assert (answer.content, answer.cookies["sent"]["max-age"]) == (b"primary", 2 * replica.MOST_LAG)
    assert portal.client.get("/which/").content == b"primary 1"
    del portal.client.cookies["sent"]  # as the browser does
    assert portal.client.get("/which/").content.startswith(b"replica")


def test_what_only_the_primary_can_answer_is_asked_there(portal, cluster):
    before = count_requests("again")
    assert portal.get("/write/") == "primary"  # a page that writes
    on(cluster, "SELECT pg_wal_replay_pause()")
    try:
        add(cluster, 5)
        assert portal.get("/rows/5/") == "primary"  # a link that is quicker than the copy
        assert portal.get("/write-after-read/") == "primary 3"
        with cluster.primary.connect(database=postgres.DATABASE) as owner:
            assert owner.execute("SELECT max(number) FROM sample").fetchone() == (102,)
    finally:
        on(cluster, "SELECT pg_wal_replay_resume()")
    assert Client().get("/rows/6/").status_code == 404
    assert count_requests("again") == before + 4
    assert Client().get("/nowhere/").status_code == 404  # no view: not asked twice
    assert count_requests("again") == before + 4
    with pytest.raises(Exception, match="division by zero"):
        Client().get("/breaks/")
    assert portal.get().startswith("replica")


def test_what_is_kept_for_all_is_read_from_the_primary(portal, cluster):
    on(cluster, "SELECT pg_wal_replay_pause()")
    try:
        add(cluster)
        assert portal.get("/listed/") == "primary 1, replica 0"
    finally:
        on(cluster, "SELECT pg_wal_replay_resume()")


def test_a_replica_that_lags_is_left_and_taken_up_again(portal, cluster, monkeypatch):
    monkeypatch.setattr(replica, "MOST_LAG", 0.5)
    on(cluster, "SELECT pg_wal_replay_pause()")
    try:
        portal.watch.look()
        assert portal.get() == "replica 0"  # nothing has changed: paused, but not behind
        time.sleep(0.6)
        portal.watch.look()
        assert portal.get() == "replica 0"
        add(cluster)
        portal.watch.look()
        assert portal.get() == "replica 0"  # behind for a moment
        time.sleep(0.6)
        portal.watch.look()
        assert portal.watch.lag() > 0.5
        assert portal.get() == "primary 1"
    finally:
        on(cluster, "SELECT pg_wal_replay_resume()")
    caught_up(cluster, portal.watch)
    assert portal.get() == "replica 1"


def test_a_replica_that_is_gone_is_not_missed(portal, cluster):
    assert portal.get() == "replica 0"
    cluster.keeper.end(cluster.process)
    assert portal.get() == "primary 0"  # before any look: asked, not there, and the primary answers
    assert not portal.watch.is_good()
    for _look in range(2):
        with pytest.raises(psycopg.OperationalError):
            portal.watch.look()
    assert portal.get() == "primary 0"
    cluster.process = servers.run_again(cluster.keeper, cluster.data.path, cluster.socket)
    caught_up(cluster, portal.watch)
    assert portal.get() == "replica 0"


def test_without_the_primary_visitors_still_read(portal, cluster):
    process = cluster.primary.process
    cluster.keeper.end(process)
    portal.watch.look()
    assert portal.watch.is_good()
    assert portal.get() == "replica 0"
    cluster.primary = postgres.start(cluster.keeper, cluster.data, throwaway=True)
    portal.watch.look()
    assert portal.get() == "replica 0"


def test_the_look_goes_on_by_itself_and_is_told(portal, monkeypatch):
    may_look, look = Event(), portal.watch.look
    monkeypatch.setattr(portal.watch, "look", lambda: may_look.wait(30) and look())
    portal.watch._thread = None
    portal.watch.put_off()
    assert not portal.watch.is_good()  # begins the thread, and does not wait for its first look
    may_look.set()
    support.wait_for(portal.watch.is_good, 30)
    assert REGISTRY.get_sample_value("whatson_replica_lag_seconds") < replica.MOST_LAG


@pytest.mark.django_db(transaction=True)
def test_no_command_waits_for_a_replica_that_is_gone():
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "whatson.settings.dev",
        "DATABASE_URL": support.database_url(),
        "DATABASE_REPLICA_URL": "postgres://whatson@127.0.0.1:1/whatson",
    }
    for command in (["check"], ["makemigrations", "--check", "--dry-run", "core"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, capture_output=True
        )
