"""Reading what stands in the inbox."""

from django.db import models
from django.utils.timezone import now

from notifications.inbox.models import Notice


def mark_read(notices: "models.QuerySet[Notice]") -> int:
    """Mark what is unread among `notices` as read; returns how many."""
    return notices.filter(read_at__isnull=True).update(read_at=now())
