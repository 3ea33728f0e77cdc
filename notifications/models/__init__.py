"""What people hear: happenings, who follows what, how each wants to hear it, the inbox and the outbox."""

from notifications.models.bounces import MailEvent, Suppression
from notifications.models.deadlines import Deadline
from notifications.models.follows import Follow
from notifications.models.habits import Habits, Preference
from notifications.models.happenings import Happening
from notifications.models.inbox import Digest, Notice
from notifications.models.jobs import Job
from notifications.models.outbox import MailboxMessage, Message
from notifications.models.sending import Outlet, Pause
from notifications.models.stops import Stop
from notifications.models.told import Told

__all__ = [
    "Deadline",
    "Digest",
    "Follow",
    "Habits",
    "Happening",
    "Job",
    "MailEvent",
    "MailboxMessage",
    "Message",
    "Notice",
    "Outlet",
    "Pause",
    "Preference",
    "Stop",
    "Suppression",
    "Told",
]
