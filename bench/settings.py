"""The bench serves the portal as production would, over plain HTTP on loopback."""

from whatson.settings.base import *  # noqa: F403  settings build on settings

ROOT_URLCONF = "bench.urls"
DEBUG = False
SECRET_KEY = "bench-only-" + "x" * 50
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
SITE_URL = "http://127.0.0.1"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
STORAGES |= {  # noqa: F405
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
}
