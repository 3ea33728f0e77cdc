"""Telling people what concerns them, and what they decide about it."""

from notifications.actions.happenings import expand, left_to_expand, tell
from notifications.actions.telling import (
    BATCH,
    Telling,
    mail_address,
    mark_read,
    notify,
    notify_all,
    notify_each,
)

__all__ = [
    "BATCH",
    "Telling",
    "expand",
    "left_to_expand",
    "mail_address",
    "mark_read",
    "notify",
    "notify_all",
    "notify_each",
    "tell",
]
