"""The messages that wait for the team, and those of one person."""

from collections import Counter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from accounts.data_rights.queries import addresses_of
from portal.team_messages.models import TeamMessage


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
