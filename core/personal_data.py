"""What a row says, for the person it is about: neutral keys for machines, labels and words for people."""

from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise


class DataField(NamedTuple):
    """One value. `value` is plain (strings, numbers, dates, lists); `shown` is what a person reads."""

    key: str
    label: str | Promise
    value: Any
    shown: Any


def data_fields(obj: models.Model, *names: str) -> list[DataField]:
    """The named fields of a row; a choice is shown by its label, a relation by what it is called."""
    return [_field(obj, name) for name in names]


def data_field(key: str, label: str | Promise, value: Any, shown: Any = None) -> DataField:
    """A value that is no field of its row."""
    return DataField(key, label, value, value if shown is None else shown)


def _field(obj: models.Model, name: str) -> DataField:
    field: Any = obj._meta.get_field(name)
    if field.many_to_many:
        others = list(getattr(obj, name).all())
        return DataField(
            name, field.verbose_name, [related.pk for related in others], [str(related) for related in others]
        )
    if field.is_relation:
        other = getattr(obj, name)
        return DataField(name, field.verbose_name, other.pk if other else None, str(other) if other else "")
    value = getattr(obj, name)
    if hasattr(value, "name") and isinstance(field, models.FileField):
        value = value.name
    display = getattr(obj, f"get_{name}_display", None)
    return DataField(name, field.verbose_name, value, display() if display else value)
