"""The one reader of the environment: every value typed, secrets from a file where one is named."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host
from environs import Env, EnvError, validate

env = Env()


def secret(name: str, default: str | None = None) -> str:
    """The value of NAME, or the content of the file that NAME_FILE names (for mounted secrets)."""
    file_name = env.str(f"{name}_FILE", None)
    if file_name is not None:
        if not file_name:
            raise EnvError(f"{name}_FILE is empty. Let it name a file, or unset it.")
        path = Path(file_name)
        if not path.is_file():
            raise EnvError(f"{name}_FILE names {path}, which is not a file. Mount the secret or unset it.")
        value = path.read_text(encoding="utf-8").strip()
    else:
        value = env.str(name) if default is None else env.str(name, default)
    if default is None and not value:
        raise EnvError(f"{name} is empty.")
    return value


def at_least(name: str, default: int, least: int) -> int:
    return int(env.int(name, default, validate=validate.Range(min=least)))


def address(name: str, value: str, *forms: str) -> str:
    """`value`, if it is shaped like one of `forms`: the same scheme, and a host or a path where it has one.

    The value is not told: it may hold a password.
    """
    for form in forms:
        wanted, given = urlsplit(form), urlsplit(value)
        if given.scheme == wanted.scheme and (given.netloc if wanted.netloc else given.path.startswith("/")):
            return value
    raise EnvError(f"{name} is not of the form {' or '.join(forms)}.")


def site(name: str, value: str) -> str:
    """The address of the portal in production, from which links in mails are made."""
    parts = urlsplit(value := value.rstrip("/"))
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise EnvError(f"{name} is not of the form https://whatson.example.org, without a path.")
    return value


def hosts(name: str, values: list[str], site_url: str) -> list[str]:
    """Names that the portal answers to; without that of its own address every page would be refused."""
    own = urlsplit(site_url).hostname or ""
    if values and not validate_host(own, values):
        raise EnvError(f"{name} lacks {own}, the host of SITE_URL: every page would be answered 400.")
    return values or [own]


def signing_key(name: str, value: str) -> str:
    """Whoever guesses it opens every session."""
    if len(value) < 50 or len(set(value)) < 5:
        raise EnvError(f"{name} is too weak: 50 random characters or more.")
    return value


def mail_address(name: str, value: str) -> str:
    """One address, with or without a name before it."""
    try:
        validate_email(parseaddr(value)[1])
    except ValidationError:
        raise EnvError(f"{name} is not a mail address, as in desk@whatson.example.org.") from None
    return value


def database(url: str) -> dict[str, Any]:
    """Django's entry; what the address asks for (`?sslmode=require`) stays, beside our pool.

    A request waits three seconds for a connection, so that nobody notices a quick restart of the database;
    then it is answered 503. The pool tries to connect for as long: with its own five minutes it would try
    ever more seldom, and find a database again only as long after its return as it was away.

    Behind a pooler that gives a connection for one transaction, no cursor outlives one. Statements are not
    prepared on the server in any case: Django leaves that off.
    """
    from_url: dict[str, Any] = dict(dj_database_url.parse(url))
    pooler = env.str("DATABASE_POOLER", "", validate=validate.OneOf(["", "transaction"]))
    pool = {
        "min_size": 1,
        "max_size": at_least("DATABASE_POOL_MAX", 5, 1),
        "timeout": 3,
        "reconnect_timeout": 3,
    }
    options = {"connect_timeout": 3, **from_url.get("OPTIONS", {}), "pool": pool}
    # Each connection is looked at before a request gets it: after a restart of the database the old are dead.
    return {
        **from_url,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": bool(pooler),
        "OPTIONS": options,
    }
