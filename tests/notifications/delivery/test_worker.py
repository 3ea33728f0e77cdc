"""A real worker, killed where it hurts. Needs a broker: `make test` names one in REDIS_URL."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from celery import Celery
from django.conf import settings as portal_settings
from django.utils.timezone import now

from notifications.delivery import run
from notifications.hooks import kinds
from notifications.mail_url import CONNECTIONS
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from tests.factories.notifications import MessageFactory
from tests.support import database_url, wait_for
from whatson.embedded import launcher
from whatson.embedded.places import Data

OPTIONAL = {"subject": "S", "happened": "H", "todo": "T", "button": "", "why": "W"}
ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("REDIS_URL" not in os.environ, reason="no broker: set REDIS_URL, as `make test` does"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def queue():
    """A private corner of the broker: its key prefix; a function that queues a task there."""
    prefix = f"test-{uuid4().hex}:"
    publisher = Celery("publisher", broker=portal_settings.CELERY_BROKER_URL, set_as_current=False)
    publisher.conf.broker_transport_options = {"global_keyprefix": prefix}

    def send(name="notifications.deliver", **named):
        route = portal_settings.CELERY_TASK_ROUTES.get(name, {"queue": "default"})
        publisher.send_task(name, kwargs=named, queue=route["queue"])

    yield prefix, send
    publisher.close()
    with redis.Redis.from_url(portal_settings.CELERY_BROKER_URL) as broker:
        for key in broker.scan_iter(f"{prefix}*"):
            broker.delete(key)


@pytest.fixture
def start(queue, sink, tmp_path):
    """A function: one more worker as in production, only with its own queue and an obedient mail server."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.notifications.worker_settings",
        "DATABASE_URL": database_url(),
        "MAIL_URL": sink.url.replace("timeout=2", "timeout=60"),
        "TEST_QUEUE_PREFIX": queue[0],
    }
    running = []
    log = (tmp_path / "worker.log").open("w+")

    def one_more(queues="urgent,mail", pool="solo"):
        options = [
            f"--pool={pool}",
            "--concurrency=1",
            f"--queues={queues}",
            f"--hostname={queue[0]}{len(running)}",
        ]
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "whatson", "worker", *options],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        running.append(worker)
        return worker

    yield one_more
    for worker in running:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait(300)
    log.close()


@pytest.fixture
def folder_of_make_run(tmp_path):
    return Data.at(str(tmp_path / "data"))


@pytest.fixture
def worker(start):
    return start()


def kill(worker):
    os.killpg(worker.pid, signal.SIGKILL)
    assert worker.wait(300) == -signal.SIGKILL


def heal(sink, settings):
    """The mail server is well again and the sweep finds the worker gone."""
    sink.script = {}
    settings.MAIL_STALE_SECONDS = 0
    return run.sweep()


def test_a_worker_sends_what_is_queued(queue, sink, worker):
    MessageFactory()
    queue[1]()
    wait_for(lambda: Message.objects.filter(status=Status.SENT).exists())
    assert len(sink.mails) == 1


@pytest.mark.night
def test_killed_at_claimed_the_message_is_sent_once(queue, sink, worker, settings):
    sink.script = {"greeting": "hang"}
    message = MessageFactory()
    queue[1]()
    assert wait_for(sink.reached["greeting"].is_set)
    kill(worker)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.CLAIMED, 1)
    assert heal(sink, settings) == 1
    assert len(sink.mails) == 1
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.SENT, 2)


@pytest.mark.night
@pytest.mark.parametrize("step", ("DATA", "END"))
def test_killed_at_handing_over_what_is_essential_is_sent_again_under_the_same_id(
    queue, sink, worker, settings, step
):
    sink.script = {step: "hang"}
    message = MessageFactory()
    queue[1]()
    assert wait_for(sink.reached[step].is_set)
    kill(worker)
    message.refresh_from_db()
    assert message.status == Status.HANDING_OVER
    assert heal(sink, settings) == 1
    assert [message_from_bytes(raw)["Message-ID"] for raw in sink.mails] == [message.message_id]
    message.refresh_from_db()
    assert message.status == Status.SENT
    assert message.doubtful_at is not None


@pytest.mark.night
def test_killed_at_handing_over_what_is_optional_stays_unknown(queue, sink, worker, settings, monkeypatch):
    sink.script = {"DATA": "hang"}
    message = MessageFactory()
    queue[1]()
    assert wait_for(sink.reached["DATA"].is_set)
    kill(worker)
    monkeypatch.setitem(kinds._entries, message.kind, kinds[message.kind]._replace(essential=False))
    assert heal(sink, settings) == 0
    assert sink.mails == []
    assert Message.objects.get().status == Status.UNKNOWN


def test_behind_the_nudges_of_a_crowd_a_code_leaves_first_and_one_nudge_sends_the_crowds_mails(
    queue, sink, start
):
    """Also of nudges that name their message, as the release before queues them."""
    crowd = MessageFactory.create_batch(300)
    for message in crowd:
        queue[1](names=[message.message_id])
    code = MessageFactory(kind="accounts.email_changed")
    queue[1]()
    start()
    assert wait_for(lambda: len(sink.mails) == 301)
    order = [message_from_bytes(raw)["Message-ID"] for raw in sink.mails]
    assert order.index(code.message_id) < CONNECTIONS  # in the first round of all
    assert Counter(order) == Counter([code.message_id, *(message.message_id for message in crowd)])
    assert sink.connections <= CONNECTIONS


