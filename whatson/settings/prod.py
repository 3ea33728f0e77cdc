"""Production: refuses to start half-set; every value here comes from the environment or a secret file."""

import sentry_sdk

from accounts.identity_providers import refuse_unsafe_servers
from notifications.mail_url import mailer_from_url
from whatson.settings.base import *  # noqa: F403  settings build on settings
from whatson.settings.base import (
    LOG_LEVEL,
    RELEASE,
    SILENCED_SYSTEM_CHECKS,
    SINGLE_SIGN_ON,
    STORAGES,
    env,
    secret,
)
from whatson.settings.env import address, hosts, mail_address, signing_key, site
from whatson.settings.logging import leave_out_of_errors, logging_of

DEBUG = False
SECRET_KEY = signing_key("SECRET_KEY", secret("SECRET_KEY"))
# Keys of before, one a line: links in mails that were sent go on, nothing new is signed with them.
SECRET_KEY_FALLBACKS = [
    signing_key("SECRET_KEY_FALLBACKS", key) for key in secret("SECRET_KEY_FALLBACKS", "").split()
]
SITE_URL = site("SITE_URL", env.str("SITE_URL"))
ALLOWED_HOSTS = hosts("ALLOWED_HOSTS", env.list("ALLOWED_HOSTS", []), SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
secret("DATABASE_URL")  # read in base, where it has a default; here it must be given
secret("REDIS_URL")
MAILERS = {"default": mailer_from_url(secret("MAIL_URL"))}
DEFAULT_FROM_EMAIL = mail_address("DEFAULT_FROM_EMAIL", env.str("DEFAULT_FROM_EMAIL"))
SERVER_EMAIL = DEFAULT_FROM_EMAIL
DESK_EMAIL = mail_address("DESK_EMAIL", env.str("DESK_EMAIL"))

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
# The names below this one may belong to others, and a browser that has the rule built in keeps it for months.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", False)
SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
refuse_unsafe_servers(SINGLE_SIGN_ON)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

# Both names are for `manage.py move_files`.
STORAGES["disk"] = STORAGES["default"]
STORAGES |= {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
S3_BUCKET = env.str("S3_BUCKET", "")
if S3_ENDPOINT_URL := env.str("S3_ENDPOINT_URL", ""):
    address("S3_ENDPOINT_URL", S3_ENDPOINT_URL, "https://host", "http://host")
if S3_BUCKET:
    # A rehearsal from a backup may use the bucket too; what it uploads stands in no row of ours.
    STORAGE_SWEEP = env.bool("STORAGE_SWEEP", False)
    STORAGES["default"] = STORAGES["bucket"] = {
        "BACKEND": "core.storing_s3.TidyS3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL or None,
            "access_key": secret("S3_ACCESS_KEY"),
            "secret_key": secret("S3_SECRET_KEY"),
            # What nobody says anything of is private; where a bucket knows no ACLs, naming one is refused.
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": 60,
            # The service compares what arrived with what was sent.
            "object_parameters": {"ChecksumAlgorithm": "SHA256"},
            "signed_downloads": env.bool("S3_SIGNED_DOWNLOADS", False),
        },
    }
CHECK_DATABASE_AT_START = True
LOGGING = logging_of(LOG_LEVEL, as_json=True)
TRACE_STATEMENTS = True

SENTRY_DSN = secret("SENTRY_DSN", "")
if SENTRY_DSN:
    sentry_sdk.init(
        dsn=SENTRY_DSN,
        release=RELEASE,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,  # they hold what people typed
        before_send=leave_out_of_errors,
        before_breadcrumb=leave_out_of_errors,
    )
