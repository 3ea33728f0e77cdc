"""As the bench's own, but mail leaves for the mail server that MAIL_URL names."""

from bench.settings import *  # noqa: F403  settings build on settings
from notifications.mail_url import mailer_from_url
from whatson.settings.base import secret

MAILERS = {"default": mailer_from_url(secret("MAIL_URL", "console:"))}
