"""What is one's own, to read and to write: by the form of the page, whose act saves it.

GET gives the answers of the form, in codes; PATCH takes some of them or all, and the tag of what was read.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.enums import TokenScope
from api.errors import Refused
from api.fields import LANG
from api.resources import Base
from core.errors import WrongState

# In every answer; they name the row, and a PATCH that says others is about another row.
FIXED = ("id", "stakeholder")


class OwnResource(ListModelMixin, Base):
    """A subject says the rows that the person may change, their form, and the act that saves it.

    `serializer_class` tells of a line of the list, `answers_schema` (`answers_serializer`) of one row.
    """

    http_method_names = ("get", "head", "options", "patch")
    permission_classes = ()  # not for everybody, says the schema
    form_class: ClassVar[type[forms.Form]]
    answers_schema: ClassVar[Any]
    # So many rows at most of a field that has rows: the page offers no more.
    most_rows: ClassVar[int] = 20
    # Fields of the form that hold one entry a line, and are lists of texts here.
    lines: ClassVar[tuple[str, ...]] = ()
    refusals: ClassVar[dict[str, str]] = {
        "412": "It was changed since: read it again.",
        "428": "`If-Match` is missing.",
    }

    def scopes_of(self, request: Request) -> tuple[TokenScope, ...]:
        return (TokenScope.OWN,) if request.method in ("GET", "HEAD", "OPTIONS") else (TokenScope.WRITE,)

    scopes = (TokenScope.OWN,)

    def check_permissions(self, request: Request) -> None:
        if not request.user.is_authenticated:
            raise NotAuthenticated(_("Send an access token, or sign in."))
        super().check_permissions(request)

    def parameters(self) -> list[str]:
        return super().parameters() if self.action == "list" else [LANG]

    def get_serializer_class(self) -> Any:
        return self.serializer_class if self.action == "list" else self.answers_schema

    # --- Of a subject --------------------------------------------------------------------------------
    def form_of(self, row: Any, data: QueryDict | None = None) -> forms.Form:
        raise NotImplementedError

    def save(self, row: Any, form: Any) -> None:
        """By the act of the page, with the version that `row` was read with."""
        raise NotImplementedError

    def stakeholder_of(self, row: Any) -> int | None:
        return None

    # --- Reading and writing -------------------------------------------------------------------------
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = self._said(self.get_object())
        self.etag = tag_of(said)
        return Response(said)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        there = self._said(row)
        self._refuse_unless_read(request, there)
        form = self.form_of(row, self._typed(there, request.data))
        if not form.is_valid():
            raise ValidationError(_errors(form))
        try:
            self.save(row, form)
        except WrongState as late:
            raise Refused(HTTPStatus.PRECONDITION_FAILED, str(late)) from None
        said = self._said(self.get_object())
        response = Response(said)
        response["ETag"] = tag_of(said)
        return response

    def _refuse_unless_read(self, request: Request, there: Mapping[str, Any]) -> None:
        matched = request.headers.get("If-Match", "")
        if not matched:
            raise Refused(HTTPStatus.PRECONDITION_REQUIRED, _("Send the ETag of what you read as If-Match."))
        # A proxy or our own compression marks a tag as weak; it is of the answers, not of the bytes.
        tags = {one.strip().removeprefix("W/") for one in matched.split(",")}
        if not tags & {"*", tag_of(there)}:
            raise Refused(
                HTTPStatus.PRECONDITION_FAILED,
                _("Another person has changed this in the meantime. Read it again, then send your changes."),
            )

    def _said(self, row: Any) -> dict[str, Any]:
        form = self.form_of(row)
        answers = {
            name: _as_json(form.get_initial_for_field(field, name), is_lines=name in self.lines)
            for name, field in form.fields.items()
            if name != "version"
        }
        stakeholder = self.stakeholder_of(row)
        return {"id": row.pk, **({"stakeholder": stakeholder} if stakeholder else {}), **answers}

    def _typed(self, there: Mapping[str, Any], sent: Any) -> QueryDict:
        """As the page would have sent it: what is there, with what was sent instead."""
        if not isinstance(sent, dict):
            raise ValidationError({"": [_("Send an object of fields.")]})
        wrong = {name: [_("There is no such field.")] for name in sent if name not in there}
        for name, value in sent.items():
            if name in there and name in FIXED and value != there[name]:
                wrong[name] = [_("This cannot be changed here.")]
            elif name not in (*FIXED, *wrong):
                wrong |= self._ill_typed(name, value, there[name])
        if wrong:
            raise ValidationError(wrong)
        return typed({**there, **sent}, self.lines)

    def _ill_typed(self, name: str, value: Any, there: Any) -> dict[str, list[str]]:
        field = self.form_class.base_fields[name]
        if not _is_like(value, there, field):
            return {name: [_("This is not of the kind that was given.")]}
        if hasattr(field, "row") and len(value) > self.most_rows:
            return {name: [_("At most %(most)d can be given.") % {"most": self.most_rows}]}
        return {}


def tag_of(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return f'"{sha256(text.encode()).hexdigest()[:32]}"'


def typed(said: Mapping[str, Any], lines: tuple[str, ...] = ()) -> QueryDict:
    """Answers as a browser would post them."""
    data = QueryDict(mutable=True)
    for name, value in said.items():
        if not isinstance(value, list):
            data[name] = "" if value is None else str(value)
        elif name in lines:
            data[name] = "\n".join(value)
        elif value and isinstance(value[0], dict):
            data[f"{name}-rows"] = str(len(value))
            for number, row in enumerate(value):
                for field, text in row.items():
                    data[f"{name}-{number}-{field}"] = "" if text is None else str(text)
        else:
            data.setlist(name, value)
    return data


def _as_json(value: Any, *, is_lines: bool) -> Any:
    if is_lines:
        return value.splitlines() if isinstance(value, str) else list(value or ())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _as_json(one, is_lines=False) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [_as_json(one, is_lines=False) for one in value]
    return "" if value is None else str(value)


def _is_like(value: Any, there: Any, field: forms.Field) -> bool:
    """Whether it can be typed into the field: a text, a list of texts, or a list of rows of texts."""
    if not isinstance(there, list):
        return isinstance(value, str) or value is None
    if not isinstance(value, list):
        return False
    if row := getattr(field, "row", None):
        return all(
            isinstance(one, dict)
            and set(one) <= set(row.base_fields)
            and all(isinstance(text, str) for text in one.values())
            for one in value
        )
    return all(isinstance(one, str) for one in value)


def _errors(form: forms.Form) -> dict[str, list[str]]:
    return {
        ("" if name == "__all__" else name): [str(one) for one in said] for name, said in form.errors.items()
    }


def answers_serializer(
    name: str,
    form: type[forms.Form],
    *fixed: str,
    only: Collection[str] = (),
    without: Collection[str] = (),
    lines: Collection[str] = (),
) -> Any:
    """For the schema: the fields of a form as JSON has them, after the numbers that are fixed."""
    fields: dict[str, Any] = {one: serializers.IntegerField(required=False) for one in ("id", *fixed)}
    for field, one in form.base_fields.items():
        if field not in {"version", *without} and (not only or field in only):
            inner = f"{name}{field.title().replace('_', '')}"
            fields[field] = _described(inner, one, is_lines=field in lines)
    return type(f"{name}Serializer", (serializers.Serializer,), fields)


def _described(name: str, field: forms.Field, *, is_lines: bool) -> Any:
    if row := getattr(field, "row", None):
        inner: dict[str, Any] = {one: serializers.CharField(allow_blank=True) for one in row.base_fields}
        return type(f"{name}Serializer", (serializers.Serializer,), inner)(many=True, required=False)
    if is_lines or isinstance(field, forms.MultipleChoiceField):
        return serializers.ListField(child=serializers.CharField(), required=False)
    return serializers.CharField(allow_blank=True, required=False)
