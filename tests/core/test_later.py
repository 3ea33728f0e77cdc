"""Queued after commit, by name; a broker that is away hurts nobody."""

import pytest
from celery import current_app
from celery.exceptions import NotRegistered
from django.db import transaction
from kombu.exceptions import OperationalError

from core.later import forget_nudge, later, nudge


@pytest.fixture
def task(monkeypatch):
    """A registered task that writes down with what it was queued."""

    class Written:
        name = "tests.written"
        queued: list[dict] = []

        def apply_async(self, *, kwargs, retry):
            assert retry is False
            self.queued.append(kwargs)

    written = Written()
    written.queued = []
    monkeypatch.setitem(current_app.tasks, "tests.written", written)
    return written


def test_an_unknown_name_is_a_mistake_at_once():
    with pytest.raises((NotRegistered, KeyError)):
        later("tests.unheard_of")


@pytest.mark.django_db(transaction=True)
def test_it_is_queued_after_commit_and_not_before(task):
    with transaction.atomic():
        later("tests.written", pk=7)
        assert task.queued == []
    assert task.queued == [{"pk": 7}]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_queued(task):
    with transaction.atomic():
        later("tests.written", pk=7)
        transaction.set_rollback(True)
    assert task.queued == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "absent", [OperationalError("away"), ConnectionRefusedError("away"), TimeoutError("slow")]
)
def test_a_broker_that_is_away_hurts_nobody(task, absent, monkeypatch):
    def refuse(**_kwargs):
        raise absent

    monkeypatch.setattr(task, "apply_async", refuse)
    with transaction.atomic():
        later("tests.written", pk=7)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_is_asked_once_in_a_while_only(task, monkeypatch):
    attempts = []

    def hang(**_kwargs):
        attempts.append(1)
        raise TimeoutError("slow")

    monkeypatch.setattr(task, "apply_async", hang)
    for _request in range(3):
        with transaction.atomic():
            later("tests.written", pk=7)
    assert len(attempts) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_nudges_one_waits_until_a_worker_takes_it(task):
    for _request in range(3):
        with transaction.atomic():
            nudge("tests.written")
    assert task.queued == [{}]
    forget_nudge(task=task, kwargs={"pk": 7})  # another task of the name, which does not look for all work
    nudge("tests.written")
    assert task.queued == [{}]
    forget_nudge(task=task, kwargs={})
    nudge("tests.written")
    assert task.queued == [{}, {}]


@pytest.mark.django_db(transaction=True)
def test_a_nudge_that_got_lost_does_not_stand_for_the_next(task, monkeypatch):
    def refuse(**_kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr(task, "apply_async", refuse)
        nudge("tests.written")
    monkeypatch.setattr("core.later._rest_until", 0)
    nudge("tests.written")
    assert task.queued == [{}]


@pytest.mark.django_db(transaction=True)
def test_a_real_broker_that_is_away_keeps_nobody_waiting(monkeypatch):
    """A port on which nobody listens: the person has their answer after one try."""

    @current_app.task(name="tests.nothing", ignore_result=True)
    def nothing():
        """Does nothing."""

    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    with current_app.connection_for_write("redis://127.0.0.1:1/0") as away:
        real = nothing.apply_async
        monkeypatch.setattr(nothing, "apply_async", lambda **kwargs: real(**kwargs, connection=away))
        monkeypatch.setattr(
            "kombu.utils.functional.sleep", lambda _time: pytest.fail("It waits and tries again.")
        )
        with transaction.atomic():
            later("tests.nothing")
    del current_app.tasks["tests.nothing"]
