"""Proposals when stakeholders are merged, and the questions of eligibility in the back office."""

from typing import Any

from django.utils.timezone import now

from accounts.hooks import kept_lists
from accounts.people.enums import Role
from core.help_places import help_at
from events.proposals.models import Partner
from events.reviewing.models import EligibilityQuestion
from events.rounds.models import TrustedProposer
from stakeholders.hooks import before_merge
from taxonomy.curation.wiring import KINDS


def _settle(staying: Any, gone: Any) -> None:
    """Remove co-organizers that would be double, before two stakeholders become one."""
    both = Partner.objects.filter(stakeholder=gone)
    both.filter(proposal__partners__stakeholder=staying).delete()
    Partner.objects.filter(stakeholder=gone, proposal__lead=staying).delete()
    Partner.objects.filter(stakeholder=staying, proposal__lead=gone).delete()
    if TrustedProposer.objects.filter(stakeholder=staying, ended_at=None).exists():
        TrustedProposer.objects.filter(stakeholder=gone, ended_at=None).update(ended_at=now())


before_merge.register("events.partners", _settle)
kept_lists.register("events.eligibilityquestion", (Role.EVENTS, Role.ADMINISTRATOR))

# The list is edited by the same act as those of taxonomy.
KINDS[EligibilityQuestion._meta.label_lower] = EligibilityQuestion._meta.verbose_name

help_at("events#proposals", "events.reviewing", "events.rounds")
help_at("taking-part#meetings", "events:merger")
