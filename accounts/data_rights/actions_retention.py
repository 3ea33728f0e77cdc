"""Removing what has had its time, rule by rule."""

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models.functions import Now
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


def apply_rules(*, apart: timedelta = timedelta()) -> int:
    """Remove what every rule lets go, with a row for each; returns how many rows went.

    Each batch is one transaction: killed in the middle, the next run goes on. One rule that fails does not
    stop the others; the first failure is raised at the end. A rule that somebody began less than `apart` ago
    is left alone.
    """
    keep_rules()
    removed, failure = 0, None
    for rule in RetentionRule.objects.order_by("subject"):
        if rule.declared is None:
            continue
        try:
            if run := _begin(rule, apart):
                removed += _apply(rule, rule.declared, run)
        except Exception as fault:
            log.exception("retention_failed", subject=rule.subject)
            failure = failure or fault
    if failure is not None:
        raise failure
    return removed


@transaction.atomic
def _begin(rule: RetentionRule, apart: timedelta) -> RetentionRun | None:
    """The row of this run, which counts as failed until it has ended: so does one that is killed.

    Under the lock of its rule, so that of two at once the second sees the row of the first.
    """
    RetentionRule.objects.select_for_update(no_key=True).get(pk=rule.pk)
    if apart and rule.runs.filter(at__gt=Now() - apart).exists():
        return None
    return RetentionRun.objects.create(rule=rule, days=rule.days, removed=0, failed=True)


def _apply(rule: RetentionRule, declared: Retained, run: RetentionRun) -> int:
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
            run.removed, run.failed = removed, not done
            run.save(update_fields=["removed", "failed"])
            if removed:
                hooks.retention_applied.send(RetentionRule, rule=rule, run=run)
    return removed
