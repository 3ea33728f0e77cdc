"""The mail providers whose reports we understand, through django-anymail.

Mail leaves by their SMTP (`MAIL_URL`). A header of theirs carries our Message-ID along, and they say it back
in each report. The settings read this, so it imports nothing of Django's models, and anymail only when asked.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

CARRIED = "whatson"  # what our Message-ID is called in what a provider carries along
SHORTEST_SECRET = 20


class Provider(NamedTuple):
    """`view` of anymail reads its reports; `headers(reference)` go with each mail; `is_soft(raw)` says of a
    report that a mail came back whether it did so for now; `event_id(raw)` names a report, "" where the
    provider does not.
    """

    view: str
    headers: Callable[[str], dict[str, str]]
    is_soft: Callable[[Mapping[str, Any]], bool]
    event_id: Callable[[Mapping[str, Any]], str]


def _reference_json(reference: str) -> str:
    return json.dumps({CARRIED: reference})


def _mailgun_code(raw: Mapping[str, Any]) -> int:
    code = ((raw.get("event-data") or {}).get("delivery-status") or {}).get("code")
    return code if isinstance(code, int) else 0


def _mailgun_id(raw: Mapping[str, Any]) -> str:
    # Its id is unique within a day only; its token changes when it tells something again.
    data = raw.get("event-data") or {}
    return f"{data['id']}:{data.get('timestamp')}" if data.get("id") else ""


providers = {
    "brevo": Provider(
        "anymail.webhooks.brevo.BrevoTrackingWebhookView",
        lambda reference: {"X-Mailin-custom": _reference_json(reference)},
        lambda raw: raw.get("event") == "soft_bounce",
        lambda raw: "",
    ),
    "mailgun": Provider(
        "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
        lambda reference: {"X-Mailgun-Variables": _reference_json(reference)},
        lambda raw: 400 <= _mailgun_code(raw) < 500,
        _mailgun_id,
    ),
    "mailjet": Provider(
        "anymail.webhooks.mailjet.MailjetTrackingWebhookView",
        lambda reference: {"X-MJ-EventPayload": _reference_json(reference)},
        lambda raw: not raw.get("hard_bounce"),
        lambda raw: "",
    ),
    "postmark": Provider(
        "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
        lambda reference: {f"X-PM-Metadata-{CARRIED}": reference, "X-PM-KeepID": "true"},
        lambda raw: raw.get("Type") == "SoftBounce",
        lambda raw: f"{raw.get('RecordType')}:{raw['ID']}" if raw.get("ID") else "",
    ),
}


def anymail_settings(provider: str, secret: str, signing_key: str) -> dict[str, str]:
    """The entry ANYMAIL of the settings; if half set, ImproperlyConfigured, which shows no secret."""
    if not provider:
        return {}
    if provider not in providers:
        known = ", ".join(sorted(providers))
        raise ImproperlyConfigured(f"MAIL_PROVIDER is none of {known}. Leave it out for any other provider.")
    user, _colon, password = secret.partition(":")
    if not user or len(password) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"MAIL_WEBHOOK_SECRET must be user:password, a password of {SHORTEST_SECRET} characters or more."
        )
    if provider == "mailgun" and not signing_key:
        raise ImproperlyConfigured("MAIL_WEBHOOK_SIGNING_KEY must be set for Mailgun.")
    return {"WEBHOOK_SECRET": secret, "MAILGUN_WEBHOOK_SIGNING_KEY": signing_key}


def carried_headers(provider: str, message_id: str) -> dict[str, str]:
    """What goes with a mail so that reports on it can be told apart; nothing without a provider."""
    return providers[provider].headers(message_id.strip("<>")) if provider else {}


def reader_of(provider: str) -> Any:
    """Anymail's view, which checks who tells us something and reads it."""
    return import_string(providers[provider].view)()
