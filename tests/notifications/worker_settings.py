"""What a real worker of the tests runs under: the database, mail server and queue that the test gives it."""

import os

from whatson.settings.dev import *  # noqa: F403  settings build on settings
from whatson.settings.dev import CELERY_BROKER_TRANSPORT_OPTIONS, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.notifications.worker_app"]

# A queue of its own, so that no other worker on the same broker takes what this one is to be killed at.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,
    "global_keyprefix": os.environ["TEST_QUEUE_PREFIX"],
}
