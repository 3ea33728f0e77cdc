"""With Redis away the shared cache answers as an empty one, and at once."""

import time

import pytest
from django.core.cache import cache
from django.test import override_settings

NOBODY_LISTENS = "redis://127.0.0.1:1/1"


@pytest.fixture
def away():
    caches = {"default": {"BACKEND": "core.caching.ForgivingRedisCache", "LOCATION": NOBODY_LISTENS}}
    with override_settings(CACHES=caches):
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
    start = time.monotonic()
    assert client.get("/en/").status_code == 200
    assert time.monotonic() - start < 5
