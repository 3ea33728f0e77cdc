"""Looking at a refusal again: asked once by the applicant, decided by somebody who took no part."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.outbox.actions import notify, notify_all
from stakeholders.applications.models import Application
from stakeholders.applications.rules import working_days_after
from stakeholders.entries.queries import people_who_vet
from stakeholders.recommendations.actions import open_work
from stakeholders.vetting.enums import Outcome
from stakeholders.vetting.models import Reconsideration
from stakeholders.vetting.queries import reconsider_until, reconsideration_of, took_part
from workflow.items.actions import close_items, open_item
from workflow.moves.actions import lock, move
from workflow.moves.models import Decision
from workflow.moves.queries import is_recused

RECONSIDER = "reconsider"


def ask_for_reconsideration(application: Application, *, actor: User, reason: str) -> Reconsideration:
    """Ask, once and in time, that somebody else looks at the refusal; the desk promises until when."""
    reason = clean_block(reason)
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.reconsider_application")
        until = reconsider_until(locked_application)
        if until is None:
            raise WrongState(_("This application is not refused; there is nothing to reconsider."))
        if reconsideration_of(locked_application) is not None:
            raise WrongState(_("A reconsideration has been asked for already; it is possible once."))
        if now() > until:
            raise WrongState(_("The time to ask for a reconsideration is over."))
        if not reason:
            message = _("Give the reason for a reconsideration.")
            raise DomainError(message, fields={"reason": message})
        moment = now()
        due_at = working_days_after(moment, settings.STAKEHOLDERS_VETTING_DAYS)
        request = Reconsideration.objects.create(
            application=locked_application, reason=reason, asked_at=moment, due_at=due_at
        )
        _open_work(locked_application, due_at)
        record(locked_application, "stakeholders.reconsideration_asked", actor=actor)
        _tell_both(locked_application, due_at)
    return request


def decide_reconsideration(
    application: Application, *, actor: User, outcome: str, note: str
) -> Reconsideration:
    """Let the refusal stand, or look at the application again; the note goes to the applicant.

    Nobody decides who judged the application before or is a party to it: DomainError. The second of two who
    decide at once gets WrongState.
    """
    note = clean_block(note)
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.decide_reconsideration")
        request = reconsideration_of(locked_application)
        if request is None or not request.is_waiting:
            raise WrongState(_("No reconsideration is pending."))
        refuse_if_near(locked_application, actor)
        _check(outcome, note)
        moment = now()
        request.outcome, request.note = outcome, note
        request.decided_by, request.decided_at = actor, moment
        if outcome == Outcome.REOPENED:
            _reopen(locked_application, actor, note, moment)
        else:
            record(locked_application, "stakeholders.reconsideration_stands", actor=actor)
            close_items(locked_application, RECONSIDER)
        request.save(update_fields=["outcome", "note", "decided_by", "decided_at"])
        _tell(locked_application, "stakeholders.reconsideration_decided", outcome=outcome, note=note)
    return request


def refuse_if_near(application: Application, actor: Any) -> None:
    """Raise DomainError where the person is a party to the application or judged it before."""
    if is_recused(actor, application) or took_part(actor, application):
        raise DomainError(
            _("You took part in this decision. A reconsideration is for a colleague who did not.")
        )


def reconsideration_waits(application: Application) -> bool:
    return Reconsideration.objects.filter(application=application, decided_at=None).exists()


def _check(outcome: str, note: str) -> None:
    wrong = {}
    if outcome not in Outcome.values:
        wrong["outcome"] = _("Choose the outcome.")
    if not note:
        wrong["note"] = _("Explain the decision to the applicant.")
    if wrong:
        raise DomainError(_("A reconsideration needs an outcome and a note to the applicant."), fields=wrong)


def _reopen(application: Application, actor: User, note: str, moment: datetime) -> None:
    """Reopen the review with a new promise; with a new version, so that the next decision is sent again."""
    try:
        with transaction.atomic():
            move(
                application,
                "reopen",
                actor=actor,
                note=note,
                version=application.version,
                refusal_reason="",
                decided_at=None,
                due_at=working_days_after(moment, settings.STAKEHOLDERS_VETTING_DAYS),
            )
    except IntegrityError as taken:
        raise DomainError(
            _("The applicant has another open application of this name. Please decide on that one.")
        ) from taken
    close_items(application)
    open_work(application, Role.VETTING)


def _open_work(application: Application, due_at: datetime) -> None:
    country = application.country
    open_item(
        application,
        RECONSIDER,
        waits_for=Role.VETTING,
        until=due_at,
        country=application.country_id or "",
        region=(country.region_id or "") if country else "",
    )


def _tell_both(application: Application, due_at: datetime) -> None:
    _tell(application, "stakeholders.reconsideration_asked", due=due_at.isoformat())
    judged = Decision.objects.about(application).filter(move="refuse").values("actor")
    notify_all(
        people_who_vet().exclude(pk__in=judged.filter(actor__isnull=False)),
        "stakeholders.reconsideration_received",
        key=f"application:{application.pk}:reconsideration:received",
        url_name="vetting:application",
        url_args=[application.pk],
        facts={"name": application.name, "due": due_at.isoformat()},
        subject=application,
    )


def _tell(application: Application, kind: str, **facts: Any) -> None:
    if application.applicant is None:
        return
    notify(
        application.applicant,
        kind,
        key=f"application:{application.pk}:reconsideration:{kind.removeprefix('stakeholders.reconsideration_')}",
        url_name="stakeholders:application",
        url_args=[application.pk],
        facts={"name": application.name, **facts},
        subject=application,
    )
