"""What is the same everywhere. `dev`, `test` and `prod` add what differs, each variable read once."""

import tomllib
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.conf import locale
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import validate

from accounts.identity_providers import read_providers
from notifications.mail_url import mailbox_from_url
from notifications.providers import anymail_settings
from whatson.settings.env import address, at_least, database, env, secret
from whatson.settings.logging import logging_of

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Said once, there; in the description of the API, in /metrics, and in the list of parts.
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
ROOT_URLCONF = "whatson.urls"
WSGI_APPLICATION = "whatson.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "core",
    "accounts.apps.AccountsConfig",
    "audit",
    "api",
    "notifications",
    "search",
    "workflow",
    "taxonomy",
    "stakeholders",
    "resources",
    "news",
    "events",
    "reviews",
    "coordination",
    "portal",
    "accounts.apps.PortalAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "pgtrigger",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "core.middleware.TraceMiddleware",
    "core.metrics.MetricsMiddleware",
    "core.middleware.ClientAddressMiddleware",
    # First of those that answer, so that redirects, refusals and static files carry the policy too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.PolicyMiddleware",
    "core.middleware.StaticFilesMiddleware",
    "portal.middleware.UsageMiddleware",
    "core.reading.AskedOnceMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "core.replica.ReplicaMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.middleware.BusyMiddleware",
    "core.middleware.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonMiddleware",
    # Everybody signs in first, but where a view says that it is public: accounts/people/decorators.py.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "core.middleware.TooManyMiddleware",
    "core.middleware.NoRoomMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.portal",
            ]
        },
    },
    # Long loops alone: core/loops.py.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "core.loops.environment"},
    },
]
FORM_RENDERER = "core.forms.PortalRenderer"

# --- Data -------------------------------------------------------------------------------------------
DATABASE_URL = address(
    "DATABASE_URL",
    secret("DATABASE_URL", "postgres://whatson@127.0.0.1:5432/whatson"),
    "postgres://user:password@host:5432/name",
    "postgresql://user:password@host:5432/name",
)
DATABASES = {"default": database(DATABASE_URL)}
# A copy that follows the database, from which pages of visitors are read: core/replica.py, core/database.py.
if DATABASE_REPLICA_URL := secret("DATABASE_REPLICA_URL", ""):
    address("DATABASE_REPLICA_URL", DATABASE_REPLICA_URL, "postgres://host/name", "postgresql://host/name")
    DATABASES["replica"] = database(DATABASE_REPLICA_URL) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["core.database.Router"]
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", "whatson")
CHECK_DATABASE_AT_START = False
# Longer takes no one statement: of a page somebody waits for, of work in the background. 0 is no limit.
STATEMENT_SECONDS = at_least("STATEMENT_SECONDS", 20, 0)
STATEMENT_SECONDS_OF_WORKERS = at_least("STATEMENT_SECONDS_OF_WORKERS", 900, 0)
REDIS_URL = address(
    "REDIS_URL",
    secret("REDIS_URL", "redis://127.0.0.1:6379").rstrip("/"),
    "redis://:password@host:6379",
    "rediss://:password@host:6379",
)
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "core.caching.ForgivingRedisCache",
        "LOCATION": f"{REDIS_URL}/1",
        # Two databases that share one Redis keep their numbers apart.
        "KEY_PREFIX": str(DATABASES["default"]["NAME"]),
        "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.3},
    },
    # What stays the same for as long as a process lives: the pieces of the frame, one for each language.
    "menus": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "menus",
        "TIMEOUT": None,
    },
    # What limits count while the shared cache is away or full: each process by itself.
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
# Pages may be kept by a server of their own, so that they never push out the counters of limits.
if PAGE_CACHE_URL := secret("PAGE_CACHE_URL", "").rstrip("/"):
    address("PAGE_CACHE_URL", PAGE_CACHE_URL, "redis://:password@host:6379", "rediss://:password@host:6379")
    CACHES["pages"] = {**CACHES["default"], "LOCATION": f"{PAGE_CACHE_URL}/1"}
SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# --- Languages, in the order of the United Nations -----------------------------------------------------
# "zh" is our address prefix; Django knows only "zh-hans".
locale.LANG_INFO["zh"] = {**locale.LANG_INFO["zh-hans"], "code": "zh"}
# Each by its own name, written alike wherever it stands (and as in taxonomy/data/languages.csv).
for _code, _own in (
    ("ar", "العربية"),
    ("zh", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
):
    locale.LANG_INFO[_code] = {**locale.LANG_INFO[_code], "name_local": _own}
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_carried"]  # the second is made, not kept
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["core.formats"]

# --- People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique without regard to case, which the check does not see
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "accounts.backends.GrantBackend"]
PASSWORD_HASHERS = ["accounts.hashing.FewAtOnceHasher"]
WEB_THREADS = at_least("WEB_THREADS", 4, 1)  # of each web process: see gunicorn.conf.py
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:me"
# Of people of the desk: there the session, with its second factor, says whether work waits for them.
DESK_LOGIN_REDIRECT_URL = "portal:start"
ACCOUNT_ADAPTER = "notifications.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "add_email": "accounts.sign_in.forms.AddEmailForm",
    "change_password": "accounts.sign_in.forms.ChangePasswordForm",
    "confirm_login_code": "accounts.sign_in.forms.ConfirmLoginCodeForm",
    "login": "accounts.sign_in.forms.LoginForm",
    "reauthenticate": "accounts.sign_in.forms.ReauthenticateForm",
    "request_login_code": "accounts.sign_in.forms.RequestLoginCodeForm",
    "reset_password": "accounts.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in.forms.ResetPasswordKeyForm",
    "set_password": "accounts.sign_in.forms.SetPasswordForm",
    "signup": "accounts.sign_in.forms.SignupForm",
}
ACCOUNT_SALT = "account"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Counted in the shared cache; past them the answer is 429.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",  # key: the person and the asker's address
    "login_failed_anywhere": "100/h/key",  # key: the person; browsers known to be theirs are counted apart
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/h/key",
    "request_login_code": "20/m/ip,5/15m/key",  # key: the person and the asker's address
    "request_login_code_anywhere": "30/h/key",  # the same
    "confirm_email": None,  # notifications.adapter counts them by what they are about
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False  # accounts.sign_in.views.ConfirmEmailView says who is signed in
ACCOUNT_PREVENT_ENUMERATION = "strict"  # an address that nobody has proved stands in nobody's way
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Nobody signs in before verifying, so a second factor cannot lock an address's owner out.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "WhatsOn"

# The institutions whose sign-in counts here, as TOML: docs/single-sign-on.md.
SINGLE_SIGN_ON = read_providers(secret("SINGLE_SIGN_ON", ""))
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.adapter.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "accounts.single_sign_on.openid.Provider"}}

# --- Mail -------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "WhatsOn <no-reply@whatson.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
DESK_EMAIL = env.str("DESK_EMAIL", "desk@whatson.example")
SECURITY_EMAIL = env.str("SECURITY_EMAIL", "")  # for /.well-known/security.txt; the desk if empty
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
MAIL_STALE_SECONDS = 600  # after which the worker that holds a message counts as gone
MAIL_MOST_ATTEMPTS = 8
# Which provider tells us what became of mail, at /mail/reports/; none if empty.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", "")
ANYMAIL = anymail_settings(
    MAIL_PROVIDER, secret("MAIL_WEBHOOK_SECRET", ""), secret("MAIL_WEBHOOK_SIGNING_KEY", "")
)
# The mailbox to which mail returns and is answered, and its address; none if empty.
MAILBOX, MAILBOX_ADDRESS = mailbox_from_url(secret("MAILBOX_URL", ""), env.str("MAILBOX_ADDRESS", ""))
# The name under which the server of that mailbox says what it found out of a sender; not looked at if empty.
MAILBOX_AUTHSERV_ID = env.str("MAILBOX_AUTHSERV_ID", "").strip().lower()
MAIL_REPORT_MAX_BYTES = 1_000_000
MAIL_EVENT_DAYS = 180  # after which a report is forgotten
# What came back for now is sent again after so many hours each; then it has failed.
MAIL_SOFT_WAITS = (1, 6, 24)
# So many mails to one address that came back for now within so many days, and it counts as not working.
MAIL_SOFT_MOST = 4
MAIL_SOFT_DAYS = 14

