"""The whole event is moved or cancelled: followers, participants, organizers and speakers hear it once.

Whoever organizes and is registered gets the mail to organizers alone; it brings the calendar file too.
Speakers are written to at the address that was given for them.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.events.actions import (
    NEAR,
    PLACE_AND_TIME,
    keep_reminder,
    lock_event,
    lock_for_change,
    refresh_index_and_pages,
    refuse_incomplete,
    tell_followers,
    write_event,
)
from events.events.dates import begins
from events.events.enums import EventStatus
from events.events.models import Event
from events.hooks import after_change
from events.proposals.actions import close_mergers
from events.proposals.actions_speakers import letters_to
from events.proposals.enums import ProposalStatus, SpeakerStatus
from events.proposals.models import Proposal, Speaker
from events.proposals.queries import people_to_tell
from events.registrations.actions_clock import tell_people
from events.registrations.actions_seats import hold_seats, settle
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration, RegistrationRules
from notifications.follows.actions import drop_deadline
from notifications.outbox.actions import Telling, mail_each, notify_each
from workflow.drafts.models import DraftDecision
from workflow.items.actions import close_items, close_items_of
from workflow.moves.actions import move

S = ProposalStatus
# What may still become a meeting, and what is one.
CONCERNED = (S.DRAFT, *S.UNDER_WAY, S.ACCEPTED)
SPEAKER_TOLD = "events.speaker_event"
MOVED, CANCELLED = "moved", "cancelled"


def reschedule_event(
    event: Event, *, actor: User, version: int, values: Mapping[str, Any], note: str = ""
) -> Event:
    """Move a published event in time or place, and inform everybody whom that concerns."""
    note = clean_block(note)
    with transaction.atomic():
        event = lock_for_change(event, actor, version)
        if event.status != EventStatus.PUBLISHED:
            raise WrongState(_("Only a published event is moved. A draft is simply changed."))
        before = _when_and_where(event)
        fields = write_event(event, {name: value for name, value in values.items() if name in PLACE_AND_TIME})
        if not fields:
            raise DomainError(_("Nothing has changed: the event is where and when it was."))
        refuse_incomplete(event)
        if set(fields) <= {"link"}:  # nobody's calendar shows it
            record(event, "events.event.change", actor=actor, fields="link")
            return event
        after = _when_and_where(event)
        record(
            event,
            "events.event.reschedule",
            actor=actor,
            starts=_by_its_clock(event),
            before=before,
            after=after,
        )
        refresh_index_and_pages(event)
        keep_reminder(event)
        facts = {"title": event.title, "note": note, **begins(event)}
        tell_followers(event, "events.event_moved", f"event:{event.pk}:moved:{event.sequence}", facts)
        tell_change(event, MOVED, actor=actor, note=note)
    return event


def cancel_event(event: Event, *, actor: User, note: str) -> Event:
    """Cancel a published event with a reason that everybody reads; it stays on the calendar, marked so."""
    note = clean_block(note)
    with transaction.atomic():
        event = lock_event(event)
        if not actor.has_perm("events.cancel_event", event):
            raise PermissionDenied
        move(event, "cancel", actor=actor, note=note, sequence=event.sequence + 1)
        close_items(event)
        drop_deadline(event, NEAR)
        refresh_index_and_pages(event)
        facts = {"title": event.title, "note": note}
        tell_followers(event, "events.event_cancelled", f"event:{event.pk}:cancelled", facts)
        tell_change(event, CANCELLED, actor=actor, note=note)
    return event


def tell_change(event: Event, change: str, *, actor: User, note: str) -> None:
    """Inform everybody who is registered, organizes or speaks there, and the apps above.

    Called in the transaction of the act.
    """
    tell_registered(event, change, note)
    tell_organizers(event, change, note)
    after_change(event, change, actor, note)


# --- Whom it concerns -------------------------------------------------------------------------------
def organizers_at(event: Event) -> dict[int, tuple[User, list[Proposal]]]:
    """Return, by id of the person, the person and what their organizations lead or organize at the event."""
    proposals = list(Proposal.objects.filter(event=event, status__in=CONCERNED).order_by("number", "pk"))
    people_by_proposal = people_to_tell(proposals)
    organizers: dict[int, tuple[User, list[Proposal]]] = {}
    for proposal in proposals:
        for person in people_by_proposal[proposal.pk]:
            organizers.setdefault(person.pk, (person, []))[1].append(proposal)
    return organizers


def change_key(event: Event, change: str) -> str:
    """Return the part of the key that is the same for everybody who is informed of this change."""
    return f"event:{event.pk}:{change}:{event.sequence}"


def tell_organizers(event: Event, change: str, note: str) -> None:
    """Inform the organizers of meetings at the event, and close their work items where it is cancelled.

    Called in the transaction of the act.
    """
    people = organizers_at(event)
    event_change = "event_cancelled" if change == "cancelled" else "event_moved"
    facts = {"event": event.title, "note": note, **({} if change == "cancelled" else begins(event))}
    notify_each(
        "events.organizer_event_cancelled" if change == "cancelled" else "events.organizer_event_moved",
        [
            Telling(
                person,
                change_key(event, event_change),
                *_page(event, theirs),
                {**facts, "meetings": " · ".join(f"“{proposal}”" for proposal in theirs)},
                event,
            )
            for person, theirs in people.values()
        ],
    )
    _tell_speakers(event, event_change, facts, {person.email.lower() for person, _theirs in people.values()})
    if change == "cancelled":
        _close_what_waits(event)


def _page(event: Event, theirs: list[Proposal]) -> tuple[str, list[Any]]:
    """Return the page for organizers: that of the event, unless nobody may see it any more."""
    if event.is_shown:
        return "events:event", [event.pk, event.slug]
    return "events:proposal", [theirs[0].pk]


def _tell_speakers(event: Event, event_change: str, facts: dict[str, Any], informed: set[str]) -> None:
    """Write to speakers who confirmed or were asked: one mail to an address, however many meetings.

    `informed`: addresses that got another mail about this change. Of a cancelled event participants got one,
    too; of one that is moved speakers have to answer.
    """
    named = Q(status=SpeakerStatus.CONFIRMED) | Q(status=SpeakerStatus.NAMED, asked_at__isnull=False)
    rows = Speaker.objects.filter(named, proposal__event=event, proposal__status__in=CONCERNED)
    if event_change == "event_cancelled":
        registered = Registration.objects.live().filter(rules__event=event)
        informed = informed | {
            email.lower() for email in registered.values_list("user__email", flat=True) if email
        }
    by_address: dict[str, list[Speaker]] = defaultdict(list)
    rows = rows.exclude(address="").select_for_update(of=("self",), no_key=True)
    for speaker in rows.select_related("proposal__event", "proposal__lead", "proposal__author").order_by(
        "pk"
    ):
        by_address[speaker.address.lower()].append(speaker)
    speaking = [many for address, many in by_address.items() if address not in informed]
    titles = {many[0].pk: " · ".join(f"“{speaker.proposal}”" for speaker in many) for many in speaking}
    mail_each(
        SPEAKER_TOLD,
        letters_to(
            [many[0] for many in speaking],
            change_key(event, event_change),
            lambda speaker: {**facts, "what": event_change, "meetings": titles[speaker.pk]},
        ),
    )


def _close_what_waits(event: Event) -> None:
    """Close what the desk would have decided, and what organizers would have answered one another."""
    kind = Proposal._meta.label_lower
    pks = list(Proposal.objects.filter(event=event).values_list("pk", flat=True))
    close_items_of(Proposal, pks)
    DraftDecision.objects.filter(subject_kind=kind, subject_id__in=pks, decision=None).delete()
    close_mergers(pks)


def tell_registered(event: Event, change: str, note: str) -> None:
    """Inform everybody registered that the event moved or was cancelled (E-24), and end the queues.

    Organizers of meetings there get another mail. Whoever waited is not informed a second time that the
    waiting ended.
    """
    states = (
        RegistrationStatus.PENDING,
        RegistrationStatus.WAITING,
        RegistrationStatus.OFFERED,
        RegistrationStatus.CONFIRMED,
    )
    rules = RegistrationRules.objects.filter(event=event).first()
    if rules is None:
        return
    organizers = organizers_at(event)
    with hold_seats(rules.pk) as tally:
        kind = "events.registration_event_cancelled" if change == "cancelled" else "events.registration_moved"
        once = str(tally.rules.event.sequence)
        tell_people(event, kind, once, states=states, but=organizers, note=note)
        if change == "cancelled":
            settle(tally, silent=True)


def _when_and_where(event: Event) -> dict[str, Any]:
    """Return codes and instants for the public list of changes."""
    return {
        "starts_at": event.starts_at.isoformat() if event.starts_at else "",
        "ends_at": event.ends_at.isoformat() if event.ends_at else "",
        "zone": event.zone,
        "mode": event.mode,
        "city": event.city,
        "country": event.country_id or "",
        "venue": event.venue,
        "whole_days": event.whole_days,
    }


def _by_its_clock(event: Event) -> str:
    """Return "2027-05-03 09:00 (Europe/Vienna)", which is in no language."""
    if event.starts_at is None:
        return ""
    local = event.starts_at.astimezone(event.clock)
    return f"{local:%Y-%m-%d}" if event.whole_days else f"{local:%Y-%m-%d %H:%M} ({event.zone})"
