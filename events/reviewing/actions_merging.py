"""Merge two proposals: suggested by the desk, done once an administrator of each lead agrees (E-04)."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.organizers.actions import ask_partner
from events.proposals.actions import drop_what_waits, index_meeting, tell_people
from events.proposals.actions_reviewers import unassign_conflicted
from events.proposals.enums import PROPOSAL_MOVES, Partnering, ProposalStatus, SpeakerStatus
from events.proposals.models import Merger, Partner, Proposal, Speaker
from events.proposals.queries import facts_of
from events.reviewing.actions import lock_for_review
from notifications.outbox.actions import notify_all
from stakeholders.entries.queries import admins_of
from workflow.moves.actions import move

S = ProposalStatus
STAYS = (*S.UNDER_WAY, S.ACCEPTED)


def suggest(proposal: Proposal, into: Proposal, *, actor: User, note: str) -> Merger:
    """Suggest that `proposal` joins `into`, and ask both leads."""
    note = clean_block(note)
    with transaction.atomic():
        proposal, other = _lock_both(proposal.pk, into.pk)
        proposal = lock_for_review(proposal, actor, "events.merge_proposal")
        lock_for_review(other, actor, "events.merge_proposal")
        wrong = {}
        if not note:
            wrong["note"] = _("Tell both leads why.")
        if proposal.pk == other.pk or proposal.event_id != other.event_id:
            wrong["into"] = _("Choose another proposal for the same event.")
        elif other.status not in STAYS or proposal.status not in PROPOSAL_MOVES["merge"].sources:
            wrong["into"] = _("With its present status, one of the two can no longer be merged.")
        if wrong:
            raise DomainError(_("The merger was not suggested."), fields=wrong)
        try:
            with transaction.atomic():
                merger = Merger.objects.create(proposal=proposal, into=other, note=note, proposed_by=actor)
        except IntegrityError:
            raise WrongState(_("A merger of this proposal awaits an answer already.")) from None
        for mine, beside in ((proposal, other), (other, proposal)):
            record(mine, "events.proposal.merge_suggested", actor=actor, other=beside.pk)
            notify_all(
                admins_of(mine.lead_id),
                "events.merge_asked",
                key=f"merger:{merger.pk}:{mine.pk}",
                url_name="events:merger",
                url_args=[merger.pk, mine.pk],
                facts=facts_of(mine, other=str(beside), other_lead=_lead_of(beside), note=note),
                subject=mine,
            )
    return merger


def agree(merger: Merger, side: Proposal, *, actor: User) -> Merger:
    """Agree for one side; with the second agreement the proposals are merged."""
    with transaction.atomic():
        merger = _lock_open_merger(merger)
        proposal, other = _lock_both(merger.proposal_id, merger.into_id)
        mine = proposal if side.pk == proposal.pk else other
        if not actor.has_perm("events.agree_to_merge_proposal", mine):
            raise PermissionDenied
        if mine.pk == proposal.pk:
            merger.agreed_by, merger.agreed_at = actor, merger.agreed_at or now()
        else:
            merger.into_agreed_by, merger.into_agreed_at = actor, merger.into_agreed_at or now()
        record(mine, "events.proposal.merge_agreed", actor=actor)
        if merger.agreed_at and merger.into_agreed_at:
            _merge(merger, proposal, other)
        merger.save()
    return merger


def refuse(merger: Merger, side: Proposal, *, actor: User) -> Merger:
    """Refuse for one side: both proposals go on as they are."""
    with transaction.atomic():
        merger = _lock_open_merger(merger)
        proposal, other = _lock_both(merger.proposal_id, merger.into_id)
        mine, beside = (proposal, other) if side.pk == proposal.pk else (other, proposal)
        if not actor.has_perm("events.agree_to_merge_proposal", mine):
            raise PermissionDenied
        merger.closed_at = now()
        merger.save(update_fields=["closed_at"])
        record(mine, "events.proposal.merge_refused", actor=actor)
        tell_people(beside, "events.proposal_merge_off", str(merger.pk), other=str(mine))
    return merger


def drop(merger: Merger, *, actor: User) -> None:
    """Withdraw the desk's suggestion."""
    with transaction.atomic():
        merger = _lock_open_merger(merger)
        proposal, other = _lock_both(merger.proposal_id, merger.into_id)
        lock_for_review(proposal, actor, "events.merge_proposal")
        merger.closed_at = now()
        merger.save(update_fields=["closed_at"])
        record(proposal, "events.proposal.merge_dropped", actor=actor)
        record(other, "events.proposal.merge_dropped", actor=actor)


