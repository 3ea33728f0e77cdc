"""What organizers do: begin, write, send, correct, authorize, complete, change late, withdraw, cancel."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block, clean_line, fold
from events.events.enums import EventStatus
from events.events.models import Event
from events.proposals.actions_reviewers import hand_out
from events.proposals.actions_speakers import tell_cancelled
from events.proposals.enums import ProposalStatus
from events.proposals.models import Merger, Proposal, ProposalRound, Speaker
from events.proposals.queries import (
    MOST_THEMES,
    canonical_text,
    facts_of,
    gaps,
    label_of,
    may_edit_late,
    may_give_link,
    people_of,
    speaks_for,
    under_way,
)
from notifications.outbox.actions import notify_all
from search.actions import index
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import admins_of, written_for_by
from stakeholders.hooks import sentences_of
from workflow.drafts.models import DraftDecision
from workflow.items.actions import answer_requests, close_items, open_item, resume
from workflow.items.queries import due_of, open_requests
from workflow.moves.actions import lock, move, refuse_saved_elsewhere
from workflow.receipts.actions import issue_receipt
from workflow.receipts.models import Receipt
from workflow.windows.actions import refuse_unless_open
from workflow.windows.models import Extension

S = ProposalStatus
LISTS = ("more_themes", "spoken", "interpretation", "supporting")
PLAIN = (
    "title",
    "summary",
    "language_id",
    "theme_id",
    "agenda_item",
    "mode",
    "link",
    "mission_informed",
    "equipment",
    "access_needs",
    "expected",
    "wishes",
    "logos_agreed",
)
OF_SPEAKERS = ("role", "name", "affiliation", "address", "mode", "gender", "is_registered")
REMIND_DAYS = 3
REVIEW = "review"


def begin(event: Event, lead: Stakeholder, *, actor: User) -> Proposal:
    """Return a new draft of the organization's proposal, or the draft that it has already.

    Raises DomainError for a second proposal where each organization leads one (E-02). The lock of the round
    lets two people who begin at once share one draft.
    """
    with transaction.atomic():
        rules = lock_round(event)
        if not written_for_by(actor).filter(pk=lead.pk).exists():
            raise PermissionDenied
        refuse_unless_held(rules.event)
        existing = under_way(rules.event, lead.pk)
        if (draft := existing.filter(status=S.DRAFT).first()) is not None:
            return draft
        if rules.one_lead_each and existing.exists():
            raise DomainError(
                _(
                    "%(name)s leads a proposal already, and each organization leads one. "
                    "It can organize others together with their leads. If there are good "
                    "reasons for a second one, contact the WhatsOn team."
                )
                % {"name": lead.name},
                fields={"lead": _("It leads a proposal already.")},
            )
        refuse_unless_open(rules, f"stakeholder:{lead.pk}")
        return Proposal.objects.create(event=rules.event, lead=lead, author=actor, language_id=actor.language)


def save(
    proposal: Proposal,
    *,
    actor: User,
    version: int,
    values: Mapping[str, Any],
    speakers: Sequence[Mapping[str, Any]] | None = None,
) -> Proposal:
    """Save a draft, the answers to the desk's questions, or, after the closing, a late change.

    A draft may have blanks and be too long, so that nothing typed is lost; a late change may not. Raises
    WrongState where another window has saved since, or where nothing can be written any more.
    """
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.change_proposal")
        late = not proposal.is_written
        only_link = late and not may_edit_late(proposal)
        if only_link and not may_give_link(proposal):
            raise WrongState(_("This proposal has been submitted. Its page shows what you can still do."))
        refuse_saved_elsewhere(proposal, version)
        if proposal.status == S.INCOMPLETE:
            open_fields = open_requests(proposal)
            values = {
                name: value for name, value in values.items() if name.removesuffix("_id") in open_fields
            }
            speakers = speakers if "speakers" in open_fields else None
        if only_link:
            values, speakers = {name: values[name] for name in ("link",) if name in values}, None
        changed = _write(proposal, values, speakers)
        if late and not only_link:
            _refuse_gaps(proposal)
        if late and changed:
            record(proposal, "events.proposal.late_change", actor=actor, fields=", ".join(changed))
    return proposal


def discard(proposal: Proposal, *, actor: User, version: int | None = None) -> None:
    """Delete a draft that was never sent; invitations to organize it end."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.change_proposal", version)
        if proposal.status != S.DRAFT or proposal.submitted_at is not None:
            raise WrongState(_("This proposal has been sent. It can be withdrawn, not deleted."))
        proposal.delete()


