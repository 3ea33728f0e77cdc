"""A release of decisions about a dialogue: its statements, and what a kill in the middle of it leaves."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.people.enums import Role
from events.registrations.models import Registration
from notifications.outbox.models import Message
from reviews.dialogue_desk import actions as dialogue_desk_actions
from reviews.dialogue_desk.actions_release import release
from reviews.dialogues.models import Dialogue, DialogueLine
from tests.factories.accounts import person_with
from tests.factories.dialogues import DialogueFactory, close, line_in, with_bureau
from tests.factories.seats import people_with_seats
from tests.support import database_url
from workflow.drafts.models import DraftDecision
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

ROOT = Path(__file__).resolve().parents[3]
REASONS = {"refuse": "places", "decline": "no_expertise"}
# Stops where states, seats and the first mails are written, and nothing is committed.
HANGING = """
import django, sys, time
django.setup()
from accounts.people.models import User
from reviews.dialogue_desk import actions_release as act
from reviews.dialogues.models import Dialogue
written = act.notify_mixed
def hang(*args):
    written(*args)
    print("reached", flush=True)
    time.sleep(60)
act.notify_mixed = hang
dialogue, desk = Dialogue.objects.get(pk=int(sys.argv[1])), User.objects.get(pk=int(sys.argv[2]))
desk.has_perm = lambda *_args: True
act.release(dialogue, actor=desk, mails=int(sys.argv[3]))
"""


def drafted(dialogue, keeper, each):
    """So many drafts of every kind of decision; the lines in the order of the drafts."""
    lines = []
    for name in ("accept", "wait", "refuse", "decline"):
        state = "submitted" if name == "decline" else "with_bureau"
        for _place in range(each):
            line = line_in(state, dialogue)
            dialogue_desk_actions.draft_decision(line, name, actor=keeper, reason=REASONS.get(name, ""))
            lines.append(line)
    return lines


@pytest.mark.django_db
def test_a_release_asks_the_database_as_often_for_many_as_for_few(reference):
    counted = []
    for each in (1, 4):
        keeper, dialogue = person_with(Role.REVIEWS), DialogueFactory(places=40)
        lines = drafted(dialogue, keeper, each)
        close(dialogue)
        keeper = type(keeper).objects.get(pk=keeper.pk)
        with CaptureQueriesContext(connection) as queries:
            assert len(release(dialogue, actor=keeper, mails=5 * each)) == 4 * each
        verbs = Counter(query["sql"].split()[0] for query in queries)
        counted.append((sum(verbs.values()), verbs["INSERT"]))
        # What one move alone leaves is left here, too.
        released_lines = [DialogueLine.objects.get(pk=line.pk) for line in lines]
        assert [line.status for line in released_lines[::each]] == [
            "accepted",
            "waiting",
            "not_accepted",
            "not_accepted",
        ]
        assert [line.reason for line in released_lines[::each]] == ["", "", "places", "no_expertise"]
        assert [line.decided_by_desk for line in released_lines[::each]] == [False, False, False, True]
        waiting = dialogue.lines.queue().values_list("pk", flat=True)
        assert list(waiting) == [line.pk for line in lines[each : 2 * each]]
        assert all((line.decided_at is None) == (line.status == "waiting") for line in released_lines)
        assert not WorkItem.objects.open().filter(subject_kind="reviews.dialogueline").exists()
        assert Decision.objects.filter(subject_kind="events.registration", actor=keeper).count() == each
    assert counted[0] == counted[1]


@pytest.mark.django_db(transaction=True)
def test_a_release_killed_in_the_middle_leaves_nothing_and_the_next_one_tells_everybody_once(reference):
    keeper, dialogue = person_with(Role.REVIEWS), DialogueFactory()
    for line in with_bureau(dialogue, 3):
        dialogue_desk_actions.draft_decision(line, "accept", actor=keeper)
    close(dialogue)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "whatson.settings.dev",
        "DATABASE_URL": database_url(),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", HANGING, str(dialogue.pk), str(keeper.pk), "6"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"reached\n"
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(300)
    worker.stdout.close()
    messages = Message.objects.filter(kind__in=("reviews.dialogue_accepted", "events.registration_confirmed"))
    assert not messages.exists()
    assert not Registration.objects.exists()
    assert set(DialogueLine.objects.values_list("status", flat=True)) == {"with_bureau"}
    assert DraftDecision.objects.filter(decision=None).count() == 3

    # It waits for the lock until the server has noticed that its client is gone.
    assert len(release(dialogue, actor=keeper, mails=6)) == 3
    assert messages.count() == 6
    assert messages.values("key").distinct().count() == 6
    assert len(people_with_seats(dialogue.event)) == 3
    assert Dialogue.objects.get(pk=dialogue.pk).released_at is not None
