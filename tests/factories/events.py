"""Events and proposals for tests.

EventFactory(): a published session of three days that begins in sixty. RoundFactory(): an open round of
proposals for one. ProposalFactory(): a complete draft for it; proposal_in(state): one in that state.
"""

from datetime import timedelta
from typing import Any

import factory
from django.utils.timezone import now

from events.events.models import Event
from events.proposals.models import Partner, Proposal, ProposalRound, Speaker
from tests.factories.stakeholders import StakeholderFactory


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event

    kind = "congress"
    title = factory.Sequence(lambda n: f"Session number {n}")
    about = "What it is about."
    language_id = "en"
    status = "published"
    starts_at = factory.LazyFunction(lambda: now() + timedelta(days=60))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(days=3))
    city = "Vienna"
    published_at = factory.LazyFunction(now)
    has_programme = True


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalRound

    event = factory.SubFactory(EventFactory)
    opens_at = factory.LazyFunction(lambda: now() - timedelta(days=5))
    closes_at = factory.LazyFunction(lambda: now() + timedelta(days=20))
    edits_until = factory.LazyFunction(lambda: now() + timedelta(days=40))


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proposal

    event = factory.SubFactory(EventFactory)
    lead = factory.SubFactory(StakeholderFactory)
    title = factory.Sequence(lambda n: f"Meeting number {n}")
    summary = "What will be shown and discussed."
    language_id = "en"
    mode = "in_person"
    logos_agreed = True
    mission_informed = True


class SpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Speaker

    proposal = factory.SubFactory(ProposalFactory)
    name = factory.Sequence(lambda n: f"Speaker {n}")
    affiliation = "Institute"


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partner

    proposal = factory.SubFactory(ProposalFactory)
    stakeholder = factory.SubFactory(StakeholderFactory)


def proposal_in(state: str, **fields: Any) -> Proposal:
    """A proposal in that state, with what the state asks for."""
    if state != "draft":
        fields.setdefault("submitted_at", now())
        fields.setdefault("authorized_at", now())
    if state in {"accepted", "cancelled", "hidden", "removed"} and "number" not in fields:
        fields["number"] = Proposal.objects.count() + 1
    if state == "merged":
        fields.setdefault("merged_into", ProposalFactory(event=fields.setdefault("event", EventFactory())))
    proposal: Proposal = ProposalFactory(status=state, **fields)
    return proposal


def full_draft(event: Event | None = None, lead: Any = None, **fields: Any) -> Proposal:
    """A draft in an open round that could be sent as it is."""
    event = event or RoundFactory().event
    proposal: Proposal = ProposalFactory(
        event=event, theme_id="trafficking-in-persons", **({"lead": lead} if lead else {}), **fields
    )
    proposal.spoken.set(["en"])
    return proposal


def sent_for(event: Event | None = None, lead: Any = None, *, author: Any = None, **fields: Any) -> Proposal:
    """A proposal that an administrator of its lead has sent, by the portal's own act."""
    from events.proposals.actions import submit
    from tests.factories.stakeholders import member_of

    proposal = full_draft(event, lead, **fields)
    author = author or member_of(proposal.lead)
    proposal.author = author
    proposal.save(update_fields=["author"])
    submitted, _receipt = submit(proposal, actor=author)
    return submitted
