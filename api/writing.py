"""The forms of the pages as JSON and back, and how the schema tells of them.

A field is a text, a number, yes or no, a list of codes, of lines, or of rows of texts; files are sent on
the pages.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from api.hooks import FORMER
from api.schema import ResourceSchema


def answers_of(form: forms.Form, lines: Collection[str] = ()) -> dict[str, Any]:
    """Return what the form holds, by its fields. `lines`: fields of one entry a line, here lists of texts."""
    answers: dict[str, Any] = {}
    for name, field in form.fields.items():
        if _is_answer(name, field):
            value = form.get_initial_for_field(field, name)
            if name in lines:
                answers[name] = value.splitlines() if isinstance(value, str) else list(value or ())
            else:
                answers[name] = _as_json(value, field)
    return answers


def _is_answer(name: str, field: forms.Field) -> bool:
    return name != "version" and not isinstance(field, forms.FileField)


def _as_json(value: Any, field: forms.Field) -> Any:
    if isinstance(field, forms.BooleanField):
        return bool(value)
    if isinstance(field, forms.IntegerField):
        return value
    if hasattr(field, "row"):
        return [{key: _as_text(text) for key, text in row.items()} for row in value or ()]
    if isinstance(field, forms.MultipleChoiceField):
        # Always in one order, whatever the database's is: the tag must not change by itself.
        return sorted(choice if _of_numbers(field) else _as_text(choice) for choice in value or ())
    return _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _of_numbers(field: forms.Field) -> bool:
    return isinstance(field, forms.TypedMultipleChoiceField) and field.coerce is int


def as_posted(answers: Mapping[str, Any], lines: Collection[str] = ()) -> QueryDict:
    """Return the answers as a browser would post them."""
    data = QueryDict(mutable=True)
    for name, value in answers.items():
        if isinstance(value, bool):
            if value:
                data[name] = "on"
        elif not isinstance(value, list):
            data[name] = _as_text(value)
        elif name in lines:
            data[name] = "\n".join(value)
        elif value and isinstance(value[0], dict):
            data[f"{name}-rows"] = str(len(value))
            for number, row in enumerate(value):
                for field, text in row.items():
                    data[f"{name}-{number}-{field}"] = _as_text(text)
        else:
            data.setlist(name, [str(choice) for choice in value])
    return data


def is_like(value: Any, stored: Any, field: forms.Field) -> bool:
    """Return whether the value is of the type that the field takes; it holds `stored` now."""
    if isinstance(field, forms.BooleanField):
        return isinstance(value, bool)
    if isinstance(field, forms.IntegerField):
        return value is None or _is_number(value)
    if not isinstance(stored, list):
        return isinstance(value, str) or value is None
    if not isinstance(value, list):
        return False
    if row := getattr(field, "row", None):
        return all(
            isinstance(given_row, dict)
            and set(given_row) <= set(row.base_fields)
            and all(isinstance(text, str) for text in given_row.values())
            for given_row in value
        )
    return all(_is_number(choice) if _of_numbers(field) else isinstance(choice, str) for choice in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def errors_of(form: forms.Form) -> dict[str, list[str]]:
    return {
        ("" if name == "__all__" else name): [str(message) for message in messages]
        for name, messages in form.errors.items()
    }


def tag_of(answers: Mapping[str, Any]) -> str:
    """Return the ETag of the answers, the same in every language and encoding."""
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return f'"{sha256(text.encode()).hexdigest()[:32]}"'


# --- For the schema ----------------------------------------------------------------------------------
def answers_serializer(
    name: str,
    form: type[forms.Form],
    *numbers: str,
    only: Collection[str] = (),
    without: Collection[str] = (),
    lines: Collection[str] = (),
    doc: str = "",
    **more: serializers.Field[Any, Any, Any, Any],
) -> Any:
    """The fields of a form as JSON has them, after what is fixed: `numbers` of rows, and `more`.

    `more` may describe a field of the form more exactly. `doc`: what else is to be known, as the names of
    fields that differ from row to row.
    """
    fields: dict[str, Any] = {number: serializers.IntegerField(required=False) for number in ("id", *numbers)}
    fields |= more
    for field, form_field in form.base_fields.items():
        if not _is_answer(field, form_field) or field in without or field in fields:
            continue
        if not only or field in only:
            fields[field] = _describe_field(_inner(name, field), form_field, is_lines=field in lines)
    return type(f"{name}Serializer", (serializers.Serializer,), {**fields, "__doc__": doc})


def new_serializer(
    name: str,
    form: type[forms.Form],
    *numbers: str,
    without: Collection[str] = (),
    lines: Collection[str] = (),
    blank: Collection[str] = (),
    is_draft: bool = False,
    doc: str = "",
) -> Any:
    """What a POST takes: the `numbers` of what it belongs to, and the fields of the form.

    `blank`: those that the form fills in. A draft may lack any.
    """
    fields: dict[str, Any] = {number: serializers.IntegerField() for number in numbers}
    for field, form_field in form.base_fields.items():
        if _is_answer(field, form_field) and field not in without:
            required = (
                form_field.required and form_field.initial is None and field not in blank and not is_draft
            )
            fields[field] = _describe_field(
                _inner(name, field), form_field, is_lines=field in lines, required=required
            )
    return type(f"New{name}Serializer", (serializers.Serializer,), {**fields, "__doc__": doc})


def _inner(name: str, field: str) -> str:
    return f"{name}{field.title().replace('_', '')}"


def _describe_field(name: str, field: forms.Field, *, is_lines: bool, required: bool = False) -> Any:
    if row := getattr(field, "row", None):
        return _row_serializer(name, tuple(row.base_fields))(many=True, required=required)
    if _of_numbers(field):
        return serializers.ListField(child=serializers.IntegerField(), required=required)
    if is_lines or isinstance(field, forms.MultipleChoiceField):
        return serializers.ListField(child=serializers.CharField(), required=required)
    if isinstance(field, forms.BooleanField):
        return serializers.BooleanField(required=required)
    if isinstance(field, forms.IntegerField):
        return serializers.IntegerField(required=required, allow_null=True)
    return serializers.CharField(allow_blank=not required, required=required)


@cache
def _row_serializer(name: str, fields: tuple[str, ...]) -> Any:
    inner: dict[str, Any] = {field: serializers.CharField(allow_blank=True) for field in fields}
    return type(f"{name}Serializer", (serializers.Serializer,), inner)


_CONFLICT = {"409": "Its state does not allow this."}
_UNREAD = {"412": "It was changed since: read it again.", "428": "`If-Match` is missing."}


class OwnSchema(ResourceSchema):
    """Of what is one's own: what each verb takes, and by what it is refused."""

    def is_deprecated(self) -> bool:
        return self.view.basename.startswith(FORMER)

    def get_override_parameters(self) -> list[Any]:
        if self.view.action not in ("partial_update", "destroy", "submit"):
            return []
        description = "The `ETag` of what you read."
        return [OpenApiParameter("If-Match", str, "header", required=True, description=description)]

    def get_request_serializer(self) -> Any:
        match self.view.action:
            case "create":
                return self.view.new_schema
            case "submit":
                return None
            case _:
                return super().get_request_serializer()

    def _refusals(self) -> dict[str, str]:
        match self.view.action:
            case "list" | "retrieve":
                return super()._refusals()
            case "create":
                return super()._refusals() | _CONFLICT
            case _:
                return super()._refusals() | _CONFLICT | _UNREAD
