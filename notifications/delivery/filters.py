"""How the desk finds a message."""

from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from notifications.delivery.queries import of_stage
from notifications.hooks import kinds
from notifications.outbox.enums import Stage
from notifications.outbox.models import Message


def _kinds() -> list[tuple[str, str]]:
    return sorted(((name, str(kind.label)) for name, kind in kinds.items()), key=lambda choice: choice[1])


class MailFilter(django_filters.FilterSet):
    """By state, kind, day and, for those who may read addresses, the beginning of an address.

    `before` is the number of the message below which to go on.
    """

    stage = django_filters.ChoiceFilter(
        label=_("Status"), choices=Stage, empty_label=_("Any state"), method="by_stage"
    )
    kind = django_filters.ChoiceFilter(label=_("Kind of e-mail"), choices=_kinds, empty_label=_("Any kind"))
    day = django_filters.DateFilter(
        label=_("Day"), method="by_day", widget=forms.DateInput(attrs={"type": "date"})
    )
    address = django_filters.CharFilter(
        label=_("Address begins with"), method="by_address", min_length=3, max_length=254
    )
    before = django_filters.NumberFilter(
        field_name="pk", lookup_expr="lt", label="", widget=forms.HiddenInput()
    )

    class Meta:
        model = Message
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_perm("notifications.read_addresses"):
            del self.filters["address"]

    def by_stage(self, queryset: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        return of_stage(queryset, value)

    def by_day(self, queryset: QuerySet[Message], name: str, value: date) -> QuerySet[Message]:
        begin = make_aware(datetime.combine(value, time.min))
        end = make_aware(datetime.combine(value, time.max))
        return queryset.filter(created_at__gte=begin, created_at__lte=end)

    def by_address(self, queryset: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        return queryset.alias(lowered=Lower("address")).filter(lowered__startswith=value.strip().lower())
