"""Asking to join an organization, the answer to it, and the desk that helps where nobody answers."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block
from notifications.outbox.actions import notify, notify_all
from stakeholders.claims.enums import ASK_AGAIN_DAYS, DESK_AFTER_DAYS, JOIN_WORK, JoinOutcome
from stakeholders.claims.models import Handover, JoinRequest
from stakeholders.claims.queries import has_administrator, waiting_without_admin
from stakeholders.entries.actions import add_member, hold, tell_admins
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.queries import people_of, people_who_vet
from workflow.items.actions import close_items, open_item
from workflow.items.queries import due_of
from workflow.moves.queries import is_recused

A_DAY = 24 * 3600


def ask_to_join(stakeholder: Stakeholder, *, actor: User, message: str) -> JoinRequest:
    """Ask the administrators of an organization to let one act for it; where there is none, the desk.

    Raises DomainError for members, for experts' entries, soon after a refusal, and where a request is open.
    """
    message = clean_block(message)
    if not actor.has_perm("stakeholders.ask_to_join", stakeholder):
        raise PermissionDenied
    if not message:
        text = _("Describe in a sentence or two your role in the organization.")
        raise DomainError(text, fields={"message": text})
    with transaction.atomic():
        stakeholder = hold(stakeholder.pk)
        refuse_unless_joinable(stakeholder, actor)
        spend("stakeholders.ask_to_join", str(actor.pk), most=5, seconds=A_DAY)
        try:
            with transaction.atomic():
                join_request = JoinRequest.objects.create(
                    stakeholder=stakeholder, user=actor, entry_name=stakeholder.name, message=message
                )
        except IntegrityError:
            raise WrongState(_("Your request to join is open already.")) from None
        entry = record(stakeholder, "stakeholders.join_asked", actor=actor, request=join_request.pk)
        tell_admins(stakeholder, "stakeholders.join_asked", entry.pk, person=str(actor), message=message)
        if not has_administrator(stakeholder):
            _give_to_desk(join_request, stakeholder, now())
    return join_request


def refuse_unless_joinable(stakeholder: Stakeholder, actor: User) -> None:
    """Raise DomainError, or WrongState, saying why nobody can ask to join this entry, or this person not."""
    if stakeholder.is_expert:
        raise DomainError(
            _("The profile of an individual expert belongs to one person. It cannot be joined.")
        )
    if stakeholder.status == Status.LISTED:
        raise WrongState(_("This profile has no administrators yet. You can claim it."))
    if stakeholder.status not in Status.TAKING_PART:
        raise WrongState(_("The organization cannot take new members now."))
    if Membership.objects.filter(stakeholder=stakeholder, user=actor).exists():
        raise WrongState(_("You act for this organization already."))
    declined = JoinRequest.objects.filter(
        stakeholder=stakeholder,
        user=actor,
        outcome=JoinOutcome.DECLINED,
        answered_at__gt=now() - timedelta(days=ASK_AGAIN_DAYS),
    )
    if declined.exists():
        raise DomainError(
            _("Your request was declined not long ago. You can ask again %(days)s days after the answer.")
            % {"days": ASK_AGAIN_DAYS}
        )


def withdraw_request(join_request: JoinRequest, *, actor: User) -> None:
    """Take one's own request back."""
    with transaction.atomic():
        stakeholder = hold(join_request.stakeholder_id)
        if join_request.user_id != actor.pk:
            raise PermissionDenied
        join_request = _lock_open_request(join_request)
        _answer(join_request, JoinOutcome.WITHDRAWN, actor)
        record(stakeholder, "stakeholders.join_withdrawn", actor=actor, request=join_request.pk)


