"""What the desk does with an application, what guards an approval, and the mail before it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.outbox.actions import notify
from search.actions import index
from stakeholders.applications.actions import carry_over
from stakeholders.applications.enums import COPIED, ApplicationStatus, RefusalReason, fields_of
from stakeholders.applications.models import Application
from stakeholders.applications.rules import working_days_after
from stakeholders.claims.actions import claim_approved, claim_guard, claimed_entry
from stakeholders.entries.actions import add_member, update_naming
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.family.actions import carry_link, hold_parent
from stakeholders.family.queries import parents_of
from stakeholders.followers.actions import tell_joined
from stakeholders.screening.actions import screening_guard
from stakeholders.screening.queries import compares_nothing
from stakeholders.vetting.actions_checklist import checklist_guard, flag_guard, raise_flag
from stakeholders.vetting.actions_reconsiderations import reconsideration_waits, refuse_if_near
from stakeholders.vetting.enums import FlagKind
from stakeholders.vetting.queries import may_still_ask, reconsider_until, red_flags_above, took_part
from workflow.items.actions import ask, claim, close_items, hand_over, pause, reassign, release, waiting_item
from workflow.moves.actions import lock, move
from workflow.moves.queries import is_recused


def approval_obstacles(application: Application) -> list[str]:
    """Return what prevents an approval, as sentences. Each guard gives one, or None."""
    guards = (claim_guard, parent_guard, screening_guard, checklist_guard, flag_guard)
    return [message for guard in guards if (message := guard(application))]


# --- What the desk does with an application: take it, return it, approve or refuse it ----------------


def take(application: Application, *, actor: User) -> Application:
    """Take the work on an application, so that others see who looks; it is then in review.

    Also the reconsideration of a refused one, by whoever may decide it; that one stays refused meanwhile.
    """
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.start_application")
        if reconsideration_waits(locked_application):
            refuse_if_near(locked_application, actor)
        else:
            _refuse_if_closed(locked_application)
        if is_recused(actor, locked_application):
            raise DomainError(_("You belong to this application. A colleague has to review it."))
        claim(waiting_item(locked_application), actor)
        _begin(locked_application, actor)
    return locked_application


def assign(application: Application, *, actor: User, to: User) -> Application:
    """Give the work to a colleague; who took part in the decision never gets its reconsideration."""
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.start_application")
        if reconsideration_waits(locked_application) and took_part(to, locked_application):
            text = _("%(name)s is involved in this matter.") % {"name": to}
            raise DomainError(text, fields={"to": text})
        reassign(locked_application, actor=actor, to=to)
        _begin(locked_application, actor)
    return locked_application


def _begin(application: Application, actor: User) -> None:
    """Begin the review: the application is with the desk, no longer with the regional focal point."""
    hand_over(application, "vet", actor=actor)
    if application.status == ApplicationStatus.SUBMITTED:
        move(application, "start", actor=actor)


def put_back(application: Application, *, actor: User) -> Application:
    """Return the work to the queue; what was done so far stays."""
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.start_application")
        release(waiting_item(locked_application), actor)
    return locked_application


def return_for_information(
    application: Application, *, actor: User, requests: Mapping[str, str], note: str = ""
) -> Application:
    """Ask the applicant about single answers; only those open again, and the desk's clock stands still.

    `requests` maps a question to what is asked about it, at least one. Raises DomainError where there is none
    or where this kind of applicant was never asked that question.
    """
    requests = {field: clean_block(text) for field, text in requests.items()}
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.return_application")
        if not requests:
            raise DomainError(_("Choose at least one answer, and describe what the applicant should change."))
        wrong = {field: "" for field in requests if field not in fields_of(locked_application.kind)}
        wrong |= {field: _("Describe what you need to know.") for field, text in requests.items() if not text}
        if wrong:
            raise DomainError(
                _("For each chosen answer, describe what the applicant should change."), fields=wrong
            )
        _refuse_if_closed(locked_application)
        moment = now()
        answer_by = working_days_after(moment, settings.STAKEHOLDERS_ANSWER_DAYS)
        ask(locked_application, requests, actor=actor)
        move(
            locked_application,
            "return",
            actor=actor,
            note=note,
            returned_at=moment,
            answer_by=answer_by,
            version=locked_application.version,
        )
        pause(locked_application)
        _tell(
            locked_application,
            "stakeholders.application_returned",
            asked=list(requests.items()),
            answer_by=answer_by,
            note=note,
        )
    return locked_application


REASON_MISSING = gettext_lazy(
    "No name was compared with a sanctions list. Load the list, or give the reason here."
)


def approve(
    application: Application, *, actor: User, note: str = "", unscreened_reason: str = ""
) -> Stakeholder:
    """Put the applicant into the directory and make the person its administrator.

    Where screening could compare nothing, `unscreened_reason` says why it is approved nevertheless: an
    observation for those who vet. The first of two who decide at once wins; the other gets WrongState, and
    nothing of theirs is kept. Raises DomainError where a guard stands in the way.
    """
    unscreened_reason = clean_block(unscreened_reason)
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.approve_application")
        _refuse_if_closed(locked_application)
        hold_parent(locked_application)
        if obstacles := approval_obstacles(locked_application):
            raise DomainError(" ".join(obstacles))
        if compares_nothing(locked_application):
            _note_unscreened(locked_application, actor, unscreened_reason)
        moment = now()
        stakeholder = _entry_from(locked_application, moment)
        move(
            locked_application, "approve", actor=actor, note=note, stakeholder=stakeholder, decided_at=moment
        )
        close_items(locked_application)
        record(stakeholder, "stakeholders.approved", actor=actor, application=locked_application.pk)
        if locked_application.applicant is not None:
            add_member(stakeholder, locked_application.applicant, role=MemberRole.ADMIN, actor=actor)
        carry_link(locked_application, stakeholder, actor=actor)
        claim_approved(locked_application, stakeholder, actor=actor)
        index(stakeholder)
        update_naming([stakeholder.pk], hides=not stakeholder.is_named_publicly)
        DirectoryVersion.objects.bump()
        tell_joined(stakeholder)
        _tell(locked_application, "stakeholders.application_approved", note=note)
    return stakeholder


def _note_unscreened(application: Application, actor: User, reason: str) -> None:
    if not reason:
        raise DomainError(str(REASON_MISSING), fields={"unscreened_reason": str(REASON_MISSING)})
    text = _("Approved although no name was compared with a sanctions list. Reason: %(reason)s")
    raise_flag(application, actor=actor, kind=FlagKind.OBSERVATION, text=text % {"reason": reason})


def refuse(application: Application, *, actor: User, reason: str, note: str) -> Application:
    """Refuse with a reason of the list and a note that the applicant reads; both are required."""
    note = clean_block(note)
    with transaction.atomic():
        locked_application = lock(application, actor, "stakeholders.refuse_application")
        wrong = {}
        if reason not in RefusalReason.values:
            wrong["reason"] = _("Choose the reason.")
        if not note:
            wrong["note"] = _("Explain the decision to the applicant.")
        if wrong:
            raise DomainError(_("Declining needs a reason and a note to the applicant."), fields=wrong)
        if locked_application.status not in ApplicationStatus.OPEN:
            _refuse_if_closed(locked_application)
        move(
            locked_application,
            "refuse",
            actor=actor,
            reason=reason,
            note=note,
            refusal_reason=reason,
            decided_at=now(),
        )
        close_items(locked_application)
        until = reconsider_until(locked_application) if may_still_ask(locked_application) else None
        _tell(
            locked_application,
            "stakeholders.application_refused",
            reason=reason,
            note=note,
            reconsider_by=until.isoformat() if until else "",
        )
    return locked_application


def _refuse_if_closed(application: Application) -> None:
    """Raise WrongState, with what happened meanwhile, unless the application is with the desk."""
    messages = {
        ApplicationStatus.DRAFT: _("This application has not been sent."),
        ApplicationStatus.RETURNED: _(
            "This application has been returned already; the applicant's answer is awaited."
        ),
        ApplicationStatus.APPROVED: _("This application has already been approved."),
        ApplicationStatus.REFUSED: _("This application has already been declined."),
        ApplicationStatus.WITHDRAWN: _("The applicant has withdrawn this application."),
    }
    if application.status not in ApplicationStatus.WITH_DESK:
        raise WrongState(messages[ApplicationStatus(application.status)])


def _entry_from(application: Application, moment: datetime) -> Stakeholder:
    """Save and return a new entry, or the listed one that was claimed, which keeps its number and source."""
    stakeholder = claimed_entry(application) or Stakeholder(
        created_at=moment, is_demo=bool(application.applicant and application.applicant.is_demo)
    )
    stakeholder.status = Status.ACTIVE
    stakeholder.approved_at = stakeholder.confirmed_at = stakeholder.updated_at = moment
    for field in COPIED:
        setattr(stakeholder, field, getattr(application, field))
    stakeholder.save()
    carry_over(application, stakeholder)
    return stakeholder


def _tell(application: Application, kind: str, *, answer_by: datetime | None = None, **facts: Any) -> None:
    if application.applicant is None:
        return
    notify(
        application.applicant,
        kind,
        key=f"application:{application.pk}:{kind.removeprefix('stakeholders.application_')}:{application.version}",
        url_name="stakeholders:application",
        url_args=[application.pk],
        facts={
            "name": application.name,
            "kind": application.kind,
            **facts,
            **({"answer_by": answer_by.isoformat()} if answer_by else {}),
        },
        subject=application,
    )


def parent_guard(application: Application) -> str | None:
    """Return what blocks an approval: a parent that is not active, or a red flag on it or above it."""
    parent = parents_of([application]).get(application.pk)
    if parent is None:
        return None
    status = Stakeholder.objects.filter(pk=parent).values_list("status", flat=True).first()
    if status not in Status.TAKING_PART:
        return _("The parent organization is not active. A branch is approved only after its parent.")
    if red_flags_above(parent):
        return _("The parent organization has a red flag. It must be withdrawn before an approval.")
    return None
