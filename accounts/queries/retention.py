"""How long what is kept, and what would go tonight."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.timezone import now

from accounts.models import RetentionRule
from accounts.registry import Retained, retained


class Going(NamedTuple):
    """What one rule would remove now."""

    rule: RetentionRule
    rows: int


def days_of(subject: str) -> int:
    """How many days rows of the subject are kept: what the rule says, or what it begins with."""
    days = RetentionRule.objects.filter(subject=subject).values_list("days", flat=True).first()
    return retained[subject].days if days is None else days


def rows_of(rule: RetentionRule, declared: Retained, moment: datetime) -> QuerySet[Any]:
    """What the rule lets go at `moment`."""
    return declared.rows(moment - timedelta(days=rule.days)).order_by("pk")


def would_go(rule: RetentionRule) -> int:
    return rows_of(rule, rule.declared, now()).count() if rule.declared else 0


def going() -> list[Going]:
    """A dry run of tonight: what each rule would remove."""
    return [Going(rule, would_go(rule)) for rule in RetentionRule.objects.all() if rule.declared]