def _lock_open_merger(merger: Merger) -> Merger:
    """Lock the suggestion and return it. Raises WrongState where it is answered already."""
    merger = (
        Merger.objects.select_for_update(no_key=True, of=("self",))
        .select_related("proposed_by")
        .get(pk=merger.pk)
    )
    if merger.closed_at is not None:
        raise WrongState(_("This suggestion is answered already."))
    return merger


def _lock_both(first: int, second: int) -> tuple[Proposal, Proposal]:
    """Lock both proposals and return them.

    They are locked in the order of their ids, as everywhere, so that no two acts wait for each other.
    """
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "event__round", "lead"
    )
    proposals = {proposal.pk: proposal for proposal in rows.filter(pk__in=(first, second)).order_by("pk")}
    return proposals[first], proposals[second]


def _merge(merger: Merger, proposal: Proposal, other: Proposal) -> None:
    """Merge `proposal` into `other`, as a move of the person who suggested it."""
    if other.status not in STAYS:
        raise WrongState(_("The other proposal can no longer be merged."))
    move(proposal, "merge", actor=merger.proposed_by, system=True, merged_into=other, decided_at=now())
    drop_what_waits(proposal)
    index_meeting(proposal)
    merger.closed_at, merger.is_done = now(), True
    _bring_partners(proposal, other, merger)
    _bring_speakers(proposal, other)
    unassign_conflicted(other)
    record(other, "events.proposal.joined_by", actor=None, other=proposal.pk)
    tell_people(
        proposal, "events.proposal_merged", str(merger.pk), other=str(other), lead_of_other=_lead_of(other)
    )
    tell_people(
        other, "events.proposal_merged", str(merger.pk), other=str(proposal), lead_of_other=_lead_of(proposal)
    )


def _lead_of(proposal: Proposal) -> str:
    """Return the lead's name as everybody may read it, since the leads need not know of each other."""
    return proposal.lead.name_for(AnonymousUser())


def _bring_partners(proposal: Proposal, other: Proposal, merger: Merger) -> None:
    """Make the lead of `proposal` a co-organizer of `other`, and invite its co-organizers."""
    organizer_ids = set(other.partners.values_list("stakeholder_id", flat=True)) | {other.lead_id}
    if proposal.lead_id in organizer_ids:
        other.partners.filter(stakeholder=proposal.lead_id).update(
            status=Partnering.CONFIRMED, answered_by=merger.agreed_by, answered_at=now()
        )
    else:
        Partner.objects.create(
            proposal=other,
            stakeholder=proposal.lead,
            status=Partnering.CONFIRMED,
            invited_by=merger.proposed_by,
            answered_by=merger.agreed_by,
            answered_at=now(),
        )
    for partner in proposal.partners.exclude(status=Partnering.DECLINED).select_related("stakeholder"):
        if partner.stakeholder_id not in organizer_ids | {proposal.lead_id}:
            invitation = Partner.objects.create(
                proposal=other, stakeholder=partner.stakeholder, invited_by=merger.proposed_by
            )
            ask_partner(invitation, other)


def _bring_speakers(proposal: Proposal, other: Proposal) -> None:
    """Add the speakers of `proposal` to `other`; they confirmed another meeting, so they are asked again."""
    names = {speaker.name_key for speaker in other.speakers.all()}
    room = other.rules.most_speakers - len(names)
    joining = [speaker for speaker in proposal.speakers.all() if speaker.name_key not in names]
    for position, speaker in enumerate(joining[: max(room, 0)], start=len(names)):
        Speaker.objects.create(
            proposal=other,
            position=position,
            role=speaker.role,
            name=speaker.name,
            name_key=speaker.name_key,
            affiliation=speaker.affiliation,
            address=speaker.address,
            mode=speaker.mode,
            gender=speaker.gender,
            is_registered=speaker.is_registered,
            status=SpeakerStatus.NAMED,
        )
