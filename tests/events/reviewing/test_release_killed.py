"""An officer's process is killed in the middle of a release, and somebody releases again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from accounts.people.enums import Role
from events.proposals.models import Proposal
from events.reviewing import actions_deciding as reviewing_actions_deciding
from events.reviewing.models import EligibilityQuestion
from notifications.outbox.models import Message
from tests.factories.accounts import person_with
from tests.factories.events import RoundFactory, sent_for
from tests.support import database_url
from workflow.drafts.models import DraftDecision
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
# Stops where states, numbers and most mails are written, and nothing is committed.
HANGING = """
import django, sys, time
django.setup()
from accounts.people.models import User
from events.reviewing import actions_deciding as deciding
from events.events.models import Event
written = deciding.notify_each
def hang(*args):
    written(*args)
    print("reached", flush=True)
    time.sleep(60)
deciding.notify_each = hang
event, desk = Event.objects.get(pk=int(sys.argv[1])), User.objects.get(pk=int(sys.argv[2]))
desk.has_perm = lambda *_args: True
desk.has_role = lambda *_args: True
deciding.release(event, actor=desk, stamp=sys.argv[3], mails=int(sys.argv[4]))
"""


def test_a_release_killed_in_the_middle_leaves_nothing_and_the_next_one_tells_everybody_once():
    EligibilityQuestion.objects.all().delete()
    event, desk = RoundFactory().event, person_with(Role.EVENTS)
    for _place in range(4):
        reviewing_actions_deciding.draft_decision(sent_for(event), "accept", actor=desk)
    stamp, mails = (
        reviewing_actions_deciding.stamp_of(event),
        reviewing_actions_deciding.mails_of(event, desk),
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "whatson.settings.dev",
        "DATABASE_URL": database_url(),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", HANGING, str(event.pk), str(desk.pk), stamp, str(mails)],
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
    assert not Message.objects.filter(kind="events.proposal_accepted").exists()
    assert not Decision.objects.filter(move="accept").exists()
    assert set(Proposal.objects.values_list("status", "number")) == {("submitted", None)}
    assert DraftDecision.objects.filter(decision=None).count() == 4

    # It waits for the lock until the server has noticed that its client is gone.
    assert reviewing_actions_deciding.release(event, actor=desk, stamp=stamp, mails=mails) == (4, 4)
    assert Message.objects.filter(kind="events.proposal_accepted").count() == 4
    assert sorted(Proposal.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