# --- Work in the background ---------------------------------------------------------------------------
CELERY_BROKER_URL = f"{REDIS_URL}/0"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = False
# A worker of several queues takes from each in turn, the one it has not served for longest first; without
# priorities, since the last of them would wait as long as others come.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"urgent": {}, "mail": {}, "default": {}, "heavy": {}}
CELERY_TASK_ROUTES = {
    # These two send mail and do nothing else, so that no worker of theirs is busy with other work.
    "notifications.deliver": {"queue": "urgent"},
    "notifications.sweep": {"queue": "mail"},
    "*.heavy_*": {"queue": "heavy"},
}
CELERY_TASK_ACKS_LATE = True
# What a process was doing when it was killed, say for want of memory, is begun again: after three minutes and
# three times at most, so that a task which kills every process cannot go round for ever. Where the next try
# cannot be queued, the message itself goes back.
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# Seconds after which a task that does not end fails, and says where.
CELERY_TASK_SOFT_TIME_LIMIT = 2 * 60 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Somebody waits for their page meanwhile. Workers wait longer: see whatson/celery.py.
    "socket_connect_timeout": 0.3,
    "socket_timeout": 0.3,
    "max_retries": 0,  # else a publisher waits six seconds for a broker that is away
    # Seconds until a message that was not acknowledged is given to a second worker. What maintenance holds is
    # not acknowledged either: so this is longer than the longest maintenance and a task after it.
    "visibility_timeout": 24 * 60 * 60,
}
CELERY_TASK_PUBLISH_RETRY = False  # the row is the truth: a sweep finds what a lost nudge left behind
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "whatson.beat:Scheduler"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "notifications.sweep": {"task": "notifications.sweep", "schedule": 60},
    "notifications.expand_left": {"task": "notifications.expand_left", "schedule": 60},
    "notifications.make_digests": {"task": "notifications.make_digests", "schedule": crontab(minute="*/10")},
    "notifications.remind_of_deadlines": {
        "task": "notifications.remind_of_deadlines",
        "schedule": crontab(minute="5"),
    },
    "accounts.sweep_copies": {"task": "accounts.sweep_copies", "schedule": 60},
    "accounts.heavy_retention": {
        "task": "accounts.heavy_retention",
        "schedule": crontab(hour="2", minute="20"),
    },
    "core.heavy_sweep_files": {"task": "core.heavy_sweep_files", "schedule": crontab(hour="3", minute="25")},
    "notifications.remove_old_events": {
        "task": "notifications.remove_old_events",
        "schedule": crontab(hour="2", minute="50"),
    },
    "notifications.read_mailbox": {"task": "notifications.read_mailbox", "schedule": 60},
    "portal.write_usage": {"task": "portal.write_usage", "schedule": 5 * 60},
    "portal.roll_up_usage": {"task": "portal.roll_up_usage", "schedule": crontab(hour="4", minute="40")},
    "workflow.escalate": {"task": "workflow.escalate", "schedule": 60 * 60},
    "stakeholders.care_for_confirmations": {
        "task": "stakeholders.care_for_confirmations",
        "schedule": crontab(hour="3", minute="40"),
    },
    "stakeholders.screening_sweep": {"task": "stakeholders.screening_sweep", "schedule": 60 * 60},
    "stakeholders.close_introductions": {"task": "stakeholders.close_introductions", "schedule": 15 * 60},
    "stakeholders.pass_on_requests": {"task": "stakeholders.pass_on_requests", "schedule": 60 * 60},
    "taxonomy.sweep_sources": {"task": "taxonomy.sweep_sources", "schedule": 15 * 60},
    "taxonomy.remind_of_old_facts": {
        "task": "taxonomy.remind_of_old_facts",
        "schedule": crontab(day_of_week="1", hour="6", minute="10"),
    },
    "search.learn_words": {"task": "search.learn_words", "schedule": 15 * 60},
    "search.catch_up": {"task": "search.catch_up", "schedule": 15},
    "search.keep_small": {"task": "search.keep_small", "schedule": crontab(hour="3", minute="10")},
    "stakeholders.sweep_exports": {"task": "stakeholders.sweep_exports", "schedule": 60},
    "stakeholders.sweep_dossiers": {"task": "stakeholders.sweep_dossiers", "schedule": 60},
    "stakeholders.end_appointments": {"task": "stakeholders.end_appointments", "schedule": 60 * 60},
    "coordination.care_for_absences": {"task": "coordination.care_for_absences", "schedule": 15 * 60},
    "coordination.take_effect": {"task": "coordination.take_effect", "schedule": 15 * 60},
    "coordination.sweep_introductions": {"task": "coordination.sweep_introductions", "schedule": 60},
    "coordination.run_surveys": {"task": "coordination.run_surveys", "schedule": 15 * 60},
    "events.remind_to_authorize": {"task": "events.remind_to_authorize", "schedule": 60 * 60},
    "stakeholders.sweep_waves": {"task": "stakeholders.sweep_waves", "schedule": 60},
    "stakeholders.sweep_imports": {"task": "stakeholders.sweep_imports", "schedule": 60},
    "events.care_for_queues": {"task": "events.care_for_queues", "schedule": 60},
    "events.remind": {"task": "events.remind", "schedule": 5 * 60},
    "events.erase_sensitive": {"task": "events.erase_sensitive", "schedule": crontab(hour="1", minute="40")},
    "reviews.care_for_dialogues": {"task": "reviews.care_for_dialogues", "schedule": 5 * 60},
    "news.tell_published": {"task": "news.tell_published", "schedule": 30},
    "resources.announce": {"task": "resources.announce", "schedule": 60},
    "resources.sweep_files": {"task": "resources.sweep_files", "schedule": 60},
    "resources.gather_links": {"task": "resources.gather_links", "schedule": 60 * 60},
    "resources.tell_saved_searches": {
        "task": "resources.tell_saved_searches",
        "schedule": crontab(minute="25"),
    },
    "resources.check_links": {"task": "resources.check_links", "schedule": 60},
    "stakeholders.take_up_changes": {"task": "stakeholders.take_up_changes", "schedule": 15},
    # Hourly, so that one that was missed at night, or taken away, is made within the hour.
    "portal.heavy_open_data": {"task": "portal.heavy_open_data", "schedule": crontab(minute="35")},
    "api.heavy_compare": {"task": "api.heavy_compare", "schedule": crontab(minute="50")},
    "news.send_newsletters": {"task": "news.send_newsletters", "schedule": 60},
    "coordination.send_letters": {"task": "coordination.send_letters", "schedule": 60},
    "news.count_newsletters": {"task": "news.count_newsletters", "schedule": crontab(hour="4", minute="10")},
    "coordination.unlist_closed_offerings": {
        "task": "coordination.unlist_closed_offerings",
        "schedule": crontab(minute="5"),
    },
    "coordination.remind_of_follow_ups": {
        "task": "coordination.remind_of_follow_ups",
        "schedule": crontab(minute="15"),
    },
}


