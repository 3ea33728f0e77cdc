"""What the clock does for proposals: links that are due, and sensitive answers after the event (E-22)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from audit.actions import record
from audit.hooks import sentence
from events.events.enums import EventStatus, Mode
from events.proposals.actions import REMIND_DAYS, tell_people
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal, ProposalRound, Speaker


def remind_of_links() -> int:
    """Ask, three days before links are due, organizers of meetings without one; once for each due day."""
    soon = now() + timedelta(days=REMIND_DAYS)
    waiting = Proposal.objects.filter(
        status=ProposalStatus.ACCEPTED,
        mode__in=Mode.REMOTE,
        link="",
        event__status=EventStatus.PUBLISHED,
        event__round__link_until__gt=now(),
        event__round__link_until__lte=soon,
    )
    looked = 0
    for proposal in waiting.select_related("event__round", "lead").order_by("pk"):
        due = proposal.event.round.link_until
        until = due.isoformat() if due else ""
        with transaction.atomic():
            tell_people(proposal, "events.proposal_link_due", until, until=until)
        looked += 1
    return looked


def erase_sensitive(at: datetime | None = None) -> int:
    """Erase access needs and the gender of speakers, as many days after the end as each round says.

    Logged on the round. May run twice; what is answered later is erased in the next night. Returns how many.
    """
    at = at or now()
    erased = 0
    left = Q(event__proposals__access_needs__gt="") | Q(event__proposals__speakers__gender__gt="")
    over = ProposalRound.objects.filter(left, event__ends_at__lt=at).select_related("event").distinct()
    for rules in over.order_by("pk"):
        ends = rules.event.ends_at
        if ends is None or ends + timedelta(days=rules.retention_days) > at:
            continue
        with transaction.atomic():
            locked_round = ProposalRound.objects.select_for_update(of=("self",), no_key=True).get(pk=rules.pk)
            needs = Proposal.objects.filter(event=rules.event_id).exclude(access_needs="")
            genders = Speaker.objects.filter(proposal__event=rules.event_id).exclude(gender="")
            if gone := needs.update(access_needs="") + genders.update(gender=""):
                ProposalRound.objects.filter(pk=locked_round.pk).update(erased_at=at)
                record(locked_round, "events.proposalround.erase", actor=None, number=gone)
        erased += gone
    return erased


sentence("events.proposalround.erase", _("%(number)s sensitive answers were erased after the event"))
