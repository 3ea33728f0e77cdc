"""The whole event is moved or cancelled: whoever organizes at it, proposed for it or speaks hears it, once.

Whoever organizes and is registered, too, gets this mail alone; it brings the calendar file, like that of the
registration. Speakers are written to at the address that was given for them.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from accounts.people.models import User
from events.events.dates import begins
from events.events.models import Event
from events.proposals.actions import close_mergers
from events.proposals.actions_speakers import letters_to
from events.proposals.enums import ProposalStatus, SpeakerStatus
from events.proposals.models import Proposal, Speaker
from events.proposals.queries import people_to_tell
from events.registrations.actions_clock import tell_people
from events.registrations.actions_seats import hold_seats, settle
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration, RegistrationRules
from notifications.outbox.actions import Telling, mail_each, notify_each
from workflow.drafts.models import DraftDecision
from workflow.items.actions import close_items_of

S = ProposalStatus
# What may still become a meeting, and what is one.
CONCERNED = (S.DRAFT, *S.UNDER_WAY, S.ACCEPTED)
SPEAKER_TOLD = "events.speaker_event"


def organizers_at(event: Event) -> dict[int, tuple[User, list[Proposal]]]:
    """Person → what their organizations lead, propose or hold with others at the event. Three statements."""
    proposals = list(Proposal.objects.filter(event=event, status__in=CONCERNED).order_by("number", "pk"))
    told = people_to_tell(proposals)
    found: dict[int, tuple[User, list[Proposal]]] = {}
    for one in proposals:
        for person in told[one.pk]:
            found.setdefault(person.pk, (person, []))[1].append(one)
    return found


def once(event: Event, change: str) -> str:
    """The key of everything that is told of this change, to whomever."""
    return f"event:{event.pk}:{change}:{event.sequence}"


def tell_organizers(event: Event, change: str, _actor: Any, note: str) -> None:
    """In the transaction of the act. Of what is cancelled nothing waits for anybody any more."""
    people = organizers_at(event)
    what = "event_cancelled" if change == "cancelled" else "event_moved"
    facts = {"event": event.title, "note": note, **({} if change == "cancelled" else begins(event))}
    notify_each(
        "events.organizer_event_cancelled" if change == "cancelled" else "events.organizer_event_moved",
        [
            Telling(
                person,
                once(event, what),
                *_page(event, theirs),
                {**facts, "meetings": " · ".join(f"“{one}”" for one in theirs)},
                event,
            )
            for person, theirs in people.values()
        ],
    )
    _tell_speakers(event, what, facts, {person.email.lower() for person, _theirs in people.values()})
    if change == "cancelled":
        _nothing_waits(event)


def _page(event: Event, theirs: list[Proposal]) -> tuple[str, list[Any]]:
    """Where organizers read on: the event's page, unless nobody sees that any more."""
    if event.is_shown:
        return "events:event", [event.pk, event.slug]
    return "events:proposal", [theirs[0].pk]


def _tell_speakers(event: Event, what: str, facts: dict[str, Any], told: set[str]) -> None:
    """Who confirmed, or was asked and has not answered: one mail to an address, whatever they speak at.

    Of a cancelled event, who is registered was told of that; of one that is moved they have to answer.
    """
    named = Q(status=SpeakerStatus.CONFIRMED) | Q(status=SpeakerStatus.NAMED, asked_at__isnull=False)
    rows = Speaker.objects.filter(named, proposal__event=event, proposal__status__in=CONCERNED)
    if what == "event_cancelled":
        registered = Registration.objects.live().filter(rules__event=event)
        told = told | {one.lower() for one in registered.values_list("user__email", flat=True) if one}
    by_address: dict[str, list[Speaker]] = defaultdict(list)
    rows = rows.exclude(address="").select_for_update(of=("self",), no_key=True)
    for one in rows.select_related("proposal__event", "proposal__lead", "proposal__author").order_by("pk"):
        by_address[one.address.lower()].append(one)
    speaking = [many for address, many in by_address.items() if address not in told]
    titles = {many[0].pk: " · ".join(f"“{one.proposal}”" for one in many) for many in speaking}
    mail_each(
        SPEAKER_TOLD,
        letters_to(
            [many[0] for many in speaking],
            once(event, what),
            lambda one: {**facts, "what": what, "meetings": titles[one.pk]},
        ),
    )


def _nothing_waits(event: Event) -> None:
    """The desk need not decide, nor the organizers answer one another."""
    kind = Proposal._meta.label_lower
    pks = list(Proposal.objects.filter(event=event).values_list("pk", flat=True))
    close_items_of(Proposal, pks)
    DraftDecision.objects.filter(subject_kind=kind, subject_id__in=pks, decision=None).delete()
    close_mergers(pks)


def tell_registered(event: Event, change: str, _actor: Any, note: str) -> None:
    """The event moved or was cancelled: everybody registered is told at once (E-24); queues end with it.

    Who organizes a meeting there is told of both by another mail. Whoever waited was told that it is
    cancelled, and not again that the waiting ended.
    """
    told = (
        RegistrationStatus.PENDING,
        RegistrationStatus.WAITING,
        RegistrationStatus.OFFERED,
        RegistrationStatus.CONFIRMED,
    )
    rules = RegistrationRules.objects.filter(event=event).first()
    if rules is None:
        return
    organizers = organizers_at(event)
    with hold_seats(rules.pk) as kept:
        what = "events.registration_event_cancelled" if change == "cancelled" else "events.registration_moved"
        tell_people(event, what, str(kept.event.sequence), states=told, but=organizers, note=note)
        if change == "cancelled":
            settle(kept, silent=True)
