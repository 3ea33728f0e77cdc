"""Deadlines: fourteen and three days ahead, never twice, none afterwards, anew when the date moves."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from notifications.follows.actions import (
    drop_deadline,
    expand,
    left_to_expand,
    remind_of_deadlines,
    set_deadline,
)
from notifications.follows.enums import Level
from notifications.follows.models import Deadline, Follow
from notifications.happenings.models import Happening
from notifications.hooks import Kind, kinds
from notifications.inbox.models import Notice
from tests.factories.accounts import UserFactory

KIND = "tests.closing"
CLOSES = now() + timedelta(days=40)


@pytest.fixture
def closing(db, monkeypatch):
    entry = Kind(KIND, "It closes", "Tests", False, False, None, readers=lambda people, _pk: people)
    monkeypatch.setitem(kinds._entries, KIND, entry)
    subject = UserFactory()
    set_deadline(KIND, subject, "closing", CLOSES, terms=["topic:tip"])
    return subject


def reminded(*days_before):
    """How many reminders leave when the clock is so many days before the deadline, one after another."""
    return [remind_of_deadlines(CLOSES - timedelta(days=days)) for days in days_before]


def test_each_reminder_leaves_once(closing):
    assert reminded(20, 14.01, 14, 13, 5, 3, 2, 0.1, 0, -1) == [0, 0, 1, 0, 0, 1, 0, 0, 0, 0]


def test_a_job_that_was_away_sends_the_nearest_alone(closing):
    assert reminded(15, 2) == [0, 1]
    assert reminded(1) == [0]


def test_after_the_deadline_none_leaves(closing):
    assert reminded(-0.01) == [0]


def test_a_date_that_moves_begins_anew(closing):
    assert reminded(14) == [1]
    set_deadline(KIND, closing, "closing", CLOSES + timedelta(days=30), terms=["topic:tip"])
    assert reminded(3, -15, -16, -27, -28) == [0, 0, 1, 1, 0]
    assert Deadline.objects.count() == 1


def test_a_date_that_is_dropped_reminds_nobody(closing):
    drop_deadline(closing, "closing")
    assert reminded(14, 3) == [0, 0]


@pytest.mark.parametrize("level", [Level.ALL, Level.STEPS, Level.DEADLINES])
def test_followers_at_every_level_hear_of_it_with_its_instant(closing, level):
    person = UserFactory()
    Follow.objects.create(user=person, terms=["topic:tip"], level=level)
    reminded(14, 3)
    expand(left_to_expand())
    assert Happening.objects.filter(expanded_at=None).count() == 0
    assert (
        list(Notice.objects.filter(user=person).values_list("kind", "facts"))
        == [(KIND, {"at": CLOSES.isoformat()})] * 2
    )
