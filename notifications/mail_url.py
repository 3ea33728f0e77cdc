"""Where mail goes, said in one address. The settings read this, so it imports nothing of Django's models."""

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORMS = "smtp://user:password@host:587/?tls=1, smtps://user:password@host:465/ or console:"
MAILBOX_FORMS = "imaps://user:password@host:993/INBOX or imap://user:password@host:143/INBOX?tls=1"
TIMEOUT = 20  # seconds a mail server may keep a worker waiting
LONGEST_NAME = 20  # of a mailbox: what is signed stands behind it, in the 64 letters that servers allow
CONNECTIONS = 8  # that one worker holds to it at a time


def mailer_from_url(url: str) -> dict[str, Any]:
    """The entry of MAILERS for `url`; a bad one raises ImproperlyConfigured, which never shows the password.

    `smtp:` speaks plainly, with `?tls=1` it upgrades by STARTTLS; `smtps:` is encrypted from the first byte;
    `timeout=` is in seconds, `connections=` how many one worker holds at a time. Write special signs in the
    password percent-encoded.
    """
    parts = urlsplit(url.strip())
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured(f"MAIL_URL begins with none of smtp, smtps and console. Write {FORMS}.")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ImproperlyConfigured(f"MAIL_URL has no possible port. Write {FORMS}.") from None
    if not host:
        raise ImproperlyConfigured(f"MAIL_URL names no host. Write {FORMS}.")
    if (parts.username is None) != (parts.password is None):
        raise ImproperlyConfigured(f"MAIL_URL has a user or a password, but not both. Write {FORMS}.")
    return {
        "BACKEND": "notifications.backends.SmtpBackend",
        "OPTIONS": {
            "host": host,
            "port": port or {"smtp": 25, "smtps": 465}[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            **_options(parts.query, encrypted=parts.scheme == "smtps"),
        },
    }


def _options(query: str, *, encrypted: bool) -> dict[str, Any]:
    given = dict(parse_qsl(query, keep_blank_values=True))
    tls, timeout = given.pop("tls", "0"), given.pop("timeout", str(TIMEOUT))
    connections = given.pop("connections", str(CONNECTIONS))
    if given:
        unknown = ", ".join(sorted(given))
        raise ImproperlyConfigured(
            f"MAIL_URL has unknown options: {unknown}. Known: tls, timeout, connections."
        )
    if tls not in {"0", "1"}:
        raise ImproperlyConfigured("MAIL_URL: tls is 1 or 0.")
    if encrypted and tls == "1":
        raise ImproperlyConfigured("MAIL_URL: smtps is encrypted already; leave out tls=1, or write smtp.")
    if not timeout.isascii() or not timeout.isdigit() or not 1 <= int(timeout) <= 300:
        raise ImproperlyConfigured("MAIL_URL: timeout is a number of seconds from 1 to 300.")
    if not connections.isascii() or not connections.isdigit() or not 1 <= int(connections) <= 20:
        raise ImproperlyConfigured("MAIL_URL: connections is a number from 1 to 20.")
    return {
        "use_tls": tls == "1",
        "use_ssl": encrypted,
        "timeout": int(timeout),
        "connections": int(connections),
    }


def mailbox_from_url(url: str, address: str) -> tuple[dict[str, Any] | None, str]:
    """How the mailbox is read that mail returns to, and its address; nothing where it is not set.

    `imaps:` is encrypted from the first byte; `imap:` speaks plainly, with `?tls=1` it upgrades by STARTTLS.
    The path is the folder. A bad one raises ImproperlyConfigured, which never shows the password.
    """
    if not url and address:
        raise ImproperlyConfigured(
            "MAILBOX_ADDRESS is set and MAILBOX_URL is empty: what returns there would never be read. "
            "Set both or neither."
        )
    if not url:
        return None, ""
    parts = urlsplit(url.strip())
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    tls, timeout = given.pop("tls", "0"), given.pop("timeout", str(TIMEOUT))
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if parts.scheme not in {"imap", "imaps"} or not host or not parts.username or not parts.password:
        raise ImproperlyConfigured(f"MAILBOX_URL is not of the form {MAILBOX_FORMS}.")
    if given or tls not in {"0", "1"} or not timeout.isascii() or not timeout.isdigit():
        raise ImproperlyConfigured("MAILBOX_URL: its options are tls=1 and timeout= in seconds.")
    if not re.fullmatch(rf"[\w.-]{{1,{LONGEST_NAME}}}@[\w.-]+", address, re.ASCII):
        raise ImproperlyConfigured(
            "MAILBOX_ADDRESS is the plain address of the mailbox, as portal@example.org: without + and name, "
            f"at most {LONGEST_NAME} letters before the @."
        )
    encrypted = parts.scheme == "imaps"
    return {
        "host": host,
        "port": port or (993 if encrypted else 143),
        "username": unquote(parts.username),
        "password": unquote(parts.password),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
        "tls": "at_once" if encrypted else "starttls" if tls == "1" else "",
        "timeout": max(int(timeout), 1),
    }, address