def accept_request(join_request: JoinRequest, *, actor: User, role: str = MemberRole.READER) -> Membership:
    """Let the person act for the organization; whoever has become a member meanwhile keeps their role."""
    with transaction.atomic():
        stakeholder, join_request = _lock_for_answer(join_request, actor)
        if role not in MemberRole.values:
            raise DomainError(_("Choose a role from the list."), fields={"role": _("Choose a role.")})
        if stakeholder.status not in Status.TAKING_PART or stakeholder.is_expert:
            raise DomainError(_("The organization cannot take new members now."))
        if not join_request.user.is_active:
            raise DomainError(_("The account of this person is closed."))
        membership = add_member(stakeholder, join_request.user, role=MemberRole(role), actor=actor)
        _answer(join_request, JoinOutcome.ACCEPTED, actor, role=membership.role)
        notify(
            join_request.user,
            "stakeholders.join_accepted",
            key=f"join_request:{join_request.pk}:accepted",
            url_name="stakeholders:manage",
            url_args=[stakeholder.pk],
            facts={"name": stakeholder.name, "role": membership.role},
            subject=stakeholder,
        )
    return membership


def decline_request(join_request: JoinRequest, *, actor: User, reason: str) -> None:
    """Say no, with a reason that the person reads."""
    reason = clean_block(reason)
    with transaction.atomic():
        stakeholder, join_request = _lock_for_answer(join_request, actor)
        if not reason:
            text = _("Give the reason, so that the person understands.")
            raise DomainError(text, fields={"reason": text})
        _answer(join_request, JoinOutcome.DECLINED, actor, reason=reason)
        record(stakeholder, "stakeholders.join_declined", actor=actor, request=join_request.pk)
        notify(
            join_request.user,
            "stakeholders.join_declined",
            key=f"join_request:{join_request.pk}:declined",
            url_name="stakeholders:join_request",
            url_args=[join_request.pk],
            facts={"name": join_request.entry_name, "reason": reason},
            subject=join_request,
        )


def pass_on(at: datetime | None = None) -> int:
    """Give the desk what nobody has answered in time, or could answer; returns how many. Twice is once."""
    at = at or now()
    waiting = JoinRequest.objects.open().filter(with_desk_since=None)
    late = waiting.filter(asked_at__lte=at - timedelta(days=DESK_AFTER_DAYS))
    ids = set(late.values_list("pk", flat=True)) | set(waiting_without_admin().values_list("pk", flat=True))
    return sum(_pass_request_on(pk, at) for pk in sorted(ids))


def make_administrator(stakeholder: Stakeholder, person: User, *, actor: User, reason: str) -> Membership:
    """Make a person an administrator of an entry for the desk, as a new member or in place of another role.

    Everybody who acts for the entry is told. Raises DomainError for experts' entries, for one's own account
    and for whoever belongs to the entry; WrongState where the entry is not looked after.
    """
    reason = clean_block(reason)
    with transaction.atomic():
        stakeholder = hold(stakeholder.pk)
        if not actor.has_perm("stakeholders.make_administrator", stakeholder):
            raise PermissionDenied
        _refuse_handover(stakeholder, person, actor, reason)
        membership, new = Membership.objects.get_or_create(
            stakeholder=stakeholder, user=person, defaults={"role": MemberRole.ADMIN}
        )
        if not new and membership.role == MemberRole.ADMIN:
            raise WrongState(_("This person administers the profile already."))
        if not new:
            membership.role = MemberRole.ADMIN
            membership.save(update_fields=["role"])
        handover = Handover.objects.create(stakeholder=stakeholder, person=person, by=actor, reason=reason)
        record(
            stakeholder,
            "stakeholders.administrator_made",
            actor=actor,
            person=person.pk,
            handover=handover.pk,
        )
        own = (
            JoinRequest.objects.open()
            .select_for_update(no_key=True)
            .filter(stakeholder=stakeholder, user=person)
        )
        for join_request in own:
            _answer(join_request, JoinOutcome.ACCEPTED, actor, role=MemberRole.ADMIN)
        _tell_of_handover(stakeholder, person, handover)
    return membership