def _good_for(every: float | crontab) -> float:
    """Seconds until the next one: one that has waited for so long is not done any more, since that one is.

    After a weekend without workers they then begin with what is due, not with tens of thousands of tasks.
    Five minutes at least: else a queue that is always a little late would never do what comes often.
    """
    if isinstance(every, crontab):
        every = 7 * 24 * 60 * 60 / (len(every.day_of_week) * len(every.hour) * len(every.minute))
    return max(every, 5 * 60)


for _entry in CELERY_BEAT_SCHEDULE.values():
    _entry["options"] = {"expires": _good_for(_entry["schedule"])}

OPEN_DATA_DAYS = at_least("OPEN_DATA_DAYS", 7, 1)  # for how long the dumps of past days stay
NOTIFICATIONS_LINK_DAYS = 30  # for how long the link to one's preferences in a mail opens them
NOTIFICATIONS_ADDRESS_DAYS = 3  # for how long the link is good by which an address is shown to work again
NOTIFICATIONS_DEADLINE_DAYS = (14, 3)  # before a deadline, when its followers are told
USAGE_MONTHS_OF_DAYS = 13  # for how many whole months counted use is kept by day; then by month
NEWS_CONFIRM_DAYS = 7  # for how long the link is good that confirms a subscription to the newsletter
WORKFLOW_ESCALATION_DAYS = (7, 14)  # after which waiting work is passed to the desk, then to its head
# The desk's promise to an applicant, and what an applicant gets to answer, in working days.
STAKEHOLDERS_VETTING_DAYS = 10
STAKEHOLDERS_ANSWER_DAYS = 20
STAKEHOLDERS_TRUSTED_DAYS = 4  # the promise to those who write from a trusted mail domain
STAKEHOLDERS_RECONSIDER_DAYS = 30  # after a refusal, in calendar days
# What the author of a contribution gets to answer the desk, in calendar days.
REVIEWS_ANSWER_DAYS = 14
# What an organizer gets to complete a proposal, where the desk sets no other date, in calendar days.
EVENTS_COMPLETE_DAYS = 10
# For how many days the link of an invitation is good.
STAKEHOLDERS_INVITATION_DAYS = 14
STAKEHOLDERS_DESK_INVITATION_DAYS = 60  # of one by the desk, to register or for a State
# The yearly confirmation of an entry: how long one holds, how long before its end people are reminded, and
# how long the entry stays in the directory once they were told that the time is over.
STAKEHOLDERS_CONFIRM_DAYS = 365
STAKEHOLDERS_REMINDER_DAYS = (30, 7, 0)
STAKEHOLDERS_GRACE_DAYS = 30

