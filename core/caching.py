"""The shared cache, forgiving: when Redis is away or full, pages are made anew and nobody sees an error."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from time import monotonic
from typing import Any

import structlog
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import OutOfMemoryError as RedisFull
from redis.exceptions import TimeoutError as RedisSlow

log = structlog.get_logger(__name__)


def _or_else[**P](method: Callable[P, Any], fallback: Callable[P, Any]) -> Callable[P, Any]:
    @wraps(method)
    def forgiving(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return method(*args, **kwargs)
        except (RedisAway, RedisSlow, RedisFull) as error:
            log.warning("cache_away", operation=method.__name__, error=str(error))
            return fallback(*args, **kwargs)

    return forgiving


class ForgivingRedisCache(RedisCache):
    """Redis as the shared cache; an operation that cannot reach it answers as an empty cache would."""

    get = _or_else(RedisCache.get, lambda self, key, default=None, version=None: default)
    get_many = _or_else(RedisCache.get_many, lambda self, keys, version=None: {})
    set = _or_else(RedisCache.set, lambda self, *args, **kwargs: None)
    set_many = _or_else(RedisCache.set_many, lambda self, *args, **kwargs: [])
    add = _or_else(RedisCache.add, lambda self, *args, **kwargs: True)
    touch = _or_else(RedisCache.touch, lambda self, *args, **kwargs: False)
    delete = _or_else(RedisCache.delete, lambda self, *args, **kwargs: False)
    delete_many = _or_else(RedisCache.delete_many, lambda self, *args, **kwargs: None)
    has_key = _or_else(RedisCache.has_key, lambda self, *args, **kwargs: False)
    incr = _or_else(RedisCache.incr, lambda self, key, delta=1, version=None: delta)


MOST_HELD = 300


class Nearby:
    """Values that stay the same under their key, in the shared cache and in this process: what was read once
    is not asked for again. Nobody may change what is returned."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._here: dict[str, tuple[float, Any]] = {}

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        found, further, at = {}, [], monotonic()
        for key in keys:
            until, value = self._here.get(key, (0.0, None))
            if until > at:
                found[key] = value
            else:
                further.append(key)
        if further:
            there = cache.get_many(further)
            self._hold(there)
            found |= there
        return found

    def set_many(self, values: Mapping[str, Any]) -> None:
        cache.set_many(dict(values), self.seconds)
        self._hold(values)

    def _hold(self, values: Mapping[str, Any]) -> None:
        at = monotonic()
        kept = {key: held for key, held in self._here.copy().items() if held[0] > at}
        held = kept | {key: (at + self.seconds, value) for key, value in values.items()}
        # Where the shared cache is away, every request brings keys of its own: the newest stay.
        self._here = dict(list(held.items())[-MOST_HELD:])
