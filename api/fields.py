"""Fields and serializers that resources share: texts in one language or all, terms by code and name."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty

ALL = "all"
FIELDS, LANG = "fields", "lang"


def wants_all_languages(context: Mapping[str, Any]) -> bool:
    return context["request"].query_params.get(LANG) == ALL


_BY_LANGUAGE = {
    "oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Language code → text.",
        },
    ],
    "description": "In the language of the answer; with `lang=all` in all languages that it has.",
}


@extend_schema_field(_BY_LANGUAGE)
class NameField(serializers.Field):
    """The name of a row of a list (`taxonomy`): in the language of the answer, or of all by `?lang=all`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, row: Any) -> Any:
        return _name_of(row, self.context)


def _name_of(row: Any, context: Mapping[str, Any]) -> Any:
    if not wants_all_languages(context):
        return row.name
    names = ((code, getattr(row, f"name_{code}")) for code, _label in settings.LANGUAGES)
    return {code: name for code, name in names if name}


class TermSerializer(serializers.Serializer[Any]):
    """A row of a list that people choose from, as others name it: the code of the filters, and its name."""

    code = serializers.CharField(source="pk")
    name = NameField()


class PageUrlField(serializers.CharField):
    """The address of its page, in the language of the answer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="get_absolute_url", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return f"{settings.SITE_URL}{value}"


# What needs no more than this; all others say themselves how they are written.
_WRITTEN: dict[type[serializers.Field[Any, Any, Any, Any]], Callable[[Any], Any]] = {
    serializers.CharField: str,
    serializers.IntegerField: int,
    serializers.BooleanField: bool,
}


def _reader(field: Any) -> Callable[[Any], Any]:
    """From a row what a field says of it, as REST framework finds it."""
    if isinstance(field, serializers.SerializerMethodField):
        method: Callable[[Any], Any] = getattr(field.parent, field.method_name)
        return method
    write = _WRITTEN.get(type(field), field.to_representation)
    if field.source == "*":
        return write
    attribute = field.get_attribute
    if len(field.source_attrs) == 1 and field.default is empty:
        [name] = field.source_attrs

        def attribute(row: Any) -> Any:
            value = row[name] if isinstance(row, dict) else getattr(row, name)
            return value() if callable(value) else value

    def read(row: Any) -> Any:
        value = attribute(row)
        return None if value is None else write(value)

    return read


class ResourceSerializer(serializers.Serializer[Any]):
    """What one row tells. `?fields=a,b` leaves the others out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        field_names = request.query_params.get(FIELDS, "") if request and self.parent is None else ""
        if field_names and not self.context.get("writes"):
            self._keep_only({name.strip() for name in field_names.split(",") if name.strip()})

    def to_representation(self, row: Any) -> dict[str, Any]:
        return {name: read(row) for name, read in self._readers}

    @cached_property
    def _readers(self) -> list[tuple[str, Callable[[Any], Any]]]:
        """REST framework asks anew of each row how each of its fields is read: half the time of a list."""
        fields = self.fields.values()
        return [(field.field_name, _reader(field)) for field in fields if not field.write_only]

    def _keep_only(self, names: Iterable[str]) -> None:
        if unknown := sorted(set(names) - set(self.fields)):
            message = _("There is no field %(unknown)s. There are: %(known)s.")
            raise ValidationError(
                {FIELDS: [message % {"unknown": ", ".join(unknown), "known": ", ".join(self.fields)}]}
            )
        for name in set(self.fields) - set(names):
            del self.fields[name]
