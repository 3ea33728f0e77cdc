"""Speakers who confirmed hear that their meeting is moved, taken out or cancelled, and nobody else's (E-10).

By the mail that they know: to the address that was given for them, with a new way in to their page.
"""

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from events.actions.proposals import facts_of
from events.actions.speakers import digest
from events.enums import ProposalStatus, SpeakerStatus
from events.models import Event, Proposal, Speaker
from notifications.actions import Letter, mail_each

KIND = "events.speaker_told"


def speakers_to_tell(meetings: Collection[int]) -> Any:
    """Those of these meetings (ids) who said that they speak, where there is an address."""
    confirmed = Speaker.objects.filter(proposal__in=meetings, status=SpeakerStatus.CONFIRMED)
    return confirmed.exclude(address="")


def tell_speakers(once: str, facts: Mapping[int, Mapping[str, Any]]) -> int:
    """Tell the speakers of these meetings; `facts`: meeting's id → what is told.

    In a fixed number of statements. A way in that was sent before no longer leads anywhere. Returns how many
    were told.
    """
    rows = speakers_to_tell(facts.keys()).order_by("pk").select_for_update(of=("self",), no_key=True)
    told = list(rows.select_related("proposal__event", "proposal__lead", "proposal__author"))
    letters = []
    for one in told:
        meeting = one.proposal
        token = secrets.token_urlsafe(32)
        one.token_hash = digest(token)
        language = meeting.author.language if meeting.author else meeting.event.language_id
        with override(language):
            url = reverse("events:speaker", args=[token])
        said = facts_of(meeting, name=one.name, number=meeting.number or 0, **facts[meeting.pk])
        letters.append(
            Letter(one.address, language, f"speaker:{one.pk}:{once}", url=url, facts=said, subject=meeting)
        )
    if told:
        Speaker.objects.bulk_update(told, ["token_hash"])
    mail_each(KIND, letters)
    return len(told)


def tell_of_cancelled(event: Event, change: str, _actor: Any, note: str) -> None:
    """With the event its meetings are cancelled; of one that is moved, the desk moves the meetings."""
    if change == "cancelled":
        meetings = Proposal.objects.filter(event=event, status=ProposalStatus.ACCEPTED)
        facts = {"kind": "cancelled", "note": note}
        tell_speakers(f"event:{event.sequence}", dict.fromkeys(meetings.values_list("pk", flat=True), facts))
