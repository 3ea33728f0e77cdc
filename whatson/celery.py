import os
import time
from typing import Any

import structlog
from celery import Celery
from celery.signals import celeryd_after_setup, setup_logging, task_prerun, worker_init

from whatson.serving import load_ahead

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatson.settings.dev")
# Celery runs all checks first, and some ask the database: where that is away a worker would end. `make test`
# runs them too, and those that matter at a start are in `refuse_unfit_database`.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

DATABASE_WAIT = 5  # seconds between two looks of a worker that starts while the database is away

app = Celery("whatson")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_web_does(**kwargs: Any) -> None:
    """Celery would set up logging of its own; with this it leaves Django's alone."""


@worker_init.connect
def wait_longer_for_the_queue(sender: Any, **kwargs: Any) -> None:
    """A worker that gives its connection up hands back what it was doing, to be done anew: so it waits."""
    patient = {"socket_connect_timeout": 2, "socket_timeout": 2}
    sender.app.conf.broker_transport_options = {**sender.app.conf.broker_transport_options, **patient}


_is_worker = False


@worker_init.connect
def begin_as_worker(**kwargs: Any) -> None:
    global _is_worker  # noqa: PLW0603  pages run tasks in their own process nowhere but in tests
    _is_worker = True


# First of all that hear of a task: the app of celery is there before those of Django.
@task_prerun.connect
def hold_during_maintenance(**kwargs: Any) -> None:
    """What a worker is about to begin waits; it acknowledges late, so that nothing is lost with it."""
    from core.maintenance import wait_until_over  # noqa: PLC0415  the models are not loaded before

    if _is_worker:
        wait_until_over()


@worker_init.connect
def limit_statements(**kwargs: Any) -> None:
    from django.conf import settings  # noqa: PLC0415  Django is set up by now, not when this module loads

    from core import startup_checks  # noqa: PLC0415

    startup_checks.limit_statements(settings.STATEMENT_SECONDS_OF_WORKERS)


@worker_init.connect
def refuse_unfit_database(**kwargs: Any) -> None:
    """Before the first task; a database that is away is waited for, as the queue is."""
    from django.conf import settings  # noqa: PLC0415  Django is set up by now, not when this module loads
    from django.db import OperationalError  # noqa: PLC0415

    from core import startup_checks  # noqa: PLC0415
    from core.errors import is_database_away  # noqa: PLC0415

    while settings.CHECK_DATABASE_AT_START:
        try:
            startup_checks.refuse_unfit_database()
            break
        except OperationalError as absent:
            if not is_database_away(absent):
                raise
            structlog.get_logger(__name__).warning("database_away", wait=DATABASE_WAIT, error=str(absent))
            time.sleep(DATABASE_WAIT)


@celeryd_after_setup.connect
def share_memory(**kwargs: Any) -> None:
    """Before its processes part."""
    load_ahead()
