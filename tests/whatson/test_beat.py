"""The clock of the schedule: time that is set forward and back, and for how long its tasks are good."""

import os
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
import yaml
from celery import Celery
from django.conf import settings
from kombu.utils import symbol_by_name

from notifications.jobs.queries import beat_schedule, next_after
from tests.whatson import ROOT
from whatson.beat import Scheduler
from whatson.embedded import worker

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def begin(tmp_path):
    """A function that starts the clock anew over the same file; what it sends is in the list `sent`."""
    app = Celery("clock", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {
        "often": {"task": "often", "schedule": 15},
        "daily": {"task": "daily", "schedule": 24 * 3600},
    }
    started = []

    def one_more():
        scheduler = Scheduler(app, schedule_filename=str(tmp_path / "beat"))
        scheduler.sent = []
        scheduler.send_task = lambda name, *_args, **_options: scheduler.sent.append(name)
        started.append(scheduler)
        return scheduler

    yield one_more
    for scheduler in started:
        scheduler.close()


def run(scheduler, clock, seconds):
    """All that the scheduler does within so many seconds by the clock; returns what it sent."""
    scheduler.sent.clear()
    for _second in range(seconds):
        clock.shift(1)
        while scheduler.tick() <= 0:
            pass
    return list(scheduler.sent)


def test_a_clock_that_was_ahead_and_is_right_again_stops_nothing(begin):
    with time_machine.travel(START, tick=False) as clock:
        beat = begin()
        assert run(beat, clock, 60) == ["often"] * 4
        clock.shift(timedelta(days=1))
        assert sorted(set(run(beat, clock, 60))) == ["daily", "often"]
        clock.shift(timedelta(days=-1))
        assert run(beat, clock, 60) == ["often"] * 3  # the first of them fifteen seconds after the change


def test_nor_does_a_file_that_was_written_while_it_was_ahead(begin):
    with time_machine.travel(START + timedelta(days=1), tick=False) as clock:
        before = begin()
        assert run(before, clock, 60)
        before.close()
        clock.move_to(START)
        assert run(begin(), clock, 60) == ["often"] * 4


def test_production_and_the_worker_of_make_run_have_this_clock():
    assert symbol_by_name(settings.CELERY_BEAT_SCHEDULER) is Scheduler
    assert worker.Scheduler is Scheduler


@pytest.mark.parametrize("name", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_what_waited_until_the_next_is_due_is_not_done_any_more(name):
    entry = settings.CELERY_BEAT_SCHEDULE[name]
    first = next_after(beat_schedule()[entry["task"]], START)
    every = (next_after(beat_schedule()[entry["task"]], first) - first).total_seconds()
    assert entry["options"] == {"expires": max(every, 300)}


@pytest.mark.parametrize(("minutes", "code"), ((None, 1), (0, 0), (-1, 0), (-3, 1), (24 * 60, 1)))
def test_beat_is_well_as_long_as_it_hands_tasks_to_the_queue(begin, tmp_path, minutes, code):
    """Not where it did so long ago, nor where it did by a clock that was ahead."""
    file = tmp_path / "beat.alive"
    if minutes is not None:
        with time_machine.travel(START, tick=False) as clock:
            run(begin(), clock, 20)
        then = (datetime.now(UTC) + timedelta(minutes=minutes)).timestamp()
        os.utime(file, (then, then))
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]["beat"]
    command = service["healthcheck"]["test"][1].replace("/tmp/", f"{tmp_path}/")  # noqa: S108
    assert subprocess.run(["sh", "-c", command], capture_output=True, check=False).returncode == code
