from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from audit.hooks import sentences
from audit.models import Entry, kind_of


def record(
    subject: models.Model, action: str, *, actor: models.Model | None, click: UUID | None = None, **data: Any
) -> Entry:
    """Write one sentence about `subject`, in the caller's transaction. `actor` None means the clock.

    `data` holds codes, ids and dates only: no names, addresses or texts of people.
    """
    if action not in sentences:
        raise LookupError(f"{action!r} has no sentence; declare it in the subject's wiring.py.")
    return Entry.objects.create(
        actor_id=actor.pk if actor else None,
        action=action,
        subject_kind=kind_of(subject),
        subject_id=subject.pk,
        data=data,
        click=click or uuid4(),
    )


def record_many(
    subjects: Iterable[models.Model], action: str, *, actor: models.Model | None, **data: Any
) -> list[Entry]:
    """The same sentence about several subjects, shown as one click. One statement."""
    if action not in sentences:
        raise LookupError(f"{action!r} has no sentence; declare it in the subject's wiring.py.")
    click = uuid4()
    return Entry.objects.bulk_create(
        Entry(
            actor_id=actor.pk if actor else None,
            action=action,
            subject_kind=kind_of(subject),
            subject_id=subject.pk,
            data=data,
            click=click,
        )
        for subject in subjects
    )