def test_one_worker_of_all_queues_sends_a_code_while_other_work_waits(queue, sink, start, folder_of_make_run):
    """As that of `make run`: it takes from each queue in turn."""
    for _number in range(100):
        queue[1]("notifications.expand", ids=[])
    MessageFactory()
    queue[1]()
    sink.script = {"END": "hang"}
    (worker,) = (part for part in launcher.parts(folder_of_make_run, 8000) if part.name == "worker")
    queues = worker.command[worker.command.index("--queues") + 1]
    assert sorted(queues.split(",")) == sorted(portal_settings.CELERY_TASK_QUEUES)
    start(queues)
    assert wait_for(sink.reached["END"].is_set)
    with redis.Redis.from_url(portal_settings.CELERY_BROKER_URL) as broker:
        assert broker.llen(f"{queue[0]}default") >= 95


@pytest.mark.night
def test_what_a_killed_batch_held_is_free_after_ten_minutes_and_nothing_optional_comes_twice(
    queue, sink, worker, make_kind
):
    optional = make_kind("tests.optional", parts=OPTIONAL)
    MessageFactory.create_batch(60, kind=optional)
    sink.script = {"END": ["250 taken"] * 16 + ["hang"] * 100}
    queue[1]("notifications.sweep")
    assert wait_for(lambda: sink.script["END"] and len(sink.script["END"]) < 100)
    kill(worker)
    sink.script = {}
    sink.release()
    held = Message.objects.filter(status__in=Status.HELD)
    claimed = held.filter(status=Status.CLAIMED).count()
    assert claimed
    assert len(sink.mails) + held.count() + run.sweep() >= 60  # what nobody held is left for others at once
    assert held.count() >= claimed

    def after(seconds):
        """As if so much time had passed; then the sweep comes by."""
        held.update(
            claimed_at=now() - timedelta(seconds=seconds), handed_at=now() - timedelta(seconds=seconds)
        )
        return run.sweep()

    assert after(590) == 0
    assert after(610) == claimed
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SENT, Status.UNKNOWN}
    arrived = Counter(message_from_bytes(raw)["Message-ID"] for raw in sink.mails)
    assert set(arrived.values()) == {1}
    assert 1 <= Message.objects.filter(status=Status.UNKNOWN).count() <= CONNECTIONS


@pytest.mark.night
def test_what_kills_its_process_is_begun_again_and_not_for_ever(queue, start, tmp_path):
    log = tmp_path / "lost.log"
    start(queues="default", pool="prefork")
    queue[1]("tests.lose_worker", log=str(log))
    wait_for(lambda: log.is_file() and log.read_text(encoding="utf-8") == "begun\n" * 3)
    for line in ("first", "second", "third"):  # the worker goes on, and between them nothing comes back
        queue[1]("tests.write_line", log=str(log), line=line)
        wait_for(lambda line=line: log.read_text(encoding="utf-8").endswith(f"{line}\n"))
    assert log.read_text(encoding="utf-8") == "begun\n" * 3 + "first\nsecond\nthird\n"


@pytest.mark.night
def test_of_a_thousand_mails_none_is_lost_and_none_doubled_unseen(queue, sink, start, settings, make_kind):
    """Two workers killed in the middle, the third while it hands one over, the broker emptied in between."""
    optional = make_kind("tests.optional", parts=OPTIONAL)
    MessageFactory.create_batch(500, kind=optional)
    MessageFactory.create_batch(500)
    doomed = [start(), start()]
    queue[1]("notifications.sweep")
    queue[1]("notifications.sweep")
    wait_for(lambda: len(sink.mails) >= 200)
    for worker in doomed:
        kill(worker)
    with redis.Redis.from_url(portal_settings.CELERY_BROKER_URL) as broker:
        for key in broker.scan_iter(f"{queue[0]}*"):
            broker.delete(key)
    # What the dead held is left to them for ten minutes; meanwhile a new worker goes on with the others.
    sink.script = {"END": ["250 taken"] * 150 + ["hang"]}
    sink.reached["END"].clear()
    third = start()
    queue[1]("notifications.sweep")
    wait_for(lambda: sink.script["END"] == [])
    kill(third)
    sink.release()
    settings.MAIL_STALE_SECONDS = 0
    sink.script = {}
    while run.sweep():
        pass

    ended = dict(Message.objects.values_list("message_id", "status"))
    assert set(ended.values()) <= {Status.SENT, Status.UNKNOWN}
    arrived = Counter(message_from_bytes(raw)["Message-ID"] for raw in sink.mails)
    missing = {message_id for message_id, status in ended.items() if status == Status.SENT} - arrived.keys()
    assert missing == set()
    doubtful = set(Message.objects.exclude(doubtful_at=None).values_list("message_id", flat=True))
    assert {message_id for message_id, times in arrived.items() if times > 1} <= doubtful
    assert 1 <= len(doubtful) <= 3 * CONNECTIONS  # one for each connection of a worker that died, at most
    unknown = Message.objects.filter(status=Status.UNKNOWN)
    assert all(message.kind == optional and "vanished" in message.error for message in unknown)
    assert all(arrived[message.message_id] <= 1 for message in unknown)
