"""The search over everything, for programs."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request

from accounts.tokens.enums import TokenScope
from api.fields import FIELDS, LANG, ResourceSerializer
from api.pages import PAGE, Pages
from api.resources import Base
from portal.search.forms import LAST_PAGE, StrictSearchForm
from portal.search.queries import results_of
from search.api import PassageSerializer
from search.models import Document


class HitSerializer(ResourceSerializer):
    """One thing that was found."""

    kind = serializers.CharField(help_text="Its kind, as `kind` takes it.")
    id = serializers.IntegerField(source="object_id")
    title = serializers.CharField()
    url = serializers.SerializerMethodField()
    language = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    snippet = serializers.CharField(help_text="HTML: escaped, with <mark> around what was found.")
    passages = PassageSerializer(many=True)

    def get_url(self, hit: Any) -> str:
        return f"{settings.SITE_URL}{hit.url}"


class SearchPages(Pages):
    """The database has sliced already: pages of twenty."""

    last_page = LAST_PAGE

    def paginate_queryset(self, results: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.page = results.page
        return list(results.hits)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            parameter
            for parameter in super().get_schema_operation_parameters(view)
            if parameter["name"] == PAGE
        ]


class SearchParameters(BaseFilterBackend):
    """The fields of the page's form."""

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "in": "query",
                "required": name == "q",
                "schema": _schema_of(name, field),
                "description": _DESCRIPTIONS[name],
            }
            for name, field in StrictSearchForm.base_fields.items()
            if name != PAGE
        ]


def _schema_of(name: str, field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    return {"type": "string", "minLength": 1, "pattern": r"\S"} if name == "q" else {"type": "string"}


_DESCRIPTIONS = {
    "q": "The words.",
    "kind": "One kind of things, as “kind” of a result says it.",
    "country": "ISO alpha-3 code.",
    "region": "M49 code.",
    "topic": "Code of a topic.",
    "language": "Code of a language.",
    "exact": "Takes no effect here: the words are always taken as they stand.",
}


class SearchResource(ListModelMixin, Base):
    """What is found for words, of all kinds together, the best first. Words are taken as they stand."""

    queryset = Document.objects.none()
    serializer_class = HitSerializer
    filter_backends = (SearchParameters,)
    pagination_class = SearchPages
    http_method_names = ("get", "head", "options")
    scopes = (TokenScope.DIRECTORY, TokenScope.REVIEWS, TokenScope.EVENTS, TokenScope.RESOURCES)

    def parameters(self) -> list[str]:
        return [*StrictSearchForm.base_fields, FIELDS, LANG]

    def filter_queryset(self, queryset: Any) -> Any:
        form = StrictSearchForm(self.request.query_params)
        if not form.is_valid():
            raise ValidationError(dict(form.errors))
        results = results_of(self.request.user, form.query)
        if form.query.page > results.number:
            raise NotFound(_("There is no page with this number."))
        return results
