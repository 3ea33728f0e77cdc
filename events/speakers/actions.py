"""Speakers say for themselves whether they speak: asked by mail, answered on a page of their own.

The way in is a random token; the row keeps its SHA-256 alone, so that who reads the database cannot answer.
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
    """Send the speaker a mail with a way to answer; an earlier one no longer leads anywhere."""
    with transaction.atomic():
        kept = lock_proposal(speaker.proposal, actor, "events.change_proposal")
        one = Speaker.objects.select_for_update(no_key=True).filter(pk=speaker.pk, proposal=kept).first()
        if one is None:
            raise WrongState(_("This speaker is not named any more."))
        if not kept.can_be_held:
            raise WrongState(_("This proposal is over; no answers are needed any more."))
        if not one.address:
            raise DomainError(_("Give the speaker’s e-mail address first, and save."))
        spend("events.ask_speaker", f"{kept.pk}:{one.address.lower()}", most=ASKS_A_DAY, seconds=24 * 3600)
        # Addresses are typed freely: nobody mails the whole world through a draft.
        spend("events.ask_speakers", str(actor.pk), most=PERSON_ASKS_A_DAY, seconds=24 * 3600)
        token = secrets.token_urlsafe(32)
        one.token_hash, one.asked_at = digest_of(token), now()
        one.save(update_fields=["token_hash", "asked_at"])
        language = actor.language
        with override(language):
            url = reverse("events:speaker", args=[token])
        mail_address(
            one.address,
            "events.speaker_asked",
            key=f"speaker:{one.pk}:{one.asked_at.isoformat()}",
            language=language,
            url=url,
            facts=facts_of(kept, name=one.name, role=one.role),
            subject=kept,
        )
        record(kept, "events.proposal.speaker_asked", actor=actor, speaker=one.pk)


def by_token(token: str) -> Speaker | None:
    """The speaker whom this token lets in, with the meeting."""
    rows = Speaker.objects.select_related("proposal__event__round", "proposal__lead")
    return rows.filter(token_hash=digest_of(token)).first()


def answer(token: str, *, speaks: bool, affiliation: str = "", mode: str = "", gender: str = "") -> Speaker:
    """What the speaker says. Raises WrongState where the way in is no longer good."""
    with transaction.atomic():
        found = by_token(token)
        if found is None:
            raise WrongState(_("This link is no longer valid. Ask the organizer for another e-mail."))
        rows = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
        kept = rows.get(pk=found.proposal_id)
        one = Speaker.objects.select_for_update(no_key=True).filter(token_hash=digest_of(token)).first()
        if one is None or not kept.can_be_held:
            raise WrongState(_("This meeting will not take place; there is nothing to answer any more."))
        one.status = SpeakerStatus.CONFIRMED if speaks else SpeakerStatus.DECLINED
        one.answered_at = now()
        if speaks:
            one.affiliation = clean_line(affiliation) or one.affiliation
            one.mode = mode if mode in Mode.values else one.mode
            one.gender = gender if gender in SpeakerGender.values else ""
        one.save(update_fields=["status", "answered_at", "affiliation", "mode", "gender"])
        what = "speaker_confirmed" if speaks else "speaker_declined"
        record(kept, f"events.proposal.{what}", actor=None, speaker=one.pk)
    return one
