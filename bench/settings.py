"""The portal by its production settings, but over plain HTTP on the loopback and without sending mail."""

import os

for _name, _value in {
    "SITE_URL": "https://127.0.0.1",
    "SECRET_KEY": "bench-only-" + "x" * 50,
    "MAIL_URL": "console:",
    "DEFAULT_FROM_EMAIL": "no-reply@whatson.example",
    "DESK_EMAIL": "desk@whatson.example",
    "SECURE_SSL_REDIRECT": "0",
}.items():
    os.environ.setdefault(_name, _value)

from whatson.settings.prod import *  # noqa: F403  settings build on settings

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
CELERY_TASK_ALWAYS_EAGER = "BENCH_AT_ONCE" in os.environ
# Production refuses a database with the demonstration, whose people read here.
CHECK_DATABASE_AT_START = False
