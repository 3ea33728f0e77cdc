"""Telling people what concerns them, and what they decide about it."""

from notifications.actions.bounces import (
    Report,
    ask_the_address,
    hold_by_hand,
    lift,
    refused_at_the_door,
    remove_old_events,
    take_in,
)
from notifications.actions.deadlines import drop_deadline, remind_of_deadlines, set_deadline
from notifications.actions.digests import make_digests
from notifications.actions.follows import follow, follow_each, move_term, set_level, unfollow
from notifications.actions.happenings import expand, left_to_expand, tell
from notifications.actions.preferences import choose, set_habits, stop_by_link
from notifications.actions.resending import resend, why_not_again
from notifications.actions.telling import (
    BATCH,
    Letter,
    Telling,
    mail_address,
    mail_each,
    mark_read,
    notify,
    notify_all,
    notify_each,
    notify_mixed,
)

__all__ = [
    "BATCH",
    "Letter",
    "Report",
    "Telling",
    "ask_the_address",
    "choose",
    "drop_deadline",
    "expand",
    "follow",
    "follow_each",
    "hold_by_hand",
    "left_to_expand",
    "lift",
    "mail_address",
    "mail_each",
    "make_digests",
    "mark_read",
    "move_term",
    "notify",
    "notify_all",
    "notify_each",
    "notify_mixed",
    "refused_at_the_door",
    "remind_of_deadlines",
    "remove_old_events",
    "resend",
    "set_deadline",
    "set_habits",
    "set_level",
    "stop_by_link",
    "take_in",
    "tell",
    "unfollow",
    "why_not_again",
]
