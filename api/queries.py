"""What has changed on a public list, and what is gone from it, since an instant that its mirror names."""

from datetime import UTC, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, now
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from api.errors import Refused
from api.models import Comparison, PublicRow
from api.pages import CHANGED

KEPT_DAYS = 90  # for so long a list tells what is gone from it
MOST_GONE = 10_000


class Changes:
    """The changes of one list since the instant `since`; from the beginning, where that is empty.

    Of what records say, each thing is told at least once to whoever goes on with `until`: a record is stamped
    after its row was read, and `until` is an instant before which no record can come any more.
    """

    def __init__(self, resource: str, since: str) -> None:
        self.resource = resource
        self.gone: list[Any] = []
        self.has_unrecorded = False  # whether some of it was hidden after the last comparison
        self.since = _instant(since)
        comparison = Comparison.objects.filter(pk=resource).first()
        self.until = comparison.completed_at if comparison else None
        if self.since is None:
            return
        moment = now()
        if self.since > max(moment, self.until or moment):
            raise ValidationError({CHANGED: [_("This time is in the future.")]})
        oldest = moment - timedelta(days=KEPT_DAYS)
        if comparison is None or self.since < max(comparison.first_at, oldest):
            raise _too_long_ago()

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `rows` that are recorded as changed.

        A new row is given once it is on record. So whatever a mirror was given can be called gone later.
        """
        records = PublicRow.objects.filter(resource=self.resource, gone_at=None, key=_key(OuterRef("pk")))
        if self.since is not None:
            records = records.filter(changed_at__gt=self.since)
        return rows.filter(Exists(records))

    def find_gone(self, rows: QuerySet[Any]) -> None:
        """Find the keys of what is no longer among `rows`, all that a visitor is shown.

        What is recorded as gone and is back is among them: it is given again with its next record.
        """
        if self.since is None:
            return
        records = PublicRow.objects.filter(resource=self.resource, gone_at__gt=self.since)
        recorded = set(records.values_list("key", flat=True)[: MOST_GONE + 1])
        hidden = set(hidden_rows(self.resource, rows).values_list("key", flat=True)[: MOST_GONE + 1])
        if len(recorded | hidden) > MOST_GONE:
            raise _too_long_ago()
        to_python = rows.model._meta.pk.to_python
        self.gone = sorted(map(to_python, recorded | hidden))
        self.has_unrecorded = bool(hidden)


def hidden_rows(resource: str, rows: QuerySet[Any]) -> QuerySet[PublicRow]:
    """Return the records of rows that are hidden from visitors; `rows` are all that a visitor is shown."""
    shown = rows.order_by().alias(its_key=_key("pk")).filter(its_key=OuterRef("key"))
    return PublicRow.objects.filter(~Exists(shown), resource=resource, gone_at=None)


def _key(column: Any) -> Cast:
    return Cast(column, CharField())


def _instant(text: str) -> datetime | None:
    """An instant with its offset as RFC 3339 has it, or a day, which begins at midnight UTC."""
    if not text:
        return None
    try:
        day = parse_date(text)
        moment = datetime.combine(day, time(), UTC) if day else parse_datetime(text)
        if moment is not None and not is_naive(moment):
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # it has the form, and there is no such instant
    raise ValidationError(
        {CHANGED: [_("Give an instant as 2026-05-04T09:30:00Z, or a day as 2026-05-04; empty at first.")]}
    )


def _too_long_ago() -> Refused:
    return Refused(
        HTTPStatus.GONE,
        _(
            "What was removed since then is no longer recorded. Read the whole list again, with "
            "an empty %(name)s."
        )
        % {"name": CHANGED},
    )
