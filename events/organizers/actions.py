"""Organizing together: the lead invites, the other confirms, declines, or leaves (E-04)."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from events.proposals.actions import lock_proposal, tell_people
from events.proposals.actions_reviewers import unassign_conflicted
from events.proposals.enums import Partnering, ProposalStatus
from events.proposals.models import Partner, Proposal
from events.proposals.queries import facts_of, organizers_locked
from notifications.outbox.actions import notify_all
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import admins_of

MOST_PARTNERS = 20
# Each invitation sends a mail, also one that was taken back and is made again.
ASKS_A_DAY = 3


def invite(proposal: Proposal, stakeholder: Stakeholder, *, actor: User) -> Partner:
    """Invite another stakeholder that the person may see, and inform its administrators."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.change_proposal")
        refuse_if_locked(proposal)
        visible = Stakeholder.objects.visible_to(actor).filter(
            pk=stakeholder.pk, status__in=Status.TAKING_PART
        )
        problem = ""
        if not visible.exists():
            problem = _("Choose a stakeholder of the directory.")
        elif stakeholder.pk == proposal.lead_id:
            problem = _("The lead organizes it already.")
        elif proposal.partners.count() >= MOST_PARTNERS:
            problem = _("At most %(most)s co-organizers can be asked.") % {"most": MOST_PARTNERS}
        elif not admins_of(stakeholder.pk).exists():
            problem = _("This profile has no administrators who could confirm for it.")
        if problem:
            raise DomainError(problem, fields={"stakeholder": problem})
        spend("events.ask_partner", f"{proposal.pk}:{stakeholder.pk}", most=ASKS_A_DAY, seconds=24 * 3600)
        try:
            with transaction.atomic():
                partner = Partner.objects.create(proposal=proposal, stakeholder=stakeholder, invited_by=actor)
        except IntegrityError:
            message = _("This stakeholder has been asked already.")
            raise DomainError(message, fields={"stakeholder": message}) from None
        record(proposal, "events.proposal.invite", actor=actor, stakeholder=stakeholder.pk)
        unassign_conflicted(proposal)
        ask_partner(partner, proposal)
    return partner


def take_back(partner: Partner, *, actor: User) -> None:
    """Withdraw the invitation, or end the co-organizing, as the lead."""
    with transaction.atomic():
        proposal = lock_proposal(partner.proposal, actor, "events.change_proposal")
        refuse_if_locked(proposal)
        if Partner.objects.filter(pk=partner.pk).delete()[0]:
            record(proposal, "events.proposal.uninvite", actor=actor, stakeholder=partner.stakeholder_id)


def confirm(partner: Partner, *, actor: User) -> Partner:
    """Confirm to organize the meeting, while the list of organizers is open."""
    with transaction.atomic():
        proposal, invitation = _lock_invitation(partner, actor)
        refuse_if_locked(proposal)
        if invitation.status != Partnering.CONFIRMED:
            _answer(invitation, Partnering.CONFIRMED, actor)
            record(proposal, "events.proposal.join", actor=actor, stakeholder=invitation.stakeholder_id)
            tell_people(
                proposal,
                "events.proposal_joined",
                f"{invitation.pk}:{now().isoformat()}",
                partner=invitation.stakeholder.name,
            )
    return invitation


def decline(partner: Partner, *, actor: User) -> Partner:
    """Decline the invitation; who has confirmed may leave at any time before the proposal is over."""
    with transaction.atomic():
        proposal, invitation = _lock_invitation(partner, actor)
        if proposal.status in ProposalStatus.OVER:
            raise WrongState(_("This proposal is over; there is nothing to answer any more."))
        if invitation.status != Partnering.DECLINED:
            left = invitation.status == Partnering.CONFIRMED
            _answer(invitation, Partnering.DECLINED, actor)
            record(proposal, "events.proposal.unjoin", actor=actor, stakeholder=invitation.stakeholder_id)
            tell_people(
                proposal,
                "events.proposal_left" if left else "events.proposal_not_joined",
                f"{invitation.pk}:{now().isoformat()}",
                partner=invitation.stakeholder.name,
            )
    return invitation


def refuse_if_locked(proposal: Proposal) -> None:
    if organizers_locked(proposal):
        raise WrongState(
            _("The list of organizers is locked: the round has closed, or the proposal is decided.")
        )


def ask_partner(partner: Partner, proposal: Proposal) -> None:
    notify_all(
        admins_of(partner.stakeholder_id),
        "events.partner_asked",
        key=f"partner:{partner.pk}:asked",
        url_name="events:partner",
        url_args=[partner.pk],
        facts=facts_of(proposal, stakeholder=partner.stakeholder.name),
        subject=proposal,
    )


def _lock_invitation(partner: Partner, actor: User) -> tuple[Proposal, Partner]:
    """Lock the proposal and return it with the invitation.

    Raises PermissionDenied for anybody but an administrator of the stakeholder that is invited.
    """
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "event__round", "lead"
    )
    proposal = rows.get(pk=partner.proposal_id)
    invitation = Partner.objects.select_related("stakeholder").filter(pk=partner.pk).first()
    if invitation is None or not actor.has_perm("events.answer_partner", invitation):
        raise PermissionDenied
    return proposal, invitation


def _answer(partner: Partner, status: Partnering, actor: User) -> None:
    partner.status, partner.answered_by, partner.answered_at = status, actor, now()
    partner.save(update_fields=["status", "answered_by", "answered_at"])
