"""Take a task, so that its service is offered, or end it. The caller asks whether the person may."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from accounts.people.models import User
from audit.actions import record
from workflow.held_tasks.models import HeldTask


def take_task[T: HeldTask](model: type[T], *, actor: User, action: str, **values: Any) -> T:
    """Give the task to the actor, with more values of its row, whoever held it; record the action."""
    with transaction.atomic():
        defaults = {"holder": actor, "since": now(), **values}
        task, _new = model._default_manager.update_or_create(pk=1, defaults=defaults)
        record(task, action, actor=actor, **values)
    return task


def end_task(model: type[HeldTask], *, actor: User, action: str) -> None:
    """Take the task from its holder and record the action. It may be called twice."""
    with transaction.atomic():
        task = model._default_manager.select_for_update(no_key=True).exclude(holder=None).first()
        if task is not None:
            task.holder, task.since = None, now()
            task.save(update_fields=["holder", "since"])
            record(task, action, actor=actor)
