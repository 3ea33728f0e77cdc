"""Deadlines that followers are reminded of, so many days ahead, each reminder once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.timezone import now

from notifications.actions.happenings import tell_of
from notifications.enums import Weight
from notifications.models import Deadline
from notifications.registry import kinds


def set_deadline(
    kind: str,
    subject: models.Model,
    name: str,
    at: datetime,
    *,
    terms: Sequence[str],
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
) -> Deadline:
    """Say, in the act's transaction, when something of `subject` is due; calling it again moves the date.

    `name` tells several of one subject apart, as "closing". The words of `kind` may use `facts.at` (ISO).
    """
    if kinds[kind].readers is None:
        raise LookupError(f"{kind!r} has no readers, so its deadlines cannot be told to followers.")
    deadline, _new = Deadline.objects.update_or_create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        key=name,
        defaults={
            "kind": kind,
            "at": at,
            "terms": sorted(set(terms)),
            "url_name": url_name,
            "url_args": list(url_args),
            "facts": {**(facts or {}), "at": at.isoformat()},
        },
    )
    return deadline


def drop_deadline(subject: models.Model, name: str) -> None:
    """It is not due any more, or not at a known instant."""
    Deadline.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk, key=name).delete()


def remind_of_deadlines(moment: datetime | None = None) -> int:
    """Tell the followers of each deadline that has come near enough; returns how many reminders left.

    Of several that are due at once only the nearest leaves. After the deadline none does.
    """
    moment = moment or now()
    farthest = timedelta(days=max(settings.NOTIFICATIONS_DEADLINE_DAYS))
    near = Deadline.objects.filter(at__gt=moment, at__lte=moment + farthest)
    return sum(_remind(pk, moment) for pk in near.order_by("at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, moment: datetime) -> bool:
    deadline = Deadline.objects.select_for_update().filter(pk=pk, at__gt=moment).first()
    if deadline is None:
        return False
    days = days_due(deadline.at, moment)
    if days is None or (deadline.told_at == deadline.at and (deadline.told_days or 0) <= days):
        return False
    deadline.told_days, deadline.told_at = days, deadline.at
    deadline.save(update_fields=["told_days", "told_at"])
    return tell_of(deadline, key=f"{deadline.pk}:{deadline.at.isoformat()}:{days}", weight=Weight.DEADLINE)


def days_due(at: datetime, moment: datetime) -> int | None:
    """Which reminder is due at `moment`, by its days before `at`: the nearest one; None where none is yet."""
    due = [days for days in settings.NOTIFICATIONS_DEADLINE_DAYS if moment >= at - timedelta(days=days)]
    return min(due, default=None)
