"""Telling people what concerns them, and what they decide about it."""

from notifications.actions.deadlines import drop_deadline, remind_of_deadlines, set_deadline
from notifications.actions.digests import make_digests
from notifications.actions.follows import follow, follow_each, move_term, set_level, unfollow
from notifications.actions.happenings import expand, left_to_expand, tell
from notifications.actions.preferences import choose, set_habits, stop_by_link
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
    "choose",
    "drop_deadline",
    "expand",
    "follow",
    "follow_each",
    "left_to_expand",
    "mail_address",
    "make_digests",
    "mark_read",
    "move_term",
    "notify",
    "notify_all",
    "notify_each",
    "remind_of_deadlines",
    "set_deadline",
    "set_habits",
    "set_level",
    "stop_by_link",
    "tell",
    "unfollow",
]
