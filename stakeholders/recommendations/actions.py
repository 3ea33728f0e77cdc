"""Applications with the regional focal point first: who is asked, what they say, how it goes to the desk."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.outbox.actions import notify_all
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.queries import people_who_vet
from stakeholders.recommendations.enums import View, ViewReason
from stakeholders.recommendations.models import Recommendation
from stakeholders.recommendations.queries import KIND, VET, focal_points_for
from workflow.items.actions import hand_over, open_item
from workflow.items.enums import Level
from workflow.items.models import WorkItem
from workflow.items.queries import holding_of
from workflow.moves.actions import lock
from workflow.moves.queries import is_recused


def recommend(application: Application, *, actor: User, view: str, reason: str, text: str) -> Recommendation:
    """Say what a regional focal point thinks of an application, or say it anew until the desk decides.

    The work goes to the desk with it, once. Raises DomainError with the fields that are missing, and where
    the person is a party to it.
    """
    text = clean_block(text)
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.recommend_application")
        if is_recused(actor, locked_application):
            raise DomainError(_("You belong to this application. A colleague has to review it."))
        if locked_application.status not in ApplicationStatus.OPEN:
            raise WrongState(
                _("The WhatsOn team has decided already; an opinion can no longer be given or changed.")
            )
        _check(view, reason, text)
        opinion, moment = {"view": view, "reason": reason, "text": text}, now()
        recommendation, new = Recommendation.objects.update_or_create(
            application=locked_application,
            by=actor,
            defaults={**opinion, "changed_at": moment},
            create_defaults={**opinion, "at": moment},
        )
        record(locked_application, "stakeholders.recommended", actor=actor, view=view)
        hand_over(locked_application, VET, actor=actor)
        if new:
            _tell_desk(
                locked_application,
                "stakeholders.recommendation_received",
                f"recommendation:{actor.pk}",
                view=view,
            )
    return recommendation


def open_vetting(application: Application) -> None:
    """Open the work on an application just sent: with the regional focal point, if there is one.

    They are told by mail, else the desk is. In the transaction of the sending.
    """
    people = list(focal_points_for(application))
    item = open_work(application, Role.REGIONAL if people else Role.VETTING)
    if not people:
        _tell_desk(application, "stakeholders.application_received", "received")
        return
    until = holding_of(item).until
    notify_all(
        people,
        "stakeholders.recommendation_asked",
        key=f"application:{application.pk}:recommend",
        url_name="regional:application",
        url_args=[application.pk],
        facts={"name": application.name, "until": until.isoformat() if until else ""},
        subject=application,
    )


def open_work(application: Application, waits_for: str) -> WorkItem:
    country = application.country
    return open_item(
        application,
        VET,
        waits_for=waits_for,
        until=application.due_at,
        country=application.country_id or "",
        region=(country.region_id or "") if country else "",
    )


def follow_answers(application: Application) -> None:
    """Pass the work on where an answer of the applicant changed the country or who may find the entry."""
    country = application.country
    WorkItem.objects.about(application).open().update(
        label=str(application)[:250],
        scope_country=application.country_id or "",
        scope_region=(country.region_id or "") if country else "",
    )
    if not focal_points_for(application).exists():
        _pass_to_desk(application, None)


def leave_to_desk(*, actor: Any) -> int:
    """Pass to the desk what waits for a regional focal point that no longer exists; return how many."""
    waiting = WorkItem.objects.open().filter(
        subject_kind=KIND, what=VET, waits_for=Role.REGIONAL, level=Level.HOLDER
    )
    left = 0
    for application in Application.objects.filter(pk__in=waiting.values("subject_id")).order_by("pk"):
        if not focal_points_for(application).exists():
            left += _pass_to_desk(application, actor)
    return left


def _pass_to_desk(application: Application, actor: Any) -> bool:
    """Pass the work of an application to the desk for good; tell the desk where it has not heard of it."""
    passed = hand_over(application, VET, actor=actor, waits_for=Role.VETTING)
    if passed:
        _tell_desk(application, "stakeholders.application_received", "received")
    return passed


def _tell_desk(application: Application, kind: str, key: str, **facts: Any) -> None:
    due = application.due_at.isoformat() if application.due_at else ""
    notify_all(
        people_who_vet(),
        kind,
        key=f"application:{application.pk}:{key}",
        url_name="vetting:application",
        url_args=[application.pk],
        facts={"name": application.name, "kind": application.kind, "due": due, **facts},
        subject=application,
    )


def _check(view: str, reason: str, text: str) -> None:
    wrong = {}
    if view not in View.values:
        wrong["view"] = _("Choose your view.")
    if reason not in ViewReason.values:
        wrong["reason"] = _("Choose the reason.")
    if not text:
        wrong["text"] = _("Give the reason in a sentence or two.")
    if wrong:
        raise DomainError(_("A recommendation needs a view, a reason and a few words."), fields=wrong)
