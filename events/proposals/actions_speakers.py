"""Speakers who confirmed hear that their meeting is moved, taken out or cancelled, and nobody else's (E-10).

By the mail that they know: to the address that was given for them, with a new way in to their page.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from core.digests import digest_of
from events.proposals.enums import SpeakerStatus
from events.proposals.models import Proposal, Speaker
from events.proposals.queries import facts_of
from notifications.outbox.actions import Letter, mail_each
from workflow.moves.models import Decision

KIND = "events.speaker_told"


def speakers_to_tell(meetings: Collection[int]) -> Any:
    """Return the speakers of these meetings (ids) who confirmed and have an address."""
    confirmed = Speaker.objects.filter(proposal__in=meetings, status=SpeakerStatus.CONFIRMED)
    return confirmed.exclude(address="")


def tell_speakers(once: str, facts: Mapping[int, Mapping[str, Any]]) -> int:
    """Write to the speakers of these meetings; `facts` by id of the meeting. Return how many got a mail.

    Earlier links to a speaker's page stop working.
    """
    rows = speakers_to_tell(facts.keys()).order_by("pk").select_for_update(of=("self",), no_key=True)
    speakers = list(rows.select_related("proposal__event", "proposal__lead", "proposal__author"))
    mail_each(KIND, letters_to(speakers, once, lambda speaker: facts[speaker.proposal_id]))
    return len(speakers)


def tell_cancelled(meeting: Proposal, decision: Decision, *, note: str = "") -> None:
    """Inform the speakers that by this decision the meeting will not be held."""
    tell_speakers(f"cancelled:{decision.pk}", {meeting.pk: {"kind": "cancelled", "note": note}})


def letters_to(
    speakers: list[Speaker], once: str, facts: Callable[[Speaker], Mapping[str, Any]]
) -> list[Letter]:
    """Return one letter for each of these locked speakers, with a new link to their page."""
    letters = []
    for speaker in speakers:
        meeting = speaker.proposal
        token = secrets.token_urlsafe(32)
        speaker.token_hash = digest_of(token)
        language = meeting.author.language if meeting.author else meeting.event.language_id
        with override(language):
            url = reverse("events:speaker", args=[token])
        letter_facts = {**facts_of(meeting, name=speaker.name, number=meeting.number or 0), **facts(speaker)}
        letters.append(
            Letter(
                speaker.address,
                language,
                f"speaker:{speaker.pk}:{once}",
                url=url,
                facts=letter_facts,
                subject=meeting,
            )
        )
    if speakers:
        Speaker.objects.bulk_update(speakers, ["token_hash"])
    return letters
