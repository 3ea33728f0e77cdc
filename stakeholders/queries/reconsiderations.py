"""Until when a refusal can be looked at again, and who may do it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from stakeholders.enums import ApplicationStatus
from stakeholders.models import Application, ChecklistAnswer, Flag, Reconsideration
from workflow.items.models import ItemRequest, WorkItem
from workflow.moves.models import Decision

# The applicant's own moves do not count as taking part.
BY_DESK = ("start", "return", "approve", "refuse")


def reconsideration_of(application: Application) -> Reconsideration | None:
    return Reconsideration.objects.filter(application=application).select_related("decided_by").first()


def reconsider_until(application: Application) -> datetime | None:
    """The last instant to ask, or None where the application is not refused."""
    if application.status != ApplicationStatus.REFUSED or application.decided_at is None:
        return None
    return application.decided_at + timedelta(days=settings.STAKEHOLDERS_RECONSIDER_DAYS)


def may_still_ask(application: Application) -> bool:
    """Refused, in time, and never asked before."""
    until = reconsider_until(application)
    return until is not None and now() <= until and reconsideration_of(application) is None


def took_part(user: Any, application: Application) -> bool:
    """Whether the person judged this application before: moved, asked, answered or flagged anything of it."""
    return (
        Decision.objects.about(application).filter(move__in=BY_DESK, actor=user).exists()
        or ItemRequest.objects.about(application).filter(asked_by=user).exists()
        or ChecklistAnswer.objects.filter(application=application, by=user).exists()
        or Flag.objects.filter(application=application, raised_by=user).exists()
        or WorkItem.objects.about(application).filter(what="vet", holder=user).exists()
    )
