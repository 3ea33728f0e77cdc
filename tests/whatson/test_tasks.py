"""What holds for every task in the background, whatever its own decorator says."""

import pytest
from django.conf import settings

from whatson.celery import app

OURS = sorted(name for name in app.tasks if not name.startswith("celery."))


def test_there_are_tasks():
    assert "notifications.sweep" in OURS


@pytest.mark.parametrize("name", OURS)
def test_a_task_survives_its_worker_and_ends(name):
    """It is acknowledged late and begun again after a loss; it fails before the queue gives it away."""
    task = app.tasks[name]
    assert task.acks_late
    assert task.retry_on_worker_lost
    assert task.reject_on_worker_lost
    limit = task.soft_time_limit or app.conf.task_soft_time_limit
    assert 0 < limit < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
