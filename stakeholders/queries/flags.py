"""What the desk has noted about a stakeholder or an application, and who must not read of it."""

from typing import Any

from django.db.models import F, QuerySet

from audit.queries import Line
from stakeholders.models import Application, Flag, Stakeholder

# Acts that those they are about never read of, not even where they are of the desk themselves.
KEPT_FROM_PARTIES = ("stakeholders.flag_", "stakeholders.checklist_", "stakeholders.recommended")


def flags_on_application(application: Application, user: Any) -> QuerySet[Flag]:
    """What stands first, the newest first."""
    return _for_page(Flag.objects.visible_to(user).on_application(application))


def flags_on_stakeholder(stakeholder: Stakeholder, user: Any) -> QuerySet[Flag]:
    return _for_page(Flag.objects.visible_to(user).on_stakeholder(stakeholder))


def _for_page(flags: Any) -> QuerySet[Flag]:
    related = flags.select_related("raised_by", "withdrawn_by", "application")
    return related.order_by(F("withdrawn_at").desc(nulls_first=True), "-at", "-pk")


def for_parties(lines: list[Line]) -> list[Line]:
    """A timeline without what is kept from those it is about."""
    return [line for line in lines if not line.action.startswith(KEPT_FROM_PARTIES)]
