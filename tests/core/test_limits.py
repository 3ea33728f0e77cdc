import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpResponse

from core.errors import DomainError, TooMany
from core.limits import spend, visitor_of
from core.middleware import TooManyMiddleware


@pytest.fixture
def midnight():
    with time_machine.travel("2026-11-24T00:00:00Z", tick=False) as clock:
        yield clock


def test_uses_are_counted_for_each_person_and_thing(midnight):
    for _use in range(2):
        spend("letters", "amina", most=2, seconds=60)
    spend("letters", "boris", most=2, seconds=60)
    spend("calls", "amina", most=2, seconds=60)
    with pytest.raises(TooMany) as refusal:
        spend("letters", "amina", most=2, seconds=60)
    assert refusal.value.retry_after == 60


def test_the_wait_shrinks_and_the_next_window_is_free(midnight):
    spend("letters", "amina", most=1, seconds=60)
    midnight.shift(45)
    with pytest.raises(TooMany) as refusal:
        spend("letters", "amina", most=1, seconds=60)
    assert refusal.value.retry_after == 15
    midnight.shift(15)
    spend("letters", "amina", most=1, seconds=60)


def test_a_count_does_not_stay_for_ever(midnight):
    spend("letters", "amina", most=1, seconds=60)
    midnight.shift(120)
    cache.get("any")
    spend("letters", "amina", most=1, seconds=60)


@pytest.mark.parametrize(
    ("error", "taken"), [(TooMany("Wait.", retry_after=9), True), (DomainError("No."), False)]
)
def test_a_limit_below_a_view_becomes_a_429(rf, error, taken):
    request = rf.get("/en/")
    request.user = AnonymousUser()
    response = TooManyMiddleware(lambda _request: HttpResponse()).process_exception(request, error)
    assert (response is not None) is taken
    if taken:
        assert (response.status_code, response["Retry-After"]) == (429, "9")
        assert b"Wait." in response.content


@pytest.mark.parametrize(
    ("address", "counted"),
    (
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::7%eth0", "fe80::/64"),
    ),
)
def test_a_visitor_is_an_address_or_the_network_in_which_they_choose_one(rf, address, counted):
    assert visitor_of(rf.get("/", REMOTE_ADDR=address)) == counted
