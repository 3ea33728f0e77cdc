"""A developer's or newcomer's machine: what `make run` uses."""

from whatson.settings.base import *  # noqa: F403  settings build on settings
from whatson.settings.base import CACHES, env, secret

# As in production, so that what is shown and tried has the portal's own error pages. DEBUG=1 shows Django's.
DEBUG = env.bool("DEBUG", False)
if DEBUG:  # a changed template shows at once
    CACHES["menus"]["BACKEND"] = "django.core.cache.backends.dummy.DummyCache"
SECRET_KEY = secret("SECRET_KEY", "development-only-" + "x" * 50)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO_ALLOWED = True
DEMONSTRATION = env.bool("DEMONSTRATION", True)  # here alone it can be loaded; the banner says so
DEV_PAGES = True
KEEP_PAGES_SECONDS = 0
# Static files as they lie in the checkout, read anew each time: nothing is collected, no change waits for it.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 0

MAIL_URL = secret("MAIL_URL", "")
MAILERS = {"default": {"BACKEND": "notifications.backends.MailboxBackend"}}
if MAIL_URL:
    from notifications.mail_url import mailer_from_url

    MAILERS = {"default": mailer_from_url(MAIL_URL)}

SITE_URL = env.str("SITE_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
