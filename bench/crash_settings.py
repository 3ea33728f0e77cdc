"""What workers run under while everything around them is killed: what is stale counts as such soon."""

from bench.settings import *  # noqa: F403  settings build on settings
from bench.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS
from notifications.mail_url import mailer_from_url
from whatson.settings.base import secret

INSTALLED_APPS = [*INSTALLED_APPS, "tests.notifications.worker_app"]
MAIL_STALE_SECONDS = 10
MAILERS = {"default": mailer_from_url(secret("MAIL_URL", "console:"))}
CELERY_BEAT_SCHEDULE = {"notifications.sweep": {**CELERY_BEAT_SCHEDULE["notifications.sweep"], "schedule": 3}}