def submit(proposal: Proposal, *, actor: User, version: int | None = None) -> tuple[Proposal, Receipt]:
    """Send the proposal before the closing; an administrator of the lead authorizes it with that (E-03)."""
    with transaction.atomic():
        rules = lock_round(proposal.event)
        proposal = lock_proposal(proposal, actor, "events.submit_proposal", version)
        refuse_unless_held(rules.event)
        refuse_unless_open(rules, proposal.party)
        _refuse_second(rules, proposal)
        _refuse_gaps(proposal)
        spend("events.submit", str(actor.pk), most=30, seconds=24 * 3600)
        authorized: dict[str, Any] = {}
        if speaks_for(actor, proposal.lead_id):
            authorized = {"authorized_at": now(), "authorized_by": actor}
        move(proposal, "submit", actor=actor, submitted_at=now(), version=proposal.version, **authorized)
        country = proposal.lead.country
        open_item(
            proposal, REVIEW, waits_for=Role.EVENTS, region=(country.region_id or "") if country else ""
        )
        hand_out(proposal)
        if authorized:
            record(proposal, "events.proposal.authorize", actor=actor)
        receipt = issue_receipt(proposal, canonical_text(proposal), actor=actor)
        tell_people(proposal, "events.proposal_received", receipt.reference, reference=receipt.reference)
        if not authorized:
            _ask_to_authorize(proposal, rules, receipt.reference)
        tell_desk(proposal, "events.proposal_arrived", receipt.reference)
    return proposal, receipt


def authorize(proposal: Proposal, *, actor: User) -> Proposal:
    """Authorize the proposal for the organization; until then it does not count."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.authorize_proposal")
        if proposal.counts:
            return proposal
        refuse_unless_held(proposal.event)
        if proposal.status not in S.UNDER_WAY:
            raise WrongState(_("Only a proposal that was sent, and is not decided, can be authorized."))
        refuse_unless_open(proposal.rules, proposal.party)
        proposal.authorized_at, proposal.authorized_by, proposal.updated_at = now(), actor, now()
        proposal.save(update_fields=["authorized_at", "authorized_by", "updated_at"])
        record(proposal, "events.proposal.authorize", actor=actor)
        tell_people(proposal, "events.proposal_authorized", proposal.authorized_at.isoformat())
    return proposal


def revise(proposal: Proposal, *, actor: User) -> Proposal:
    """Return it to a draft before the closing, to correct and send it again. The authorization ends."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.revise_proposal")
        refuse_unless_open(proposal.rules, proposal.party)
        move(proposal, "revise", actor=actor, authorized_at=None, authorized_by=None)
        drop_what_waits(proposal)
    return proposal


def complete(proposal: Proposal, *, actor: User, version: int | None = None) -> tuple[Proposal, Receipt]:
    """Send what the desk asked for, within the time of the request, also after the closing of the round."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.complete_proposal", version)
        refuse_unless_held(proposal.event)
        if not proposal.can_still_be_completed:
            raise WrongState(_("The time to complete it is over. Please contact the WhatsOn team."))
        _refuse_gaps(proposal)
        answer_requests(proposal, actor=actor)
        move(proposal, "complete", actor=actor, complete_by=None, version=proposal.version)
        resume(proposal)
        receipt = issue_receipt(proposal, canonical_text(proposal), actor=actor)
        tell_people(proposal, "events.proposal_received", receipt.reference, reference=receipt.reference)
        tell_desk(proposal, "events.proposal_completed", receipt.reference)
    return proposal, receipt


def send(proposal: Proposal, *, actor: User, version: int | None = None) -> tuple[Proposal, Receipt]:
    """Submit the proposal, or send what was asked for where it is to be completed."""
    act = complete if proposal.status == S.INCOMPLETE else submit
    return act(proposal, actor=actor, version=version)


def withdraw(proposal: Proposal, *, actor: User) -> Proposal:
    """Withdraw the proposal for good, before it is decided."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.withdraw_proposal")
        answer_requests(proposal, actor=actor)
        move(proposal, "withdraw", actor=actor, decided_at=now(), complete_by=None)
        drop_what_waits(proposal)
        tell_people(proposal, "events.proposal_withdrawn", str(proposal.version))
    return proposal


def cancel(proposal: Proposal, *, actor: User, note: str) -> Proposal:
    """Cancel an accepted meeting, with a reason that its people read; its number stays in the list."""
    with transaction.atomic():
        proposal = lock_proposal(proposal, actor, "events.cancel_proposal")
        decision = move(proposal, "cancel", actor=actor, note=clean_block(note))
        drop_what_waits(proposal)
        index_meeting(proposal)
        tell_cancelled(proposal, decision, note=decision.note)
        tell_people(
            proposal,
            "events.proposal_cancelled",
            str(proposal.version),
            note=clean_block(note),
            number=proposal.number or 0,
        )
        tell_desk(proposal, "events.proposal_called_off", str(proposal.version))
    return proposal