def _refuse_handover(stakeholder: Stakeholder, person: User, actor: User, reason: str) -> None:
    if stakeholder.is_expert:
        raise DomainError(
            _("The profile of an individual expert belongs to one person. It cannot be joined.")
        )
    if stakeholder.status not in Status.LOOKED_AFTER:
        raise WrongState(_("Only an active or lapsed profile can be given an administrator."))
    if person.pk == actor.pk or is_recused(actor, stakeholder):
        raise DomainError(_("You belong to this profile. A colleague has to decide."))
    if not person.is_active or person.has_role(Role.STATE):
        text = _("This account cannot act for an organization.")
        raise DomainError(text, fields={"address": text})
    if not reason:
        text = _("Give the reason, and how you know that the person acts for the organization.")
        raise DomainError(text, fields={"reason": text})


def _tell_of_handover(stakeholder: Stakeholder, person: User, handover: Handover) -> None:
    others = [
        membership.user
        for membership in people_of([stakeholder.pk])[stakeholder.pk]
        if membership.user_id != person.pk
    ]
    facts = {"name": stakeholder.name, "reason": handover.reason}
    for people, kind, notice_facts in (
        ([person], "stakeholders.administrator_made", facts),
        (others, "stakeholders.administrator_added", {**facts, "person": str(person)}),
    ):
        notify_all(
            people,
            kind,
            key=f"handover:{handover.pk}",
            url_name="stakeholders:manage",
            url_args=[stakeholder.pk],
            facts=notice_facts,
            subject=stakeholder,
        )


def _lock_for_answer(join_request: JoinRequest, actor: User) -> tuple[Stakeholder, JoinRequest]:
    """Return the organization and its open request, both locked, if `actor` may answer it."""
    stakeholder = hold(join_request.stakeholder_id)
    join_request = _lock_open_request(join_request)
    if not actor.has_perm("stakeholders.answer_joinrequest", join_request):
        raise PermissionDenied
    return stakeholder, join_request


def _lock_open_request(join_request: JoinRequest) -> JoinRequest:
    rows = JoinRequest.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "user", "stakeholder"
    )
    join_request = rows.get(pk=join_request.pk)
    if not join_request.is_open:
        sentences = {
            JoinOutcome.ACCEPTED: _("This request has been accepted already."),
            JoinOutcome.DECLINED: _("This request has been declined already."),
            JoinOutcome.WITHDRAWN: _("This request was withdrawn."),
        }
        raise WrongState(sentences[JoinOutcome(join_request.outcome)])
    return join_request


def _answer(
    join_request: JoinRequest, outcome: JoinOutcome, actor: User, *, role: str = "", reason: str = ""
) -> None:
    join_request.outcome, join_request.role, join_request.reason = outcome, role, reason
    join_request.answered_by, join_request.answered_at = actor, now()
    join_request.save(update_fields=["outcome", "role", "reason", "answered_by", "answered_at"])
    close_items(join_request)


def _pass_request_on(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        join_request = (
            JoinRequest.objects.open()
            .select_for_update(no_key=True, of=("self",))
            .filter(Q(with_desk_since=None), pk=pk)
            .first()
        )
        if join_request is None:
            return False
        stakeholder = Stakeholder.objects.select_related("country").get(pk=join_request.stakeholder_id)
        _give_to_desk(join_request, stakeholder, at)
    return True


def _give_to_desk(join_request: JoinRequest, stakeholder: Stakeholder, at: datetime) -> None:
    join_request.with_desk_since = at
    join_request.save(update_fields=["with_desk_since"])
    open_item(
        join_request,
        JOIN_WORK,
        waits_for=Role.VETTING,
        country=stakeholder.country_id,
        region=stakeholder.country.region_id or "",
    )
    record(stakeholder, "stakeholders.join_passed_on", actor=None, request=join_request.pk)
    notify_all(
        people_who_vet(),
        "stakeholders.join_passed_on",
        key=f"join_request:{join_request.pk}:desk",
        url_name="stakeholders:join_request",
        url_args=[join_request.pk],
        facts={"name": stakeholder.name, "due": due_of(join_request)},
        subject=join_request,
    )