# --- Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.static_files.PackageFinder",
    "core.static_files.BundleFinder",
]
# Of the packages in node_modules what pages use: /static/vendor/<name>/<file>.
PACKAGE_FILES = {
    "markdown-toolbar": ("@github/markdown-toolbar-element/dist", ["index.js"]),
    "tom-select": ("tom-select/dist/js", ["tom-select.base.min.js", "tom-select.base.min.js.map"]),
    "turndown": ("turndown/lib", ["turndown.browser.umd.js"]),
    "bootstrap": (
        "bootstrap/dist/css",
        # The maps are named in the sheets: collecting refuses a name that leads nowhere.
        [f"bootstrap.{side}min.css{kind}" for side in ("", "rtl.") for kind in ("", ".map")],
    ),
    "noto-sans": (
        "@fontsource/noto-sans/files",
        [
            f"noto-sans-{script}-{weight}-normal.woff2"
            for script in ("latin", "cyrillic", "greek")
            for weight in (400, 600)
        ],
    ),
    "noto-sans-arabic": ("@fontsource/noto-sans-arabic/files", ["noto-sans-arabic-arabic-400-normal.woff2"]),
}
# The style sheet and the scripts of every page, in one request each.
BUNDLES = {
    "js/every_page.js": ["js/portal.js", "js/suggest.js"],
    "css/portal.css": [
        *("css/fonts.css", "css/tokens.css", "css/frame.css", "css/header.css"),
        *("css/components.css", "css/tables.css", "css/entries.css", "css/layout.css"),
        *("css/cards.css", "css/ticket.css", "css/forms.css", "css/widgets.css"),
        *("css/home.css", "css/lists.css", "css/places.css", "css/prose.css"),
        *("css/follows.css", "css/reviews.css", "css/calls.css", "css/library.css"),
        *("css/desk.css", "css/print.css"),
    ],
}
BUNDLE_ROOT = BASE_DIR / ".bundles"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGE_SWEEP = env.bool("STORAGE_SWEEP", True)
STORAGES = {
    "default": {
        "BACKEND": "core.storing.TidyFileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_MAX_BYTES = 10 << 20
RESOURCES_MAX_BYTES = 25 << 20  # of one file of the library; docker/Caddyfile lets a little more through
# Where ClamAV listens: tcp://host:3310 or unix:///path. Files are not scanned if empty.
CLAMD_URL = env.str("CLAMD_URL", "")
if CLAMD_URL:
    address("CLAMD_URL", CLAMD_URL, "tcp://host:3310", "unix:///path")
# Addresses as "host:port" that the link checker may reach although they are private; for tests.
RESOURCES_LINKS_MAY_REACH: tuple[str, ...] = ()
# As above, for sources that the desk has fetched.
SOURCES_MAY_REACH: tuple[str, ...] = ()

# --- Safety -----------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],  # a PDF within its case, a mail within its page
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# How many proxies of ours stand before the portal; only what they add to X-Forwarded-For is believed.
PROXY_COUNT = at_least("PROXY_COUNT", 0, 0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing of the device but the passkeys, which our own pages ask for; the page of check-in adds the camera.
PERMISSIONS_POLICY = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "usb"),
    )
)
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
DEMO_ALLOWED = False
DEMONSTRATION = False  # whether what is invented stands beside what is real
DEV_PAGES = False

# --- The API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsing.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.ResourceSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "api.errors.problem_of",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "WhatsOn",
    "DESCRIPTION": "What the pages of WhatsOn show, for programs: the same rows, filters, names and order.",
    "VERSION": VERSION,
    "CONTACT": {"name": "The WhatsOn team of UNODC"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["api.schema.complete"],
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}
# How often a minute a visitor's address may ask, and a person.
API_PER_MINUTE = at_least("API_PER_MINUTE", 300, 1)
API_PER_MINUTE_PERSON = at_least("API_PER_MINUTE_PERSON", 1200, 1)

# Pages that are the same for every visitor are kept this long at most; 0 makes each anew.
KEEP_PAGES_SECONDS = at_least("KEEP_PAGES_SECONDS", 600, 0)
RELEASE = env.str("RELEASE", "development")  # the name of this build; VERSION is that of the software

METRICS_TOKEN = secret("METRICS_TOKEN", "")
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
LOGGING = logging_of(LOG_LEVEL, as_json=False)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True  # core.middleware.TraceMiddleware has set it
# A statement that takes longer is written to the log, without its values; 0 writes none.
SLOW_STATEMENT_SECONDS = env.float("SLOW_STATEMENT_SECONDS", 1.0)
TRACE_STATEMENTS = False  # the id of the request as a comment before each
