"""What the parts that the portal leans on answer at this moment: one that hangs holds up no other."""

import json
import shutil
import time
from collections.abc import Callable, Mapping
from functools import cache as cached
from threading import Thread
from typing import Any, NamedTuple
from uuid import uuid4

import psycopg
import redis
import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db import DEFAULT_DB_ALIAS, connections
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.tracing import SENT_AT

log = structlog.get_logger(__name__)
SECONDS = 1.2
# The lists in which kombu keeps one queue, a list for each step of priority.
STEPS = ("", *(f"\x06\x16{step}" for step in (3, 6, 9)))
_threads: dict[str, Thread] = {}


def ask_all(questions: Mapping[str, Callable[[], Any]], seconds: float = SECONDS) -> dict[str, Any]:
    """The answer to each question; None where it failed, or took longer than `seconds` for all.

    As long as an earlier question of a name is still out, it is not asked again: a part that hangs holds one
    thread of each process.
    """
    answers: dict[str, Any] = dict.fromkeys(questions)

    def ask(name: str) -> None:
        try:
            answers[name] = questions[name]()
        except Exception as fault:  # noqa: BLE001  each part fails in ways of its own
            log.warning("probe_failed", part=name, error=str(fault))

    threads = []
    for name in questions:
        if (earlier := _threads.get(name)) and earlier.is_alive():
            log.warning("probe_still_out", part=name)
            continue
        _threads[name] = Thread(target=ask, args=[name], name=f"probe {name}", daemon=True)
        _threads[name].start()
        threads.append(_threads[name])
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(end - time.monotonic(), 0))
    return dict(answers)


def database_answers() -> Callable[[], bool]:
    """A question to the server by a connection of its own: the pool would wait for one that hangs.

    A server that says why it lets no more in has answered; whether the pool has a connection is asked apart.
    """
    params = connections[DEFAULT_DB_ALIAS].get_connection_params() | {"connect_timeout": 2}

    def ask() -> bool:
        try:
            with psycopg.connect(**params) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError as error:
            return "FATAL" in str(error)
        return True

    return ask


def cache_answers() -> bool:
    """Return whether the shared cache gives back what it was given. With the server away it gives nothing."""
    key = uuid4().hex
    cache.set(f"probe:{key}", key, 5)
    return bool(cache.get(f"probe:{key}") == key)


class Disk(NamedTuple):
    """Of the disk that holds the uploads, in bytes."""

    size: int
    free: int


def media_disk() -> Disk | None:
    """None where uploads lie in S3."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        return None
    place = storage.location
    try:
        usage = shutil.disk_usage(place)
    except FileNotFoundError:  # before the first upload
        return None
    return Disk(usage.total, usage.free)


class QueueState(NamedTuple):
    """`oldest` is for how many seconds the first in it has waited, 0 where none waits."""

    name: str
    waiting: int
    oldest: float


class Queues(NamedTuple):
    """`in_hand`: what workers hold and have not finished."""

    states: list[QueueState]
    in_hand: int


@cached
def _broker() -> redis.Redis:
    return redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_connect_timeout=0.3,
        socket_timeout=0.3,
        retry=Retry(NoBackoff(), 0),
    )


def queues() -> Queues:
    """Raises RedisError where the broker is away."""
    names = list(settings.CELERY_TASK_QUEUES)
    with _broker().pipeline(transaction=False) as pipe:
        for name in names:
            for step in STEPS:
                pipe.llen(name + step)
                pipe.lindex(name + step, -1)  # they go in at the other end
        pipe.hlen("unacked")
        *answers, in_hand = pipe.execute()
    states = []
    for place, name in enumerate(names):
        mine = answers[place * 2 * len(STEPS) : (place + 1) * 2 * len(STEPS)]
        states.append(QueueState(name, sum(mine[::2]), max(_age(first) for first in mine[1::2])))
    return Queues(states, in_hand)


def _age(message: bytes | None) -> float:
    if message is None:
        return 0.0
    sent_at = json.loads(message).get("headers", {}).get(SENT_AT)
    return max(time.time() - sent_at, 0.0) if sent_at else 0.0
