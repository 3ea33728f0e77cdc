"""The clock's moves, for many rows in a fixed number of statements."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.timezone import now

from audit.actions import record_many
from workflow.models import Decision
from workflow.moves import Move, sentence_name
from workflow.registry import after_batch

BATCH = 500


def move_batch(
    rows: models.QuerySet[Any], name: str, *, most: int = BATCH, actor: Any = None, **update_fields: Any
) -> int:
    """Make a move of the clock on the first `most` of `rows` that may make it; returns how many moved.

    State, decisions, sentences and effects (`after_batch` of the kind) in one transaction. Rows that somebody
    else is writing at this moment are left for the next run; 0 says that there is nothing left to do now.
    `actor`: whose act brought it about, where it was one.
    """
    model = rows.model
    step: Move = model.MOVES[name]
    if not step.by_clock:
        raise PermissionDenied
    kind = model._meta.label_lower
    with transaction.atomic():
        waiting = rows.filter(status__in=step.sources).order_by("pk")
        moved = list(waiting.select_for_update(of=("self",), skip_locked=True, no_key=True)[:most])
        if not moved:
            return 0
        was = {obj.pk: obj.status for obj in moved}
        values = {**update_fields, "status": step.target, "updated_at": now()}
        model._base_manager.filter(pk__in=was).update(**values)
        for obj in moved:
            for field, value in values.items():
                setattr(obj, field, value)
        Decision.objects.bulk_create(
            Decision(
                subject_kind=kind,
                subject_id=pk,
                move=name,
                from_status=status,
                to_status=step.target,
                actor=actor,
            )
            for pk, status in was.items()
        )
        record_many(moved, sentence_name(model, name), actor=actor, to=str(step.target))
        if kind in after_batch:
            after_batch[kind](moved, name)
    return len(moved)
