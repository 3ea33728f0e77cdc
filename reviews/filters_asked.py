"""What the FilterSets of the reviews share: they understand what was asked, and find nothing themselves."""

from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.utils.functional import Promise

from reviews.queries.asked import NAME, Asked


class AskedFilter[A: Asked](django_filters.FilterSet):
    """What may be typed; `asked`, an `asks`, is what was understood. A choice left empty asks nothing."""

    asks: ClassVar[Any]

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        data = data.copy()
        for name in self.asks.codes():
            data.setlist(name, [code for code in data.getlist(name) if code])
        super().__init__(data, self._meta.model._default_manager.none(), **kwargs)

    def asked_alone(self, rows: Any, _name: str, _codes: Any) -> Any:
        return rows

    @property
    def asked(self) -> A:
        """What was asked and can be understood."""
        self.form.is_valid()
        clean: dict[str, Any] = self.form.cleaned_data
        codes = {name: tuple(sorted(set(clean.get(name) or ()))) for name in self.asks.codes()}
        understood: A = self.asks(sort=clean.get("sort") or NAME, **codes)
        return understood

    @property
    def not_understood(self) -> list[str | Promise]:
        return [self.filters[name].label for name in self.errors if name in self.filters]
