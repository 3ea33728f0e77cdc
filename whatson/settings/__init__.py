"""Settings. Those of production are loaded here, so that each wrong one is refused in one clear line."""

import os
import sys
from importlib import import_module

from whatson.celery import app as celery_app

__all__ = ["celery_app"]  # wherever Django is, and nowhere else: `make run` needs neither to watch over both

if os.environ.get("DJANGO_SETTINGS_MODULE") == "whatson.settings.prod":
    from django.core.exceptions import ImproperlyConfigured

    try:
        import_module("whatson.settings.prod")
    except (ImproperlyConfigured, ValueError) as wrong:  # what `environs` and the readers of addresses raise
        sys.stderr.write(f"The portal does not start: {wrong}\n")
        raise SystemExit(3) from None  # with 3, gunicorn does not try again
