"""Two proposals become one: suggested by the desk, done once an administrator of each lead agrees (E-04)."""

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
from events.proposals.queries import administrators_of, facts_of
from events.reviewing.actions import for_review
from notifications.outbox.actions import notify_all
from workflow.moves.actions import move

S = ProposalStatus
STAYS = (*S.UNDER_WAY, S.ACCEPTED)


def suggest(proposal: Proposal, into: Proposal, *, actor: User, note: str) -> Merger:
    """Suggest that `proposal` joins `into`, and ask both leads."""
    note = clean_block(note)
    with transaction.atomic():
        one, other = _both(proposal.pk, into.pk)
        kept = for_review(one, actor, "events.merge_proposal")
        for_review(other, actor, "events.merge_proposal")
        wrong = {}
        if not note:
            wrong["note"] = _("Tell both leads why.")
        if kept.pk == other.pk or kept.event_id != other.event_id:
            wrong["into"] = _("Choose another proposal for the same event.")
        elif other.status not in STAYS or kept.status not in PROPOSAL_MOVES["merge"].sources:
            wrong["into"] = _("With its present status, one of the two can no longer be merged.")
        if wrong:
            raise DomainError(_("The merger was not suggested."), fields=wrong)
        try:
            with transaction.atomic():
                made = Merger.objects.create(proposal=kept, into=other, note=note, proposed_by=actor)
        except IntegrityError:
            raise WrongState(_("A merger of this proposal awaits an answer already.")) from None
        for mine, beside in ((kept, other), (other, kept)):
            record(mine, "events.proposal.merge_suggested", actor=actor, other=beside.pk)
            notify_all(
                administrators_of(mine.lead_id),
                "events.merge_asked",
                key=f"merger:{made.pk}:{mine.pk}",
                url_name="events:merger",
                url_args=[made.pk, mine.pk],
                facts=facts_of(mine, other=str(beside), other_lead=_lead_of(beside), note=note),
                subject=mine,
            )
    return made


def agree(merger: Merger, side: Proposal, *, actor: User) -> Merger:
    """One lead agrees, for its own side; with the second one the merger is done."""
    with transaction.atomic():
        kept = _open(merger)
        one, other = _both(kept.proposal_id, kept.into_id)
        mine = one if side.pk == one.pk else other
        if not actor.has_perm("events.agree_to_merge_proposal", mine):
            raise PermissionDenied
        if mine.pk == one.pk:
            kept.agreed_by, kept.agreed_at = actor, kept.agreed_at or now()
        else:
            kept.into_agreed_by, kept.into_agreed_at = actor, kept.into_agreed_at or now()
        record(mine, "events.proposal.merge_agreed", actor=actor)
        if kept.agreed_at and kept.into_agreed_at:
            _merge(kept, one, other)
        kept.save()
    return kept


def refuse(merger: Merger, side: Proposal, *, actor: User) -> Merger:
    """One lead does not want it: both proposals go on as they are."""
    with transaction.atomic():
        kept = _open(merger)
        one, other = _both(kept.proposal_id, kept.into_id)
        mine, beside = (one, other) if side.pk == one.pk else (other, one)
        if not actor.has_perm("events.agree_to_merge_proposal", mine):
            raise PermissionDenied
        kept.closed_at = now()
        kept.save(update_fields=["closed_at"])
        record(mine, "events.proposal.merge_refused", actor=actor)
        tell_people(beside, "events.proposal_merge_off", str(kept.pk), other=str(mine))
    return kept


def drop(merger: Merger, *, actor: User) -> None:
    """The desk takes its suggestion back."""
    with transaction.atomic():
        kept = _open(merger)
        one, other = _both(kept.proposal_id, kept.into_id)
        for_review(one, actor, "events.merge_proposal")
        kept.closed_at = now()
        kept.save(update_fields=["closed_at"])
        record(one, "events.proposal.merge_dropped", actor=actor)
        record(other, "events.proposal.merge_dropped", actor=actor)


def _open(merger: Merger) -> Merger:
    """The suggestion, locked; two who agree at once come one after the other."""
    kept = (
        Merger.objects.select_for_update(no_key=True, of=("self",))
        .select_related("proposed_by")
        .get(pk=merger.pk)
    )
    if kept.closed_at is not None:
        raise WrongState(_("This suggestion is answered already."))
    return kept


def _both(first: int, second: int) -> tuple[Proposal, Proposal]:
    """Both rows, locked in the order of their numbers, as everybody locks them."""
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "event__round", "lead"
    )
    found = {one.pk: one for one in rows.filter(pk__in=(first, second)).order_by("pk")}
    return found[first], found[second]


def _merge(kept: Merger, one: Proposal, other: Proposal) -> None:
    """Both leads agreed, so the suggestion of the desk is carried out in the name of who made it."""
    if other.status not in STAYS:
        raise WrongState(_("The other proposal can no longer be merged."))
    move(one, "merge", actor=kept.proposed_by, system=True, merged_into=other, decided_at=now())
    drop_what_waits(one)
    index_meeting(one)
    kept.closed_at, kept.is_done = now(), True
    _bring_partners(one, other, kept)
    _bring_speakers(one, other)
    unassign_conflicted(other)
    record(other, "events.proposal.joined_by", actor=None, other=one.pk)
    tell_people(one, "events.proposal_merged", str(kept.pk), other=str(other), lead_of_other=_lead_of(other))
    tell_people(other, "events.proposal_merged", str(kept.pk), other=str(one), lead_of_other=_lead_of(one))


def _lead_of(proposal: Proposal) -> str:
    """The desk brings two leads together who need not know of each other: each is named as to everybody."""
    return proposal.lead.name_for(AnonymousUser())


def _bring_partners(one: Proposal, other: Proposal, kept: Merger) -> None:
    """The lead of what joins organizes from now on; its co-organizers are asked for the joint meeting."""
    there = set(other.partners.values_list("stakeholder_id", flat=True)) | {other.lead_id}
    if one.lead_id in there:
        other.partners.filter(stakeholder=one.lead_id).update(
            status=Partnering.CONFIRMED, answered_by=kept.agreed_by, answered_at=now()
        )
    else:
        Partner.objects.create(
            proposal=other,
            stakeholder=one.lead,
            status=Partnering.CONFIRMED,
            invited_by=kept.proposed_by,
            answered_by=kept.agreed_by,
            answered_at=now(),
        )
    for partner in one.partners.exclude(status=Partnering.DECLINED).select_related("stakeholder"):
        if partner.stakeholder_id not in there | {one.lead_id}:
            made = Partner.objects.create(
                proposal=other, stakeholder=partner.stakeholder, invited_by=kept.proposed_by
            )
            ask_partner(made, other)


def _bring_speakers(one: Proposal, other: Proposal) -> None:
    """Speakers of both are named; those who join have confirmed another meeting, so they are asked anew."""
    there = {speaker.name_key for speaker in other.speakers.all()}
    room = other.rules.most_speakers - len(there)
    joining = [speaker for speaker in one.speakers.all() if speaker.name_key not in there]
    for position, speaker in enumerate(joining[: max(room, 0)], start=len(there)):
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
