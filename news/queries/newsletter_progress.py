"""How far the sending of an issue has come."""

from typing import NamedTuple

from django.db.models import Count, Q

from news.models import Issue
from news.queries.newsletter_readers import recipients
from notifications.delivery.models import Pause
from notifications.outbox.enums import Status
from notifications.outbox.models import Message


class Progress(NamedTuple):
    """`over` of `total` have ended, in whatever way. While not all are written the total is an estimate."""

    over: int
    total: int
    pause: Pause | None


def progress_of(issue: Issue) -> Progress:
    mails = (
        Message.objects.filter(happening=issue.happening_id) if issue.happening_id else Message.objects.none()
    )
    numbers = mails.aggregate(all=Count("pk"), over=Count("pk", filter=Q(status__in=Status.OVER)))
    total = numbers["all"] if issue.all_written else max(numbers["all"], recipients(issue).count())
    pause = Pause.objects.live().filter(happening=issue.happening_id).first() if issue.happening_id else None
    return Progress(numbers["over"], total, pause)
