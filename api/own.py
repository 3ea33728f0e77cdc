"""What is one's own, to read and to write: by the forms of the pages, whose acts save it.

GET gives the answers of the form, in codes; PATCH takes some of them or all. Whoever changes, deletes or
submits says by `If-Match` what they read, so that none goes over what another wrote.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated, ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.tokens.enums import TokenScope
from api.errors import Refused
from api.fields import LANG
from api.resources import Base
from api.writing import OwnSchema, answers_of, as_posted, errors_of, is_like, tag_of
from core.drafts import Draft
from core.errors import WrongState


class OwnResource(ListModelMixin, Base):
    """A subject says the rows that the person may change, their form, and the act that saves it.

    `serializer_class` tells of a line of the list, `answers_schema` (`writing.py` makes it) of one row.
    """

    http_method_names = ("get", "head", "options", "post", "patch", "delete")
    permission_classes = ()  # not for everybody, says the schema
    schema = OwnSchema()
    scopes = (TokenScope.OWN,)
    lookup_value_regex = "[0-9]{1,18}"
    answers_schema: ClassVar[Any]
    # So many rows at most of a field that has rows: the page offers no more.
    most_rows: ClassVar[int] = 20
    # Fields of the form that hold one entry a line, and are lists of texts here.
    lines: ClassVar[tuple[str, ...]] = ()

    def scopes_of(self, request: Request) -> tuple[TokenScope, ...]:
        return (TokenScope.OWN,) if request.method in ("GET", "HEAD", "OPTIONS") else (TokenScope.WRITE,)

    def check_permissions(self, request: Request) -> None:
        if not request.user.is_authenticated:
            raise NotAuthenticated(_("Send an access token, or sign in."))
        super().check_permissions(request)

    def parameters(self) -> list[str]:
        return super().parameters() if self.action == "list" else [LANG]

    def get_serializer_class(self) -> Any:
        return self.serializer_class if self.action == "list" else self.answers_schema

    # --- Of a subject --------------------------------------------------------------------------------
    def get_object(self) -> Any:
        row = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def form_of(self, row: Any, data: QueryDict | None = None) -> forms.Form:
        raise NotImplementedError

    def save(self, row: Any, form: Any) -> None:
        """Save the form by the act of the page, with the version that `row` was read with."""
        raise NotImplementedError

    def fixed_of(self, row: Any) -> dict[str, Any]:
        """Return the fields beside `id` that a PATCH may repeat but not change: which row it is, status."""
        return {}

    # --- Reading and writing -------------------------------------------------------------------------
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        answers = self._current_answers(self.get_object())
        self.etag = tag_of(answers)
        return Response(answers)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change some fields or all."""
        row = self.get_object()
        blank = self.form_of(row)
        answers = self._current_answers(row, blank)
        self._refuse_unless_read(request, answers)
        form = self._fill_form(row, blank, answers, as_object(request.data))
        with self._unless_late(answers):
            self.save(row, form)
        return self._answer()

    def _current_answers(self, row: Any, form: forms.Form | None = None) -> dict[str, Any]:
        return {"id": row.pk, **self.fixed_of(row), **answers_of(form or self.form_of(row), self.lines)}

    def _answer(self, status: int = HTTPStatus.OK, **headers: str) -> Response:
        """Return the row as it is stored now."""
        answers = self._current_answers(self.get_object())
        return Response(answers, status, headers={"ETag": tag_of(answers), **headers})

    def _refuse_unless_read(self, request: Request, answers: Mapping[str, Any]) -> None:
        matched = request.headers.get("If-Match", "")
        if not matched:
            raise Refused(HTTPStatus.PRECONDITION_REQUIRED, _("Send the ETag of what you read as If-Match."))
        # A proxy or our own compression marks a tag as weak; it is of the answers, not of the bytes.
        tags = {tag.strip().removeprefix("W/") for tag in matched.split(",")}
        if not tags & {"*", tag_of(answers)}:
            raise Refused(
                HTTPStatus.PRECONDITION_FAILED,
                _("Another person has changed this in the meantime. Read it again, then send your changes."),
            )

    @contextmanager
    def _unless_late(self, answers: Mapping[str, Any]) -> Iterator[None]:
        """Refuse with 412 if the row has other answers by then, with 409 if its state forbids the act."""
        try:
            yield
        except ObjectDoesNotExist:
            raise Http404 from None
        except WrongState as late:
            is_same = tag_of(self._current_answers(self.get_object())) == tag_of(answers)
            code = HTTPStatus.CONFLICT if is_same else HTTPStatus.PRECONDITION_FAILED
            raise Refused(code, str(late)) from None

    def _fill_form(
        self, row: Any, blank: forms.Form, stored: Mapping[str, Any], sent: Mapping[str, Any]
    ) -> forms.Form:
        """Return the valid form, as the page would send it: what is `stored`, changed by what was `sent`."""
        answers = {name: value for name, value in stored.items() if name in blank.fields}
        wrong = {
            name: problem
            for name, value in sent.items()
            if (problem := self._problem_with(name, value, blank, stored))
        }
        if wrong:
            raise ValidationError({name: [problem] for name, problem in wrong.items()})
        answers |= {name: value for name, value in sent.items() if name in answers}
        if "version" in blank.fields:
            answers["version"] = blank.get_initial_for_field(blank.fields["version"], "version")
        form = self.form_of(row, as_posted(answers, self.lines))
        if not form.is_valid():
            raise ValidationError(errors_of(form))
        return form

    def _problem_with(self, name: str, value: Any, blank: forms.Form, stored: Mapping[str, Any]) -> str:
        if name not in stored:
            return _("There is no such field.")
        field = blank.fields.get(name)
        if field is None:
            return "" if value == stored[name] else _("This cannot be changed here.")
        if not is_like(value, stored[name], field):
            return _("This is not of the kind that was given.")
        if hasattr(field, "row") and len(value) > self.most_rows:
            return _("At most %(most)d can be given.") % {"most": self.most_rows}
        return ""


