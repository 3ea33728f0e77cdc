"""Narrowing a list of work that waits."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.items.models import WorkItem


class HolderFilter(django_filters.ChoiceFilter):
    """Whom it is assigned to: the person who asks, nobody, another."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Assigned to"),
            choices=[("me", _("Me")), ("nobody", _("Unassigned")), ("others", _("Others"))],
            empty_label=pgettext_lazy("any person", "Anybody"),
        )

    def filter(self, items: QuerySet[WorkItem], who: Any) -> QuerySet[WorkItem]:
        if who == "me":
            return items.filter(holder=self.parent.request.user)
        if who == "nobody":
            return items.filter(holder=None)
        if who == "others":
            return items.exclude(holder=None).exclude(holder=self.parent.request.user)
        return items
