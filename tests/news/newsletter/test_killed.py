"""A worker is killed in the middle of sending an issue; the next one goes on, and everybody gets one mail."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from accounts.people.enums import Role
from news.newsletter import actions_sending
from notifications.outbox.models import Message
from tests.factories.accounts import person_with
from tests.factories.newsletters import SubscriberFactory, approve, issue_with
from tests.factories.notifications import deliver_all
from tests.support import database_url, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
# One batch is committed; of the second the mails are written, and nothing is committed.
HANGING = """
import django, sys, time
django.setup()
from news.newsletter import actions_sending as sending
sending.BATCH = 3
written, batches = sending.write_messages, []
def hang(messages):
    written(messages)
    batches.append(1)
    if len(batches) == 2:
        print("reached", flush=True)
        time.sleep(60)
sending.write_messages = hang
sending.go_on()
"""


def test_killed_in_the_middle_of_a_batch_nobody_is_lost_and_nobody_gets_it_twice():
    readers = {subscriber.address for subscriber in SubscriberFactory.create_batch(8)}
    issue = issue_with(actor=person_with(Role.CURATION))
    actions_sending.send_now(approve(issue), actor=issue.made_by)
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
    assert actions_sending.write_mails(issue.pk) is False  # another worker keeps away meanwhile
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(300)
    worker.stdout.close()
    assert Message.objects.filter(kind=actions_sending.KIND).count() == 3

    def all_written():
        actions_sending.go_on()
        return Message.objects.filter(kind=actions_sending.KIND).count() == len(readers)

    wait_for(all_written)  # the server notices a moment later that its client is gone
    assert Counter(letter.to[0] for letter in deliver_all()) == Counter(readers)
    actions_sending.go_on()
    issue.refresh_from_db()
    assert (issue.state, issue.written, issue.sent) == ("sent", 8, 8)
