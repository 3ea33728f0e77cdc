"""With Redis away or hanging the shared cache answers as an empty one, and at once."""

import os
import signal
import subprocess
import sys

import pytest
import redis
from celery import Celery, current_app
from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.test import Client, override_settings

from core import caching, later
from core.errors import TooMany
from core.limits import spend
from tests.factories.accounts import PASSWORD, UserFactory
from whatson.embedded import valkey
from whatson.embedded.places import Data
from whatson.embedded.processes import Keeper
from whatson.settings import base

pytestmark = pytest.mark.slow

NOBODY_LISTENS = "redis://127.0.0.1:1/1"
# Longer than in production, so that a busy machine that runs the tests does not pass for a server that hangs.
PATIENT = {"socket_connect_timeout": 2, "socket_timeout": 2}


def end_rests():
    """Let the caches be asked again."""
    for server in caching.servers.values():
        server.rest_until = server.limits_rest_until = 0.0


@pytest.fixture(autouse=True)
def _awake(monkeypatch):
    monkeypatch.setattr(caching, "REST_SECONDS", 600)
    caches["limits"].clear()
    end_rests()
    for server in caching.servers.values():
        server.outdated.clear()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Valkey of our own: (its address, its process)."""
    with Keeper() as keeper:
        address = valkey.start(keeper, Data.at(str(tmp_path_factory.mktemp("valkey"))))
        yield address, keeper.processes[0].popen.pid


@pytest.fixture
def real(server):
    """The cache as production has it, on that server."""
    ours = base.CACHES["default"] | {"LOCATION": f"{server[0]}/1", "OPTIONS": PATIENT}
    with override_settings(CACHES={**base.CACHES, "default": ours}):
        cache.clear()
        yield cache


@pytest.fixture
def hang(server):
    """Stops the server as a machine out of breath does: it takes connections and never answers."""
    pid = server[1]

    def stop():
        os.kill(pid, signal.SIGSTOP)

    yield stop
    os.kill(pid, signal.SIGCONT)


@pytest.fixture
def waits(monkeypatch):
    """Every time that somebody waits for an answer of the server."""
    waits = []
    read = redis.Connection.read_response

    def count_read(self, *args, **kwargs):
        waits.append(self)
        return read(self, *args, **kwargs)

    monkeypatch.setattr(redis.Connection, "read_response", count_read)
    return waits


@pytest.fixture
def away():
    ours = {"BACKEND": "core.caching.ForgivingRedisCache", "LOCATION": NOBODY_LISTENS}
    with override_settings(CACHES={**base.CACHES, "default": ours}):
        yield cache


def test_reading_finds_nothing(away):
    assert [away.get("a"), away.get("a", "b"), away.get_many(["a"]), away.has_key("a")] == [
        None,
        "b",
        {},
        False,
    ]


def test_writing_is_forgotten(away):
    away.set("a", 1)
    away.set_many({"a": 1})
    away.delete("a")
    away.delete_many(["a"])
    assert [away.add("a", 1), away.touch("a"), away.incr("a"), away.get("a")] == [True, False, 1, None]


def test_a_value_is_still_made(away):
    assert away.get_or_set("a", lambda: 7) == 7


def test_a_page_opens_all_the_same(away, client, db):
    assert client.get("/en/").status_code == 200


@pytest.mark.night
@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/en/", "/en/stakeholders/?q=wildlife", "/en/resources/", "/en/countries/KEN/"]
)
def test_a_page_waits_once_for_a_cache_that_hangs_and_the_next_not_at_all(
    real, hang, waits, client, settings, reference, address
):
    settings.KEEP_PAGES_SECONDS = 600
    hang()
    assert client.get(address).status_code == 200
    assert len(waits) == 1
    assert client.get(address).status_code == 200
    assert len(waits) == 1


@pytest.mark.night
@pytest.mark.django_db
def test_signing_in_with_its_limits_waits_once_for_a_cache_that_hangs(real, hang, waits, client):
    hang()
    typed = {"login": "nobody@example.org", "password": "not the right one"}
    assert client.post("/en/accounts/login/", typed).status_code == 200
    assert len(waits) == 1


WRONG = {"login": "amina@example.org", "password": "not the right one"}


@pytest.mark.django_db
def test_who_guesses_passwords_while_the_cache_is_away_is_stopped_all_the_same(away, client):
    """The owner signs in from elsewhere meanwhile; each process counts by itself."""
    person = UserFactory(email=WRONG["login"])
    answers = [client.post("/en/accounts/login/", WRONG).status_code for _guess in range(7)]
    assert answers == [200] * 5 + [429] * 2
    typed = {"login": person.email, "password": PASSWORD}
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post("/en/accounts/login/", typed).status_code == 302


@pytest.mark.django_db
def test_who_guesses_passwords_while_the_cache_is_full_is_stopped_all_the_same(real, server, client):
    with redis.Redis.from_url(server[0]) as direct:
        direct.config_set("maxmemory", 1)
        try:
            answers = [client.post("/en/accounts/login/", WRONG).status_code for _guess in range(7)]
        finally:
            direct.config_set("maxmemory", 0)
    assert answers == [200] * 5 + [429] * 2


@pytest.mark.night
def test_the_cache_is_asked_again_after_its_rest(real, hang, server, monkeypatch):
    cache.set("a", 1)
    hang()
    assert cache.get("a") is None
    os.kill(server[1], signal.SIGCONT)
    assert cache.get("a") is None
    end_rests()
    assert cache.get("a") == 1


@pytest.mark.night
def test_what_was_to_go_or_to_change_meanwhile_is_not_believed_afterwards(real, hang, server, monkeypatch):
    for key in "abc":
        cache.set(key, "old", None)
    hang()
    cache.delete("a")
    cache.set("b", "new", None)
    cache.delete_many(["c"])
    os.kill(server[1], signal.SIGCONT)
    end_rests()
    assert [cache.get(key) for key in "abc"] == [None, None, None]
    cache.set("a", "newest", None)
    assert cache.get("a") == "newest"


@pytest.mark.night
def test_what_is_remembered_of_an_outage_is_bounded_and_nothing_old_is_believed(
    real, hang, server, monkeypatch
):
    monkeypatch.setattr(caching, "MOST_OUTDATED", 5)
    for key in "abcdefg":
        cache.set(key, "old", None)
    with redis.Redis.from_url(f"{server[0]}/1") as direct:
        direct.set("of another portal", "stays")
    hang()
    cache.delete_many(key for key in "ab")
    for number in range(1000):
        cache.delete(f"allauth:rl:login:{number}:lock")
    assert cache.server.outdated == {"a", "b"}
    for key in "cdefg":
        cache.delete(key)
    assert len(cache.server.outdated) <= 5
    os.kill(server[1], signal.SIGCONT)
    end_rests()
    assert cache.get_many("abcdefg") == {}
    assert cache.server.outdated == set()
    with redis.Redis.from_url(f"{server[0]}/1") as direct:
        assert direct.get("of another portal") == b"stays"


@pytest.mark.night
def test_what_is_outdated_goes_piece_by_piece(real, hang, server, monkeypatch):
    monkeypatch.setattr(caching, "BATCH", 2)
    hang()
    for key in "abcde":
        cache.set(key, "new", None)
    assert cache.server.outdated == set("abcde")
    os.kill(server[1], signal.SIGCONT)
    end_rests()
    with redis.Redis.from_url(server[0]) as direct:
        direct.config_resetstat()
        assert cache.get_many("abcde") == {}
        assert direct.info("commandstats")["cmdstat_del"]["calls"] == 3
    assert cache.server.outdated == set()


def test_a_full_cache_stops_no_act_that_has_a_limit(real, server):
    spend("letters", "amina", most=1, seconds=60)
    with pytest.raises(TooMany):
        spend("letters", "amina", most=1, seconds=60)
    with redis.Redis.from_url(server[0]) as direct:
        direct.config_set("maxmemory", 1)
        try:
            spend("letters", "boris", most=1, seconds=60)
        finally:
            direct.config_set("maxmemory", 0)


@pytest.mark.night
def test_pages_may_have_a_server_of_their_own_and_neither_suffers_with_the_other(
    real, hang, tmp_path, monkeypatch
):
    with Keeper() as keeper:
        address = valkey.start(keeper, Data.at(str(tmp_path)))
        apart = base.CACHES["default"] | {"LOCATION": f"{address}/1", "OPTIONS": PATIENT}
        with override_settings(CACHES={**settings.CACHES, "pages": apart}):
            pages = caches["pages"]
            pages.set("a", "page")
            spend("letters", "amina", most=1, seconds=60)
            with redis.Redis.from_url(address) as direct:  # as a flood of pages would push all out
                direct.flushall()
            assert pages.get("a") is None
            with pytest.raises(TooMany):
                spend("letters", "amina", most=1, seconds=60)
            pages.set("a", "page")
            hang()  # the server of all else
            assert cache.get("b") is None
            assert pages.get("a") == "page"


@pytest.mark.night
def test_a_page_is_kept_where_the_settings_say():
    program = "from core.page_cache import cache; print(cache._alias)"
    for url, alias in (("", "default"), ("redis://127.0.0.1:1", "pages")):
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "whatson.settings.dev", "PAGE_CACHE_URL": url}
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {program}"],
            cwd=settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == [alias]


@pytest.fixture
def publisher(server, monkeypatch):
    """A task that is queued as production queues, on that server; its name is tests.nothing."""
    monkeypatch.setattr(later, "REST_SECONDS", 600)
    monkeypatch.setattr(later, "_rest_until", 0.0)
    app = Celery("publisher", broker=f"{server[0]}/0", set_as_current=False)
    app.conf.broker_transport_options = base.CELERY_BROKER_TRANSPORT_OPTIONS | PATIENT

    def nothing():
        """Does nothing."""

    monkeypatch.setitem(
        current_app.tasks, "tests.nothing", app.task(nothing, name="tests.nothing", shared=False)
    )
    yield
    app.close()


@pytest.mark.night
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [False, True], ids=["never asked before", "asked before"])
def test_a_queue_that_hangs_is_waited_for_once_and_used_again_afterwards(
    publisher, server, hang, waits, monkeypatch, known
):
    if known:
        later.later("tests.nothing")
    waits.clear()
    hang()
    for _request in range(3):
        with transaction.atomic():
            later.later("tests.nothing")
    assert len(waits) == 1
    os.kill(server[1], signal.SIGCONT)
    monkeypatch.setattr(later, "_rest_until", 0.0)
    with redis.Redis.from_url(f"{server[0]}/0") as direct:
        before = direct.llen("celery")
        later.later("tests.nothing")
        assert direct.llen("celery") == before + 1
