"""The proposals of one person, and what the pages of an event say of its proposals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.personal_data import data_field, data_fields
from events.events.enums import EventStatus
from events.events.models import Event
from events.proposals.enums import Partnering, ProposalStatus
from events.proposals.models import Merger, Partner, Proposal, ProposalRound
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import entries_of
from stakeholders.entries.rules import memberships_of
from workflow.hooks import Rows

S = ProposalStatus


@dataclass(frozen=True)
class MyProposals:
    """Proposals on the page of tasks: asked to organize, to authorize, to write, to agree, and the others."""

    asked: list[Partner]
    to_authorize: list[Proposal]
    waiting: list[Proposal]
    mergers: list[Merger]
    others: list[Proposal]

    def __bool__(self) -> bool:
        return any((self.asked, self.to_authorize, self.waiting, self.mergers, self.others))


def my_rows(user: Any) -> Rows:
    """What `my_proposals` tells."""
    own = (
        Proposal.objects.of_people(user)
        .exclude(event__ends_at__lt=now())
        .exclude(event__status__in=EventStatus.OFF)
        .select_related("event__round", "lead")
        .order_by("-updated_at")[:50]
    )
    admin_of = entries_of(user, MemberRole.ADMIN, standing=Status.TAKING_PART)
    asked = Partner.objects.filter(
        stakeholder__in=admin_of,
        status=Partnering.INVITED,
        proposal__status__in=(S.DRAFT, *S.UNDER_WAY),
        proposal__event__status="published",
    )
    mergers = Merger.objects.filter(closed_at=None).filter(
        Q(proposal__lead__in=admin_of, agreed_at=None) | Q(into__lead__in=admin_of, into_agreed_at=None)
    )
    return {
        "own": own,
        "asked": asked.select_related("proposal__event", "proposal__lead", "stakeholder"),
        "mergers": mergers.select_related("proposal__event", "proposal__lead", "into__lead"),
    }


def my_proposals(user: Any, found: Rows) -> MyProposals:
    """Of `my_rows`."""
    own: list[Proposal] = list(found["own"])
    leads = {
        pk
        for pk, role, status in memberships_of(user)
        if role == MemberRole.ADMIN and status in Status.TAKING_PART
    }
    unauthorized = [
        one for one in own if one.status in S.UNDER_WAY and not one.counts and one.lead_id in leads
    ]
    waiting = [one for one in own if one.is_written]
    return MyProposals(
        list(found["asked"]),
        unauthorized,
        waiting,
        list(found["mergers"]),
        [one for one in own if one not in waiting and one not in unauthorized],
    )


def rows_of(user: User) -> Iterable[Any]:
    """For "my data": what the person wrote or authorized."""
    theirs = Proposal.objects.filter(Q(author=user) | Q(authorized_by=user)).select_related(
        "event", "lead", "language", "theme"
    )
    for one in theirs.order_by("pk"):
        yield [
            data_field("event", _("event"), one.event.title),
            *data_fields(one, "title", "summary", "lead", "status", "submitted_at", "authorized_at"),
        ]


# --- What the pages of one event say of its proposals ------------------------------------------------


def event_part(user: Any, event: Event) -> Mapping[str, Any] | None:
    """The round, where there is one that has been announced, and the person's own proposals for it."""
    rules = ProposalRound.objects.filter(event=event, opens_at__isnull=False).first()
    if rules is None:
        return None
    signed_in = user.is_authenticated and user.is_active
    own = Proposal.objects.of_people(user).filter(event=event) if signed_in else Proposal.objects.none()
    return {"rules": rules, "event": event, "own": list(own.select_related("lead").order_by("pk")[:20])}


def desk_part(user: Any, event: Event) -> Mapping[str, Any] | None:
    """How many proposals stand where."""
    if not user.has_perm("events.review_proposals"):
        return None
    rules = ProposalRound.objects.filter(event=event).first()
    rows = Proposal.objects.visible_to(user).filter(event=event).exclude(submitted_at=None)
    numbers = dict(rows.order_by().values_list("status").annotate(number=Count("pk")))
    return {"rules": rules, "event": event, "numbers": numbers, "sent": sum(numbers.values())}
