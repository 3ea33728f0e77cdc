"""Counted use, in the registries of the apps below."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Retained, retained
from core.desk_cards import desk_card
from portal.usage.models import Usage

desk_card(
    "portal:usage",
    group="system",
    position=65,
    title=_("Use of the portal"),
    text=_("What is read and downloaded most, without tracking anybody."),
    permission="portal.view_usage",
)


def _old_usage(before: datetime) -> QuerySet[Any]:
    return Usage.objects.filter(day__lt=before.date())


retained.register(
    "portal.usage",
    Retained(
        label=_("How often pages were used"),
        about=_("Days after the day or month that was counted. No reader is in the numbers."),
        days=3650,
        least=400,
        most=7300,
        reason="To compare years; set by the portal's makers, 2026-11.",
        rows=_old_usage,
    ),
)