def remind_to_authorize() -> int:
    """Ask administrators of the lead, three days before the closing, to send or authorize the proposal.

    Each is asked once for each closing. Returns how many proposals were looked at.
    """
    soon = now() + timedelta(days=REMIND_DAYS)
    running = ProposalRound.objects.filter(event__status=EventStatus.PUBLISHED)
    rounds = {
        running_round.pk: running_round
        for running_round in running.filter(closes_at__gt=now(), closes_at__lte=soon)
    }
    kind = ProposalRound._meta.label_lower
    extended = Extension.objects.filter(subject_kind=kind, until__gt=now(), until__lte=soon)
    later = {(extension.subject_id, extension.party) for extension in extended}
    waiting = Proposal.objects.filter(authorized_at=None, status__in=(S.DRAFT, *S.UNDER_WAY)).filter(
        event__round__in={*rounds, *(pk for pk, _party in later)}
    )
    looked = 0
    for proposal in waiting.select_related("event__round", "lead").order_by("pk"):
        rules = proposal.event.round
        closes = rules.closes_for(proposal.party)
        if closes is None or not now() < closes <= soon:
            continue
        looked += 1
        with transaction.atomic():
            _ask_to_authorize(proposal, rules, f"reminder:{closes.isoformat()}", remind=True)
    return looked


# --- Parts ------------------------------------------------------------------------------------------------
def lock_round(event: Event) -> ProposalRound:
    """Lock the round of the event and return it, so that who begins or sends waits for the others.

    Raises WrongState where the event has no round.
    """
    rows = ProposalRound.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    rules = rows.filter(event=event).first()
    if rules is None:
        raise WrongState(_("Nothing can be proposed for this event."))
    return rules


def lock_proposal(proposal: Proposal, actor: User, permission: str, version: int | None = None) -> Proposal:
    return lock(proposal, actor, permission, version=version, related=("event__round", "lead"))


def drop_what_waits(proposal: Proposal) -> None:
    """Close the work items of the proposal and drop its drafted decisions and suggested mergers."""
    close_items(proposal)
    drop_drafts(proposal)
    close_mergers([proposal.pk])


def drop_drafts(proposal: Proposal) -> None:
    DraftDecision.objects.about(proposal).filter(decision=None).delete()


def close_mergers(proposals: Iterable[int]) -> None:
    """Close the suggested mergers of these proposals (ids), on either side."""
    pks = list(proposals)
    either = Q(proposal__in=pks) | Q(into__in=pks)
    Merger.objects.filter(either, closed_at=None).update(closed_at=now())


def index_meeting(proposal: Proposal) -> None:
    """Update the index of a meeting that was in a programme."""
    if proposal.public_at is not None:
        index(proposal)


def refuse_unless_held(event: Event) -> None:
    if event.is_cancelled:
        raise WrongState(_("This event was cancelled."))
    if event.status != EventStatus.PUBLISHED:
        raise PermissionDenied


def _refuse_second(rules: ProposalRound, proposal: Proposal) -> None:
    """Refuse a second proposal of the lead, also one that was begun while the rule was another."""
    if not rules.one_lead_each or proposal.override_note:
        return
    sent = under_way(rules.event, proposal.lead_id).exclude(pk=proposal.pk).exclude(status=S.DRAFT)
    if sent.filter(override_note="").exists():
        raise WrongState(
            _("%(name)s leads another proposal at this event, and each organization leads one.")
            % {"name": proposal.lead.name}
        )


def _refuse_gaps(proposal: Proposal) -> None:
    missing = gaps(proposal)
    if missing:
        raise DomainError(
            _("The proposal is not complete yet. Please check the marked fields."),
            fields={gap.field: str(gap.text) for gap in missing},
        )


def _write(
    proposal: Proposal, values: Mapping[str, Any], speakers: Sequence[Mapping[str, Any]] | None
) -> list[str]:
    """Set the given values; return the labels of what has changed."""
    changed = []
    for name in PLAIN:
        if name in values and getattr(proposal, name) != values[name]:
            setattr(proposal, name, values[name])
            changed.append(label_of(name.removesuffix("_id")))
    for name in LISTS:
        if name not in values:
            continue
        codes = list(values[name])[: MOST_THEMES if name == "more_themes" else None]
        if set(codes) != set(getattr(proposal, name).values_list("pk", flat=True)):
            getattr(proposal, name).set(codes)
            changed.append(label_of(name))
    if speakers is not None and write_speakers(proposal, speakers):
        changed.append(label_of("speakers"))
    proposal.version += 1
    proposal.updated_at = now()
    proposal.save(update_fields=[*(name.removesuffix("_id") for name in PLAIN), "version", "updated_at"])
    index_meeting(proposal)
    return changed


