"""From what a provider told, as anymail read it, to a report of ours."""

import hashlib
import json
import re
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.utils.timezone import is_aware, now

from notifications.bounces.actions import Report
from notifications.outbox.enums import Outcome
from notifications.providers import CARRIED, providers

# Nobody needs to know when a mail was read.
NOT_OURS_TO_KNOW = {EventType.OPENED, EventType.CLICKED}
POLICY = re.compile(r"\b5\.7\.\d")  # RFC 3463: the mail was refused by policy; the address is not to blame
OF_THE_MAIL = {RejectReason.SPAM, RejectReason.BLOCKED}
SAID_PLAINLY = {
    EventType.DELIVERED: Outcome.DELIVERED,
    EventType.DEFERRED: Outcome.DEFERRED,
    EventType.COMPLAINED: Outcome.COMPLAINED,
    EventType.FAILED: Outcome.REFUSED,
}
OF_THE_ADDRESS = {RejectReason.BOUNCED, RejectReason.INVALID}


def report_of(provider: str, event: AnymailTrackingEvent) -> Report | None:
    """Return the report of an event; None for events that are not stored."""
    if event.event_type in NOT_OURS_TO_KNOW:
        return None
    raw = event.esp_event
    answer = f"{event.mta_response or event.description or ''}"
    moment = now()
    at = event.timestamp if event.timestamp and is_aware(event.timestamp) else moment
    return Report(
        provider=provider,
        event_id=providers[provider].event_id(raw) or _digest_of(raw),
        outcome=_outcome(provider, event, answer),
        reference=_clean(_reference(event)),
        address=_clean(event.recipient),
        note=_clean(answer),
        happened_at=min(at, moment),
    )


def _outcome(provider: str, event: AnymailTrackingEvent, answer: str) -> Outcome | None:
    match event.event_type:
        case EventType.REJECTED if event.reject_reason == RejectReason.SPAM:
            return Outcome.COMPLAINED
        case EventType.REJECTED:
            return Outcome.HARD if event.reject_reason in OF_THE_ADDRESS else Outcome.REFUSED
        case EventType.BOUNCED if providers[provider].is_soft(event.esp_event):
            return Outcome.SOFT
        case EventType.BOUNCED:
            by_policy = POLICY.search(answer) or event.reject_reason in OF_THE_MAIL
            return Outcome.REFUSED if by_policy else Outcome.HARD
    return SAID_PLAINLY.get(event.event_type)


def _reference(event: AnymailTrackingEvent) -> Any:
    carried = event.metadata.get(CARRIED) if isinstance(event.metadata, dict) else None
    return carried or (event.message_id or "").strip("<>")


def _digest_of(raw: Any) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()


def _clean(value: Any) -> str:
    """PostgreSQL keeps no NUL."""
    return str(value or "").replace("\x00", "")
