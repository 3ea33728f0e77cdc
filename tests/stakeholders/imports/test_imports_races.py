"""Two at one import, and a worker killed in the middle of one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import WrongState
from stakeholders.entries.models import Stakeholder
from stakeholders.imports import actions as imports_actions
from stakeholders.imports import actions_worker as imports_actions_worker
from stakeholders.imports.models import Import
from tests.factories.accounts import person_with
from tests.factories.imports import checked
from tests.support import database_url, together, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
GOOD = "name,kind,country\nCoastal Watch,ngo,KEN\nSecond,ngo,KEN\n"
# A worker that stops where everything is written and nothing is committed.
HANGING = """
import django, sys, time
django.setup()
from stakeholders.imports import actions_worker as importing
def hang(*_args):
    print("reached", flush=True)
    time.sleep(60)
importing.index_soon = hang
importing.work(int(sys.argv[1]))
"""


@pytest.fixture
def desk(reference):
    return person_with(Role.HEAD)


def test_of_two_who_import_one_file_one_does(desk):
    of = checked(desk, GOOD)
    outcomes = together(
        *(
            lambda: imports_actions.take_in(Import.objects.get(), without_refused=False, actor=desk)
            for _ in range(2)
        )
    )
    assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
    assert together(*(lambda: imports_actions_worker.work(of.pk) for _ in range(3))) == [None] * 3
    assert Stakeholder.objects.count() == 2
    assert Entry.objects.filter(action="stakeholders.import_taken_in").count() == 1


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_sweep_begins_anew(desk, monkeypatch):
    of = checked(desk, GOOD)
    imports_actions.take_in(of, without_refused=False, actor=desk)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "whatson.settings.dev",
        "DATABASE_URL": database_url(),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", HANGING, str(of.pk)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert worker.stdout is not None
    try:
        assert worker.stdout.readline() == b"reached\n"
        assert imports_actions_worker.work(of.pk) is False  # the other one still holds it
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(300)
        worker.stdout.close()
    assert Stakeholder.objects.count() == 0

    nudged: list[int] = []
    monkeypatch.setattr(imports_actions_worker, "later", lambda _task, pk: nudged.append(pk))
    assert (imports_actions_worker.sweep(), nudged) == (1, [of.pk])
    wait_for(
        lambda: imports_actions_worker.work(of.pk)
    )  # the server notices a moment later that its client is gone
    assert Stakeholder.objects.count() == 2
    assert Entry.objects.filter(action="stakeholders.import_taken_in").count() == 1
    connection.close()
