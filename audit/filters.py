from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from audit.hooks import sentences
from audit.models import Entry


def _actions() -> list[tuple[str, str]]:
    return sorted((action, action) for action in sentences)


def _kinds() -> list[tuple[str, str]]:
    apps_that_act = {action.partition(".")[0] for action in sentences}
    choices = [
        (model._meta.label_lower, str(model._meta.verbose_name))
        for model in apps.get_models()
        if model._meta.app_label in apps_that_act
    ]
    return sorted(choices, key=lambda choice: choice[1])


class LogFilter(django_filters.FilterSet):
    """Who did what to which object, and when. `before` is the number of the entry below which to go on."""

    who = django_filters.CharFilter(
        label=_("Who"), help_text=_("A part of the name or e-mail address."), method="by_person"
    )
    action = django_filters.ChoiceFilter(label=_("What"), choices=_actions, empty_label=_("Anything"))
    kind = django_filters.ChoiceFilter(
        field_name="subject_kind", label=_("Kind of object"), choices=_kinds, empty_label=_("Any kind")
    )
    number = django_filters.NumberFilter(field_name="subject_id", label=_("Number of the object"))
    since = django_filters.DateFilter(
        field_name="at",
        lookup_expr="date__gte",
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        field_name="at",
        lookup_expr="date__lte",
        label=_("To"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    before = django_filters.NumberFilter(
        field_name="pk", lookup_expr="lt", label="", widget=forms.HiddenInput()
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def by_person(self, queryset: QuerySet[Entry], name: str, value: Any) -> QuerySet[Entry]:
        people = User.objects.filter(Q(name__icontains=value) | Q(email__icontains=value))
        return queryset.filter(actor_id__in=people.values("pk"))