class Creates(OwnResource):
    """Also adds what is new, by one form and one act. `new_schema`: by `writing.new_serializer`."""

    # The names of what it is for; a POST gives the number of each.
    belongs_to: ClassVar[tuple[str, ...]] = ("stakeholder",)
    new_schema: ClassVar[Any]

    def parent(self, name: str, pk: int, chosen: Mapping[str, Any]) -> Any:
        """Return the row of this number if the page offers it after those already `chosen`; else None."""
        raise NotImplementedError

    def add(self, form: Any, **parents: Any) -> Any:
        """Add the row by the act of the page, and return it."""
        raise NotImplementedError

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a new one; `Location` says where it is."""
        sent = as_object(request.data)
        parents = self._parents(sent)
        with transaction.atomic():
            row = self.make({name: value for name, value in sent.items() if name not in parents}, **parents)
        self.kwargs["pk"] = row.pk
        return self._answer(HTTPStatus.CREATED, Location=self.address_of(row))

    def make(self, sent: Mapping[str, Any], **parents: Any) -> Any:
        blank = self.form_of(None)
        return self.add(self._fill_form(None, blank, answers_of(blank, self.lines), sent), **parents)

    def address_of(self, row: Any) -> str:
        return reverse(f"api:{self.basename}-detail", [row.pk], request=self.request)

    def _parents(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for name in self.belongs_to:
            number = sent.get(name)
            if isinstance(number, int) and not isinstance(number, bool):
                chosen[name] = self.parent(name, number, chosen)
            if chosen.get(name) is None:
                raise ValidationError({name: [_("Give the number of one that you may choose.")]})
        return chosen


class Deletes(OwnResource):
    """Also takes away what the page would let the person take away."""

    def remove(self, row: Any) -> None:
        """Remove the row by the act of the page, with the version that it was read with."""
        raise NotImplementedError

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete it."""
        row = self.get_object()
        answers = self._current_answers(row)
        self._refuse_unless_read(request, answers)
        with self._unless_late(answers):
            self.remove(row)
        return Response(status=HTTPStatus.NO_CONTENT)


class Drafts(Creates, Deletes):
    """What is begun, written with blanks, and submitted once it is complete, by the `draft` of its pages."""

    draft: ClassVar[Draft]

    def form_of(self, row: Any, data: QueryDict | None = None) -> Any:
        return self.draft.form(row, data)

    def save(self, row: Any, form: Any) -> None:
        self.draft.save(form, self.request.user)

    def remove(self, row: Any) -> None:
        self.draft.actions.discard(row, actor=self.request.user, version=row.version)

    def send(self, row: Any) -> None:
        """Send the row by the act of the page, with the version that it was read with."""
        self.draft.actions.send(row, actor=self.request.user, version=row.version)

    def begin(self, **parents: Any) -> Any:
        """Return a new draft, by the act of the page, or the one that is under way already."""
        raise NotImplementedError

    def is_new(self, row: Any) -> bool:
        """Return whether nothing has been written yet in the draft that `begin` returned."""
        return not row.version

    def make(self, sent: Mapping[str, Any], **parents: Any) -> Any:
        row = self.begin(**parents)
        if not self.is_new(row):
            raise Refused(
                HTTPStatus.CONFLICT,
                _("There is one already, at the address that “Location” gives."),
                headers={"Location": self.address_of(row)},
            )
        blank = self.form_of(row)
        self.save(row, self._fill_form(row, blank, self._current_answers(row, blank), sent))
        return row

    @action(detail=True, methods=["post"])
    def submit(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Submit it, or the answers to what was asked. What is missing stands at its field."""
        row = self.get_object()
        answers = self._current_answers(row)
        self._refuse_unless_read(request, answers)
        if sent := as_object(request.data):
            raise ValidationError({name: [_("There is no such field.")] for name in sent})
        with self._unless_late(answers):
            self.send(row)
        return self._answer()


def as_object(sent: Any) -> Mapping[str, Any]:
    if not isinstance(sent, Mapping):
        raise ValidationError({"": [_("Send an object of fields.")]})
    return sent