def write_speakers(proposal: Proposal, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Make the speakers those of `rows`, in their order; return whether anything has changed.

    A speaker with the same name and address keeps the answer; with another address, or as another person, the
    answer is open again.
    """
    before = {(speaker.name_key, speaker.address.lower()): speaker for speaker in proposal.speakers.all()}
    changed = False
    for position, row in enumerate(rows):
        name, address = clean_line(row["name"]), row.get("address", "").strip()
        speaker = before.pop((fold(name), address.lower()), None)
        wanted = {**{field: row.get(field, "") for field in OF_SPEAKERS}, "name": name, "address": address}
        wanted["is_registered"] = row.get("is_registered") if row.get("is_registered") != "" else None
        wanted |= {"position": position, "name_key": fold(name)}
        if speaker is None:
            Speaker.objects.create(proposal=proposal, **wanted)
            changed = True
        elif any(getattr(speaker, field) != value for field, value in wanted.items()):
            for field, value in wanted.items():
                setattr(speaker, field, value)
            speaker.save()
            changed = True
    if before:
        Speaker.objects.filter(pk__in=[speaker.pk for speaker in before.values()]).delete()
        changed = True
    return changed


# --- What is told -----------------------------------------------------------------------------------------
def tell_people(proposal: Proposal, kind: str, once: str, **facts: Any) -> None:
    notify_all(
        people_of(proposal),
        kind,
        key=f"proposal:{proposal.pk}:{kind}:{once}",
        url_name="events:proposal",
        url_args=[proposal.pk],
        facts=facts_of(proposal, **facts),
        subject=proposal,
    )


def tell_desk(proposal: Proposal, kind: str, once: str) -> None:
    notify_all(
        holders_of(Role.EVENTS),
        kind,
        key=f"proposal:{proposal.pk}:{kind}:{once}",
        url_name="eventdesk:proposal",
        url_args=[proposal.pk],
        facts=facts_of(proposal, due=due_of(proposal)),
        subject=proposal,
    )


def _ask_to_authorize(proposal: Proposal, rules: ProposalRound, once: str, *, remind: bool = False) -> None:
    closes = rules.closes_for(proposal.party)
    notify_all(
        admins_of(proposal.lead_id),
        "events.proposal_to_authorize",
        key=f"proposal:{proposal.pk}:authorize:{once}",
        url_name="events:proposal",
        url_args=[proposal.pk],
        facts=facts_of(
            proposal,
            until=closes.isoformat() if closes else "",
            draft="yes" if proposal.status == S.DRAFT else "",
            remind="yes" if remind else "",
        ),
        subject=proposal,
    )


# --- What happened to proposals for meetings, as sentences -------------------------------------------

for _name, _text in (
    ("authorize", gettext_lazy("%(actor)s authorized the proposal for the organization")),
    ("invite", gettext_lazy("%(actor)s asked another stakeholder to organize together")),
    ("uninvite", gettext_lazy("%(actor)s took back the request to organize together")),
    ("join", gettext_lazy("%(actor)s confirmed to organize together")),
    ("unjoin", gettext_lazy("%(actor)s answered that their stakeholder does not organize")),
    ("late_change", gettext_lazy("%(actor)s changed the meeting after the closing (%(fields)s)")),
):
    sentence(f"events.proposal.{_name}", _text, audience=Audience.SUBJECT)
for _name, _text in (
    ("allow_second", gettext_lazy("%(actor)s allowed a second proposal of this organization")),
    ("speaker_asked", gettext_lazy("%(actor)s asked a speaker by e-mail")),
    ("speaker_confirmed", gettext_lazy("A speaker confirmed")),
    ("speaker_declined", gettext_lazy("A speaker answered that they will not speak")),
    ("merge_suggested", gettext_lazy("%(actor)s suggested to merge the proposal with another")),
    ("merge_agreed", gettext_lazy("%(actor)s agreed to merge the proposals")),
    ("merge_refused", gettext_lazy("%(actor)s did not agree to merge the proposals")),
    ("merge_dropped", gettext_lazy("%(actor)s took back the suggestion to merge")),
    ("joined_by", gettext_lazy("Another proposal was merged into this one")),
):
    sentence(f"events.proposal.{_name}", _text, audience=Audience.SUBJECT)
sentences_of("events.proposal")
