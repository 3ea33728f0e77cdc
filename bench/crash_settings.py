"""What workers run under while everything around them is killed: what is stale counts as such soon."""

from bench.mail_settings import *  # noqa: F403  settings build on settings
from bench.mail_settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.notifications.worker_app"]
MAIL_STALE_SECONDS = 10
CELERY_BEAT_SCHEDULE = {"notifications.sweep": {**CELERY_BEAT_SCHEDULE["notifications.sweep"], "schedule": 3}}
