"""The messages that wait for the team, and those of one person."""

from collections import Counter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.data_rights.queries import addresses_of
from portal.team_messages.enums import MessageStatus
from portal.team_messages.models import TeamMessage
from workflow.hooks import MyPart, OwnRows, Rows, Submission


def messages_in(user: Any, status: str) -> QuerySet[TeamMessage]:
    """Return the messages of a status that the person answers: of new ones the oldest first."""
    order = ("at", "pk") if status == "new" else ("-updated_at", "-pk")
    rows = TeamMessage.objects.answered_by(user).filter(status=status)
    return rows.select_related("sender").order_by(*order)


def count_by_status(user: Any) -> Counter[str]:
    rows = TeamMessage.objects.answered_by(user).order_by().values_list("status")
    return Counter(dict(rows.annotate(number=Count("pk"))))


def messages_of(user: Any) -> QuerySet[TeamMessage]:
    """Return what the person sent signed in, and what came from their addresses before."""
    rows = TeamMessage.objects.alias(low=Lower("address"))
    return rows.filter(Q(sender=user) | Q(low__in=addresses_of(user)))


def my_rows(user: Any) -> dict[str, OwnRows]:
    return {"messages": OwnRows(TeamMessage.objects.visible_to(user).filter(sender=user))}


def my_work(_user: Any, rows: Rows) -> MyPart:
    return MyPart(submissions=[*map(_submission, rows["messages"])])


def _submission(message: Any) -> Submission:
    """A held message reads as one that waits: what is taken for a program learns nothing."""
    waits = message.status in {MessageStatus.NEW, MessageStatus.SPAM}
    turn = _("With the WhatsOn team")
    return Submission(
        str(message.get_purpose_display()),
        message.get_absolute_url(),
        _("Your message to the WhatsOn team"),
        MessageStatus.NEW if waits else message.status,
        turn if waits else message.get_status_display(),
        message.at,
        turn if waits else "",
    )
