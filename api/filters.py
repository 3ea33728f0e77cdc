"""The FilterSet of the page answers the API too; what it does not understand is refused, not left out."""

from typing import Any, NamedTuple

import django_filters
from django.utils.translation import override
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request


class Unfiltered(NamedTuple):
    """What a FilterSet says where nothing is asked."""

    question: Any


class PageFilters(BaseFilterBackend):
    """Asks the resource for what its `filterset_class` finds: `Resource.find_rows`."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        if view.filterset_class is None:
            return queryset
        if (
            view.unfiltered is not None
            and not request.query_params.keys() & view.filterset_class.base_filters
        ):
            return view.find_rows(queryset, Unfiltered(view.unfiltered))
        filters = view.filters_of(request.query_params, queryset)
        if not filters.form.is_valid():
            raise ValidationError(dict(filters.form.errors))
        return view.find_rows(queryset, filters)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        filterset = view.filterset_class
        if filterset is None:
            return []
        with override("en"):
            return [_parameter(name, field_filter) for name, field_filter in filterset.base_filters.items()]


def _parameter(name: str, field_filter: django_filters.Filter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if isinstance(field_filter, django_filters.BooleanFilter):
        schema = {"type": "boolean"}
    elif codes := _fixed_codes(field_filter.extra.get("choices")):
        schema["enum"] = codes
    more: dict[str, Any] = {}
    if isinstance(field_filter, django_filters.MultipleChoiceFilter):
        schema = {"type": "array", "items": schema}
        more = {"explode": True, "style": "form"}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": str(field_filter.label or name),
        **more,
    }


def _fixed_codes(choices: Any) -> list[str]:
    """The codes that the program knows; those that the desk keeps as a list are not of the schema."""
    choices = getattr(choices, "choices", choices)  # of an enum
    if choices is None or callable(choices):
        return []
    return [str(code) for code, _label in choices]
