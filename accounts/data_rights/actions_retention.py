"""Removing what has had its time, rule by rule."""

from typing import Any

import structlog
from django.db import transaction
from django.utils.timezone import now

from accounts import hooks
from accounts.data_rights.models import RetentionRule, RetentionRun, subjects
from accounts.data_rights.queries import rows_of
from accounts.hooks import Retained

log = structlog.get_logger(__name__)
BATCH = 500


def keep_rules() -> None:
    """Write a rule for every subject that has none yet. Those that somebody changed stay as they are."""
    RetentionRule.objects.bulk_create(
        [RetentionRule(subject=name, **first) for name, first in subjects().items()], ignore_conflicts=True
    )


def change_rule(rule: RetentionRule, *, actor: Any, before: int) -> None:
    """Keep a rule that a form has checked, and say in the log what it was. `before`: its days until now."""
    with transaction.atomic():
        rule.save(update_fields=["days", "reason", "changed_at"])
        hooks.retention_changed.send(RetentionRule, rule=rule, actor=actor, before=before, after=rule.days)


def apply_rules() -> int:
    """Remove what every rule lets go, with a row for each; returns how many rows went.

    Each batch is one transaction: killed in the middle, the next run goes on. One rule that fails does not
    stop the others; the first failure is raised at the end.
    """
    keep_rules()
    removed, failure = 0, None
    for rule in RetentionRule.objects.order_by("subject"):
        if rule.declared is None:
            continue
        try:
            removed += _apply(rule, rule.declared)
        except Exception as fault:
            log.exception("retention_failed", subject=rule.subject)
            failure = failure or fault
    if failure is not None:
        raise failure
    return removed


def _apply(rule: RetentionRule, declared: Retained) -> int:
    removed, done = 0, False
    moment, before = now(), None
    try:
        while ids := list(rows_of(rule, declared, moment).values_list("pk", flat=True)[:BATCH]):
            if ids == before:
                raise RuntimeError(f"{rule.subject}: the rows that were to go are still there.")
            before = ids
            with transaction.atomic():
                if declared.remove:
                    declared.remove(ids)
                else:
                    declared.rows(moment).model._default_manager.filter(pk__in=ids).delete()
            removed += len(ids)
        done = True
    finally:
        with transaction.atomic():
            run = RetentionRun.objects.create(rule=rule, days=rule.days, removed=removed, failed=not done)
            if removed:
                hooks.retention_applied.send(RetentionRule, rule=rule, run=run)
    return removed
