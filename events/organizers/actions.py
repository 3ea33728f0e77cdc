"""Organizing together: the lead asks, the other confirms, declines, or leaves (E-04)."""

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
from events.proposals.queries import administrators_of, facts_of, organizers_locked
from notifications.outbox.actions import notify_all
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder

MOST_PARTNERS = 20
# Asked, taken back and asked again: each time its administrators get a mail.
ASKS_A_DAY = 3


def invite(proposal: Proposal, stakeholder: Stakeholder, *, actor: User) -> Partner:
    """Ask another stakeholder that the person may see. Its administrators are told."""
    with transaction.atomic():
        kept = lock_proposal(proposal, actor, "events.change_proposal")
        refuse_if_locked(kept)
        seen = Stakeholder.objects.visible_to(actor).filter(pk=stakeholder.pk, status__in=Status.TAKING_PART)
        problem = ""
        if not seen.exists():
            problem = _("Choose a stakeholder of the directory.")
        elif stakeholder.pk == kept.lead_id:
            problem = _("The lead organizes it already.")
        elif kept.partners.count() >= MOST_PARTNERS:
            problem = _("At most %(most)s co-organizers can be asked.") % {"most": MOST_PARTNERS}
        elif not administrators_of(stakeholder.pk).exists():
            problem = _("This profile has no administrators who could confirm for it.")
        if problem:
            raise DomainError(problem, fields={"stakeholder": problem})
        spend("events.ask_partner", f"{kept.pk}:{stakeholder.pk}", most=ASKS_A_DAY, seconds=24 * 3600)
        try:
            with transaction.atomic():
                partner = Partner.objects.create(proposal=kept, stakeholder=stakeholder, invited_by=actor)
        except IntegrityError:
            message = _("This stakeholder has been asked already.")
            raise DomainError(message, fields={"stakeholder": message}) from None
        record(kept, "events.proposal.invite", actor=actor, stakeholder=stakeholder.pk)
        unassign_conflicted(kept)
        ask_partner(partner, kept)
    return partner


def take_back(partner: Partner, *, actor: User) -> None:
    """The lead no longer asks this stakeholder, or organizes without it."""
    with transaction.atomic():
        kept = lock_proposal(partner.proposal, actor, "events.change_proposal")
        refuse_if_locked(kept)
        if Partner.objects.filter(pk=partner.pk).delete()[0]:
            record(kept, "events.proposal.uninvite", actor=actor, stakeholder=partner.stakeholder_id)


def confirm(partner: Partner, *, actor: User) -> Partner:
    """Organize it together, while the list of organizers is open."""
    with transaction.atomic():
        kept, mine = _mine(partner, actor)
        refuse_if_locked(kept)
        if mine.status != Partnering.CONFIRMED:
            _answer(mine, Partnering.CONFIRMED, actor)
            record(kept, "events.proposal.join", actor=actor, stakeholder=mine.stakeholder_id)
            tell_people(
                kept,
                "events.proposal_joined",
                f"{mine.pk}:{now().isoformat()}",
                partner=mine.stakeholder.name,
            )
    return mine


def decline(partner: Partner, *, actor: User) -> Partner:
    """Do not organize it; whoever has confirmed may leave, at any time before it is over."""
    with transaction.atomic():
        kept, mine = _mine(partner, actor)
        if kept.status in ProposalStatus.OVER:
            raise WrongState(_("This proposal is over; there is nothing to answer any more."))
        if mine.status != Partnering.DECLINED:
            left = mine.status == Partnering.CONFIRMED
            _answer(mine, Partnering.DECLINED, actor)
            record(kept, "events.proposal.unjoin", actor=actor, stakeholder=mine.stakeholder_id)
            tell_people(
                kept,
                "events.proposal_left" if left else "events.proposal_not_joined",
                f"{mine.pk}:{now().isoformat()}",
                partner=mine.stakeholder.name,
            )
    return mine


def refuse_if_locked(kept: Proposal) -> None:
    if organizers_locked(kept):
        raise WrongState(
            _("The list of organizers is locked: the round has closed, or the proposal is decided.")
        )


def ask_partner(partner: Partner, kept: Proposal) -> None:
    notify_all(
        administrators_of(partner.stakeholder_id),
        "events.partner_asked",
        key=f"partner:{partner.pk}:asked",
        url_name="events:partner",
        url_args=[partner.pk],
        facts=facts_of(kept, stakeholder=partner.stakeholder.name),
        subject=kept,
    )


def _mine(partner: Partner, actor: User) -> tuple[Proposal, Partner]:
    """The proposal, locked, and the request, for an administrator of who is asked."""
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "event__round", "lead"
    )
    kept = rows.get(pk=partner.proposal_id)
    mine = Partner.objects.select_related("stakeholder").filter(pk=partner.pk).first()
    if mine is None or not actor.has_perm("events.answer_partner", mine):
        raise PermissionDenied
    return kept, mine


def _answer(partner: Partner, status: Partnering, actor: User) -> None:
    partner.status, partner.answered_by, partner.answered_at = status, actor, now()
    partner.save(update_fields=["status", "answered_by", "answered_at"])
