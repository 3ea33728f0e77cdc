"""The tests: fast hashing, mail kept in memory, tasks run only where a test asks for a worker."""

from whatson.settings.base import *  # noqa: F403  settings build on settings
from whatson.settings.base import BASE_DIR, CACHES, DATABASE_URL, DATABASES
from whatson.settings.env import database, secret

DEBUG = False
SECRET_KEY = "test-only-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# The owner makes the test database; tests use it as the plain role, as production does: tests/support.py.
PLAIN_ROLE = DATABASES["default"]
DATABASES = {"default": database(secret("DATABASE_OWNER_URL", DATABASE_URL))}
OWNER_ROLE = {key: DATABASES["default"][key] for key in ("USER", "PASSWORD")}
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT = BASE_DIR / ".data" / "test-static"  # empty; WhiteNoise warns where it is missing
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = BASE_DIR / ".data" / "test-media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
KEEP_PAGES_SECONDS = 0
DEV_PAGES = True
DEMO_ALLOWED = True
WHITENOISE_AUTOREFRESH = True
