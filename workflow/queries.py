"""What may be done next, what was decided, what is still asked, and who stands too near to decide."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models

from accounts.people.enums import Role
from workflow.enums import Level
from workflow.models import Decision, ItemRequest, WorkItem
from workflow.moves import Move, in_button_order, permission
from workflow.registry import parties_of, parties_on


def moves_open_to(user: Any, obj: Any) -> list[tuple[str, Move]]:
    """The moves that `user` may make on `obj` as it stands, in the order of their buttons."""
    recused: bool | None = None
    found = []
    for name, move in obj.MOVES.items():
        if obj.status not in move.sources or move.by_clock:
            continue
        if not user.has_perm(permission(obj, name), obj):
            continue
        if move.decides:
            recused = is_recused(user, obj) if recused is None else recused
            if recused:
                continue
        found.append((name, move))
    return in_button_order(found)


def is_recused(user: Any, obj: models.Model) -> bool:
    """Belongs to, or takes part in, what `obj` is about: such a person never decides on it."""
    kind = obj._meta.label_lower
    if kind not in parties_on:
        return False
    theirs = {f"person:{user.pk}"}.union(*(parties(user) for parties in parties_of.values()))
    return not theirs.isdisjoint(parties_on[kind](obj))


def decisions_on(obj: models.Model) -> list[Decision]:
    """Every move made on `obj`, newest first. One query."""
    return list(Decision.objects.about(obj).select_related("actor"))


def open_requests(obj: models.Model) -> dict[str, str]:
    """Field → what is asked for, of those not yet answered. One query."""
    return dict(ItemRequest.objects.about(obj).filter(answered_at=None).values_list("field", "text"))


def asked(obj: models.Model) -> list[tuple[str, str]]:
    """(Label of the field, what is asked for), as people read it. One query."""
    labels = {field.name: str(getattr(field, "verbose_name", field.name)) for field in obj._meta.get_fields()}
    return [(labels.get(field, field), text) for field, text in open_requests(obj).items()]


def open_items(obj: models.Model) -> list[WorkItem]:
    """What waits on `obj`, with who holds it. One query."""
    return list(WorkItem.objects.about(obj).open().select_related("holder"))


class Holding(NamedTuple):
    """Who holds a piece of work, by role, and what the clock does next.

    `who`, `then`: "regional", "desk" or "head"; `then` and `until` are empty where it goes no further, or
    while the clock stands still.
    """

    who: str
    since: datetime
    until: datetime | None
    then: str
    paused: bool


def holding(item: WorkItem) -> Holding:
    """As the escalation does it: the regional focal point, the desk, the head of desk. No query."""
    to_desk, to_head = settings.WORKFLOW_ESCALATION_DAYS
    began = item.since + item.paused_for
    if item.level == Level.HEAD:
        who, then, days = "head", "", 0
    elif item.level == Level.HOLDER and item.waits_for == Role.REGIONAL:
        who, then, days = "regional", "desk", to_desk
    else:
        who, then, days = "desk", "head", to_head
    since = item.passed_at or item.since
    # What was with the desk from the first was not passed to it when it had waited for a while.
    if who == "desk" and item.waits_for != Role.REGIONAL and since >= began + timedelta(days=to_desk):
        since = item.since
    until = began + timedelta(days=days) if then and not item.is_paused else None
    return Holding(who, since, until, then, item.is_paused)
