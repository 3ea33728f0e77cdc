"""Speakers confirm or decline for themselves: asked by mail, answered on a page of their own.

The link holds a random token; the row stores its SHA-256 alone, so that who reads the database cannot answer.
"""

import secrets

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.people.models import User
from audit.actions import record
from core.digests import digest_of
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_line
from events.events.enums import Mode
from events.proposals.actions import lock_proposal
from events.proposals.enums import SpeakerGender, SpeakerStatus
from events.proposals.models import Proposal, Speaker
from events.proposals.queries import facts_of
from notifications.outbox.actions import mail_address

ASKS_A_DAY = 3
PERSON_ASKS_A_DAY = 40


def ask_speaker(speaker: Speaker, *, actor: User) -> None:
    """Send the speaker a mail with a link to answer; an earlier link stops working."""
    with transaction.atomic():
        proposal = lock_proposal(speaker.proposal, actor, "events.change_proposal")
        stored = (
            Speaker.objects.select_for_update(no_key=True).filter(pk=speaker.pk, proposal=proposal).first()
        )
        if stored is None:
            raise WrongState(_("This speaker is not named any more."))
        if not proposal.can_be_held:
            raise WrongState(_("This proposal is over; no answers are needed any more."))
        if not stored.address:
            raise DomainError(_("Give the speaker’s e-mail address first, and save."))
        spend(
            "events.ask_speaker",
            f"{proposal.pk}:{stored.address.lower()}",
            most=ASKS_A_DAY,
            seconds=24 * 3600,
        )
        # A limit for each person, too: addresses are typed freely, and a draft could mail anybody.
        spend("events.ask_speakers", str(actor.pk), most=PERSON_ASKS_A_DAY, seconds=24 * 3600)
        token = secrets.token_urlsafe(32)
        stored.token_hash, stored.asked_at = digest_of(token), now()
        stored.save(update_fields=["token_hash", "asked_at"])
        language = actor.language
        with override(language):
            url = reverse("events:speaker", args=[token])
        mail_address(
            stored.address,
            "events.speaker_asked",
            key=f"speaker:{stored.pk}:{stored.asked_at.isoformat()}",
            language=language,
            url=url,
            facts=facts_of(proposal, name=stored.name, role=stored.role),
            subject=proposal,
        )
        record(proposal, "events.proposal.speaker_asked", actor=actor, speaker=stored.pk)


def by_token(token: str) -> Speaker | None:
    """Return the speaker with this token, together with the meeting, or None."""
    rows = Speaker.objects.select_related("proposal__event__round", "proposal__lead")
    return rows.filter(token_hash=digest_of(token)).first()


def answer(token: str, *, speaks: bool, affiliation: str = "", mode: str = "", gender: str = "") -> Speaker:
    """Save the speaker's answer. Raises WrongState where the link is not valid any more."""
    with transaction.atomic():
        speaker = by_token(token)
        if speaker is None:
            raise WrongState(_("This link is no longer valid. Ask the organizer for another e-mail."))
        rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
        proposal = rows.get(pk=speaker.proposal_id)
        stored = Speaker.objects.select_for_update(no_key=True).filter(token_hash=digest_of(token)).first()
        if stored is None or not proposal.can_be_held:
            raise WrongState(_("This meeting will not take place; there is nothing to answer any more."))
        stored.status = SpeakerStatus.CONFIRMED if speaks else SpeakerStatus.DECLINED
        stored.answered_at = now()
        if speaks:
            stored.affiliation = clean_line(affiliation) or stored.affiliation
            stored.mode = mode if mode in Mode.values else stored.mode
            stored.gender = gender if gender in SpeakerGender.values else ""
        stored.save(update_fields=["status", "answered_at", "affiliation", "mode", "gender"])
        verb = "speaker_confirmed" if speaks else "speaker_declined"
        record(proposal, f"events.proposal.{verb}", actor=None, speaker=stored.pk)
    return stored
