"""What the clock does for proposals: sensitive answers go some days after the event (E-22)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from audit.actions import record
from events.models import Proposal, ProposalRound, Speaker


def erase_sensitive(at: datetime | None = None) -> int:
    """Empty access needs and the gender of speakers so many days after the end as each round set.

    Logged on the round; twice is once, and what is answered later goes with the next night. Returns how many.
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
            kept = ProposalRound.objects.select_for_update(of=("self",), no_key=True).get(pk=rules.pk)
            needs = Proposal.objects.filter(event=rules.event_id).exclude(access_needs="")
            genders = Speaker.objects.filter(proposal__event=rules.event_id).exclude(gender="")
            if gone := needs.update(access_needs="") + genders.update(gender=""):
                ProposalRound.objects.filter(pk=kept.pk).update(erased_at=at)
                record(kept, "events.proposalround.erase", actor=None, number=gone)
        erased += gone
    return erased
