"""The shared cache, forgiving: with Redis away, hanging or full, pages are made anew and nobody waits.

What limits count is counted by each process for itself meanwhile.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from itertools import batched, islice
from time import monotonic
from typing import Any

import structlog
from django.core.cache import cache, caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import OutOfMemoryError as RedisFull
from redis.exceptions import TimeoutError as RedisSlow

from core.metrics import CACHE_ERRORS

log = structlog.get_logger(__name__)

# After one operation that failed or took too long, this process leaves the cache alone for a while: a page
# asks it a dozen times, and a server that hangs would hold up each of them.
REST_SECONDS = 8
# Keys of `core.limits` and of allauth's own limits, and for how long a process counts these by itself after
# the server was full: asked sooner, it would answer with what it held before.
LIMITS = ("limit:", "allauth:rl:")
FULL_SECONDS = 300
# Where more would have to be remembered, all that this portal holds in the cache goes instead.
MOST_OUTDATED = 10_000
ALL = "*"
BATCH = 500


@dataclass
class Server:
    """What this process knows of one server: pages may have one apart from all else (PAGE_CACHE_URL)."""

    rest_until: float = 0.0
    limits_rest_until: float = 0.0
    # Keys whose newest value did not arrive: what it still holds under them is old, and goes first of all.
    outdated: set[str] = field(default_factory=set)


servers: defaultdict[str, Server] = defaultdict(Server)


def _or_else[**P](method: Callable[P, Any], fallback: Callable[P, Any]) -> Callable[P, Any]:
    @wraps(method)
    def forgiving(*args: P.args, **kwargs: P.kwargs) -> Any:
        backend: Any = args[0]
        rest_until = backend.server.rest_until
        if _is_limit(args[1]):
            rest_until = max(rest_until, backend.server.limits_rest_until)
        if monotonic() < rest_until:
            return fallback(*args, **kwargs)
        try:
            if backend.server.outdated:
                _remove_outdated(backend)
            return method(*args, **kwargs)
        except (RedisAway, RedisSlow) as error:
            backend.server.rest_until = monotonic() + REST_SECONDS
            CACHE_ERRORS.labels("away").inc()
            log.warning("cache_away", operation=method.__name__, error=str(error), rest=REST_SECONDS)
        except RedisFull as error:
            backend.server.limits_rest_until = monotonic() + FULL_SECONDS
            CACHE_ERRORS.labels("full").inc()
            log.warning("cache_full", operation=method.__name__, error=str(error))
        return fallback(*args, **kwargs)

    return forgiving


def _is_limit(key: Any) -> bool:
    return isinstance(key, str) and key.startswith(LIMITS)


def _remove_outdated(backend: Any) -> None:
    outdated = backend.server.outdated
    if ALL in outdated:
        client = backend._cache.get_client(write=True)
        for batch in batched(client.scan_iter(backend.make_key(ALL), count=BATCH), BATCH, strict=False):
            client.delete(*batch)
        outdated.discard(ALL)
    while keys := list(islice(outdated, BATCH)):
        RedisCache.delete_many(backend, keys)
        outdated.difference_update(keys)


def _remember_outdated(backend: Any, keys: Iterable[str]) -> None:
    outdated = backend.server.outdated
    # A lock of allauth's ends by itself within seconds, and there is one for each key that a visitor invents.
    outdated.update(key for key in keys if not key.endswith(":lock"))
    if len(outdated) > MOST_OUTDATED:
        log.warning("cache_outdated", keys=len(outdated))
        outdated.add(ALL)
        outdated.intersection_update([ALL])


def _get_here(self: Any, key: str, default: Any = None, version: Any = None) -> Any:
    return caches["limits"].get(key, default) if _is_limit(key) else default


def _add_here(self: Any, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
    return caches["limits"].add(key, value, timeout) if _is_limit(key) else True


def _incr_here(self: Any, key: str, delta: int = 1, version: Any = None) -> int:
    if not _is_limit(key) or caches["limits"].add(key, delta):
        return delta
    return caches["limits"].incr(key, delta)


def _not_set(self: Any, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
    if _is_limit(key):
        caches["limits"].set(key, value, timeout)
    if timeout is None:  # without an end, an older value would be believed for ever
        _remember_outdated(self, [key])


def _not_deleted(self: Any, key: str, version: Any = None) -> bool:
    if _is_limit(key):
        caches["limits"].delete(key)
    _remember_outdated(self, [key])
    return False


class _OneClient(RedisCacheClient):
    """Django makes a client for each operation; redis-py's is made for many, and takes 0.1 ms to make.

    One for all: the portal has one server.
    """

    _shared_client: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if self._shared_client is None:
            self._shared_client = super().get_client(key, write=write)
        return self._shared_client


def _count_in(self: Any, key: str, name: str, seconds: int) -> None:
    named, client = self.make_and_validate_key(key), self._cache.get_client(write=True)
    if client.hincrby(named, name, 1) == 1:  # its first: one step is enough for all others
        client.expire(named, seconds)


def _counts_of(self: Any, keys: Iterable[str]) -> list[dict[str, int]]:
    with self._cache.get_client(write=True).pipeline(transaction=False) as all_of_them:
        for key in keys:
            all_of_them.hgetall(self.make_and_validate_key(key))
        answers = all_of_them.execute()
    return [{name.decode(): int(number) for name, number in counts.items()} for counts in answers]


class ForgivingRedisCache(RedisCache):
    """Redis as the shared cache; an operation that cannot reach it answers as an empty cache would."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _OneClient
        self.server = servers[str(server)]

    get = _or_else(RedisCache.get, _get_here)
    get_many = _or_else(RedisCache.get_many, lambda self, keys, version=None: {})
    set = _or_else(RedisCache.set, _not_set)
    set_many = _or_else(RedisCache.set_many, lambda self, *args, **kwargs: [])
    add = _or_else(RedisCache.add, _add_here)
    touch = _or_else(RedisCache.touch, lambda self, *args, **kwargs: False)
    delete = _or_else(RedisCache.delete, _not_deleted)
    _delete_many = _or_else(
        RedisCache.delete_many, lambda self, keys, version=None: _remember_outdated(self, keys)
    )
    has_key = _or_else(RedisCache.has_key, lambda self, *args, **kwargs: False)
    incr = _or_else(RedisCache.incr, _incr_here)
    # Numbers by name under one key: one more of a name, kept so long; and all numbers of some keys.
    count_in = _or_else(_count_in, lambda self, key, name, seconds: None)
    counts_of = _or_else(_counts_of, lambda self, keys: [])

    def delete_many(self, keys: Iterable[str], version: Any = None) -> None:
        self._delete_many(list(keys), version)  # they may be read twice


MOST_HELD = 300


class Nearby:
    """Values that stay the same under their key, in the shared cache and in this process: what was read once
    is not asked for again. Nobody may change what is returned."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._here: dict[str, tuple[float, Any]] = {}

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        values, further, at = {}, [], monotonic()
        for key in keys:
            until, value = self._here.get(key, (0.0, None))
            if until > at:
                values[key] = value
            else:
                further.append(key)
        if further:
            shared = cache.get_many(further)
            self._hold(shared)
            values |= shared
        return values

    def set_many(self, values: Mapping[str, Any]) -> None:
        cache.set_many(dict(values), self.seconds)
        self._hold(values)

    def _hold(self, values: Mapping[str, Any]) -> None:
        at = monotonic()
        valid = {key: held for key, held in self._here.copy().items() if held[0] > at}
        held = valid | {key: (at + self.seconds, value) for key, value in values.items()}
        # Where the shared cache is away, every request brings keys of its own: the newest stay.
        self._here = dict(list(held.items())[-MOST_HELD:])
