"""A worker is killed in the middle of a message to many; the next goes on, and each is told once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from accounts.people.enums import Role
from coordination.mailings import actions as mailings_actions
from coordination.mailings.models import LetterCopy
from tests.factories.accounts import person_with
from tests.factories.letters import letter_by
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import database_url, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
# One batch is committed; of the second copies, notices and mails are written, and nothing is committed.
HANGING = """
import django, time
django.setup()
from coordination.mailings import actions as sending
sending.BATCH = 2
tell, batches = sending.notify_each, []
def hang(*args):
    tell(*args)
    batches.append(1)
    if len(batches) == 2:
        print("reached", flush=True)
        time.sleep(60)
sending.notify_each = hang
sending.go_on()
"""


def test_killed_in_the_middle_of_a_batch_nobody_is_lost_and_nobody_is_told_twice():
    rosa = person_with(Role.REGIONAL, country="KEN")
    people = [member_of(StakeholderFactory()) for _number in range(5)]
    letter = letter_by(rosa)
    mailings_actions.send(letter, actor=rosa)
    worker = subprocess.Popen(
        [sys.executable, "-c", HANGING],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "whatson.settings.dev", "DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"reached\n"
    assert mailings_actions.write_batch(letter.pk) is False  # another worker keeps away meanwhile
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(300)
    worker.stdout.close()
    assert LetterCopy.objects.count() == 2

    def all_written():
        mailings_actions.go_on()
        return LetterCopy.objects.count() == len(people)

    wait_for(all_written)  # the server notices a moment later that its client is gone
    assert Counter(mail.to[0] for mail in deliver_all()) == Counter(person.email for person in people)
    mailings_actions.go_on()
    letter.refresh_from_db()
    assert (letter.state, letter.stakeholders, letter.people, letter.sent) == ("sent", 5, 5, 5)
