"""What codes are called, for answers of the API that name terms of several lists."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Cast
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import TermSerializer, wants_all_languages
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.names.models import Named, choices_of


class Names:
    """{code, name} of the terms of some lists: in the language of the answer, or of all with `lang=all`."""

    def __init__(self, context: Mapping[str, Any], *lists: type[Named]) -> None:
        self.lists = lists
        self.all = wants_all_languages(context)

    @cached_property
    def _names(self) -> dict[type[Named], dict[str, Any]]:
        if not self.all:
            return dict(zip(self.lists, map(dict, choices_of(*self.lists)), strict=True))
        names: dict[str, dict[str, Any]] = {model._meta.label_lower: {} for model in self.lists}
        first, *others = (
            model._default_manager.order_by()
            .annotate(its_list=Value(model._meta.label_lower), its_code=Cast("pk", CharField()))
            .values_list("its_list", "its_code", *(f"name_{code}" for code in UN_LANGUAGES))
            for model in self.lists
        )
        for its_list, code, *translated_names in first.union(*others, all=True) if others else first:
            names[its_list][code] = {
                language: name for language, name in zip(UN_LANGUAGES, translated_names, strict=True) if name
            }
        return {model: names[model._meta.label_lower] for model in self.lists}

    def term(self, model: type[Named], code: Any) -> dict[str, Any] | None:
        """Return {code, name}, or None without a code."""
        return {"code": str(code), "name": self._names[model].get(str(code), str(code))} if code else None

    def terms(self, model: type[Named], codes: Any) -> list[dict[str, Any]]:
        """Return the terms in the order of their names in the language of the answer, else of their codes."""
        if not codes:
            return []
        names, place = self._names[model], self._places[model]
        known = {str(code) for code in codes} & names.keys()
        return [{"code": code, "name": names[code]} for code in sorted(known, key=place.__getitem__)]

    @cached_property
    def _places(self) -> dict[type[Named], dict[str, int]]:
        """List → code → its place in the order of the list."""
        orders = {model: sorted(names) if self.all else names for model, names in self._names.items()}
        return {model: {code: at for at, code in enumerate(order)} for model, order in orders.items()}


def codes_of(relation: Any, own: str, column: str, key: str = "pk") -> ArraySubquery:
    """Return the codes of a many-to-many `relation` (`Story.topics`), for `annotate`.

    `own` and `column` are the columns of its table, `key` the column of the row that `own` names.
    """
    rows = relation.through._default_manager.filter(**{own: OuterRef(key)})
    return ArraySubquery(rows.order_by(column).values(column))


@extend_schema_field(TermSerializer)
class TermField(serializers.Field[Any, Any, Any, Any]):
    """A code as {code, name}. The resource names the list among its `lists`."""

    def __init__(self, model: type[Named], **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.model = model

    def to_representation(self, value: Any) -> Any:
        return self.context["names"].term(self.model, value)


@extend_schema_field(TermSerializer(many=True))
class TermsField(TermField):
    """A list of codes, each as {code, name}."""

    def to_representation(self, value: Any) -> Any:
        return self.context["names"].terms(self.model, value)


class WithNames:
    """Of a resource whose rows name terms of these lists."""

    lists: ClassVar[tuple[type[Named], ...]] = ()

    def get_serializer_context(self) -> dict[str, Any]:
        context: dict[str, Any] = super().get_serializer_context()  # type: ignore[misc]
        # The schema is made without anybody who asks.
        return context if context["request"] is None else {**context, "names": Names(context, *self.lists)}
