import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whatson.settings.dev")

app = Celery("whatson")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_web_does(**kwargs: Any) -> None:
    """Celery would set up logging of its own; with this it leaves Django's alone."""


@worker_init.connect
def refuse_unfit_database(**kwargs: Any) -> None:
    from django.conf import settings  # noqa: PLC0415  Django is set up by now, not when this module loads

    from core import starting  # noqa: PLC0415

    if settings.CHECK_DATABASE_AT_START:
        starting.refuse_unfit_database()
