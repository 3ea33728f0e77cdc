"""One object takes another's place: whatever pointed at the old one points at the new one."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from core.errors import DomainError


def repoint(old: models.Model, new: models.Model) -> dict[str, int]:
    """Move every foreign key and many-to-many link from `old` to `new`, two rows of one model.

    Runs in the caller's transaction, which must hold locks on both rows. Where the new one has the same link
    already, the old link is dropped. Returns the number of rows moved or dropped by "app.model.field",
    without zeros. Raises DomainError where a row that holds more than a link would have to be dropped.
    """
    if old._meta.concrete_model is not new._meta.concrete_model or old.pk == new.pk:
        raise ValueError("Only two different rows of one model can take each other's place.")
    counts = {}
    for relation in old._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not relation.parent_link:
            field: Any = relation.field
            if moved := _move(field, old, new):
                counts[f"{field.model._meta.label_lower}.{field.name}"] = moved
    return counts


def _move(field: Any, old: models.Model, new: models.Model) -> int:
    rows = field.model._base_manager.filter(**{field.name: old})
    if field.model._meta.concrete_model is new._meta.concrete_model:
        # What stood within the old one must not come to stand within itself.
        rows = rows.exclude(pk=new.pk)
    try:
        with transaction.atomic():
            return rows.update(**{field.name: new})
    except IntegrityError as refusal:
        if not isinstance(refusal.__cause__, UniqueViolation):
            raise
    for row in (conflicting := list(rows)):
        _move_one(row, field, new)
    return len(conflicting)


def _move_one(row: models.Model, field: Any, new: models.Model) -> None:
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: new})
    except IntegrityError as refusal:
        if not isinstance(refusal.__cause__, UniqueViolation):
            raise
        if not _is_link(type(row)):
            raise DomainError(
                _("%(what)s: the same exists on both sides. Please settle that first.")
                % {"what": row._meta.verbose_name}
            ) from refusal
        row.delete()


def _is_link(model: type[models.Model]) -> bool:
    """True where a row says no more than that two things belong together, and since when."""
    return all(
        field.primary_key or field.is_relation or isinstance(field, models.DateTimeField)
        for field in model._meta.concrete_fields
    )
