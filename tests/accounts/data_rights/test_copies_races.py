"""Two workers at one copy, two clicks at once, and a worker killed in the middle."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils.timezone import now

from accounts.data_rights import actions as data_rights_actions
from accounts.data_rights.models import DataExport
from audit.models import Entry
from core import background_files
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.rights import asked_copy, unpacked
from tests.support import database_url, together

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
# A worker that stops between two sections.
HANGING = """
import django, sys, time
django.setup()
from accounts.data_rights import actions as exports
from accounts.hooks import Section, sections
def hang(_user):
    print("reached", flush=True)
    time.sleep(60)
sections._entries["history"] = Section("Hanging", "", hang)
exports.make_copy(int(sys.argv[1]))
"""


def test_three_workers_make_one_copy_and_one_mail():
    copy = asked_copy(UserFactory(), "account")
    assert together(*(lambda: data_rights_actions.make_copy(copy.pk) for _worker in range(3))) == [None] * 3
    copy.refresh_from_db()
    assert (copy.status, copy.attempts) == ("ready", 1)
    assert Message.objects.filter(kind="accounts.data_ready").count() == 1


def test_two_clicks_at_once_ask_for_one_copy():
    person = UserFactory()
    assert together(*(lambda: asked_copy(person, "account") for _click in range(3))) == [None] * 3
    assert DataExport.objects.count() == 1
    assert Entry.objects.filter(action="accounts.data_asked").count() == 1


def test_a_worker_killed_in_the_middle_is_taken_over(monkeypatch):
    copy = asked_copy(UserFactory(), "account", "history")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "whatson.settings.dev",
        "DATABASE_URL": database_url(),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", HANGING, str(copy.pk)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"reached\n"
    copy.refresh_from_db()
    assert (copy.status, copy.done) == ("making", 1)  # how far it has come is there to see
    assert data_rights_actions.make_copy(copy.pk) is False  # the other one still holds it
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(300)
    worker.stdout.close()
    assert not Message.objects.exists()

    nudged: list[int] = []
    monkeypatch.setattr(background_files, "later", lambda _task, pk: nudged.append(pk))
    assert (data_rights_actions.sweep_copies(), nudged) == (0, [])
    DataExport.objects.update(beat_at=now() - timedelta(minutes=6))  # silent for long enough
    assert (data_rights_actions.sweep_copies(), nudged) == (1, [copy.pk])
    assert data_rights_actions.make_copy(copy.pk)
    copy.refresh_from_db()
    assert (copy.status, copy.attempts, copy.done) == ("ready", 2, 2)
    assert set(unpacked(copy)) == {"account.json", "history.json", "index.html"}
    assert Message.objects.filter(kind="accounts.data_ready").count() == 1
    connection.close()
