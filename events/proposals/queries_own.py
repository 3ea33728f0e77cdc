"""The proposals of one person, and what the pages of an event say of its proposals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.personal_data import data_field, data_fields
from events.events.enums import EventStatus
from events.events.models import Event
from events.hooks import Act, Urgency
from events.proposals.enums import Partnering, ProposalStatus
from events.proposals.models import Merger, Partner, Proposal, ProposalQuerySet, ProposalRound
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import entries_of
from stakeholders.entries.rules import memberships_of
from workflow.hooks import OwnRows, Rows

S = ProposalStatus


@dataclass(frozen=True)
class MyProposals:
    """Proposals on the page of tasks: asked to organize, to authorize, to write, to agree, and the others."""

    invitations: list[Partner]
    to_authorize: list[Proposal]
    waiting: list[Proposal]
    mergers: list[Merger]
    others: list[Proposal]

    def __bool__(self) -> bool:
        return any((self.invitations, self.to_authorize, self.waiting, self.mergers, self.others))


def my_rows(user: Any) -> dict[str, OwnRows]:
    """Return the rows from which `my_proposals` is made."""
    own = Proposal.objects.of_people(user)
    rows = {"own": OwnRows(own, lambda: _under_way(own))}
    admin_of = entries_of(user, MemberRole.ADMIN, standing=Status.TAKING_PART)
    if not admin_of:
        return rows
    invited = Partner.objects.filter(stakeholder__in=admin_of, status=Partnering.INVITED)
    under_way = {"proposal__status__in": (S.DRAFT, *S.UNDER_WAY), "proposal__event__status": "published"}
    mergers = Merger.objects.filter(closed_at=None).filter(
        Q(proposal__lead__in=admin_of, agreed_at=None) | Q(into__lead__in=admin_of, into_agreed_at=None)
    )
    return rows | {
        "invitations": OwnRows(
            invited,
            lambda: invited.filter(**under_way).select_related(
                "proposal__event", "proposal__lead", "stakeholder"
            ),
        ),
        "mergers": OwnRows(mergers.select_related("proposal__event", "proposal__lead", "into__lead")),
    }


_SHOWN = (
    *("title", "status", "number", "language", "authorized_at", "submitted_at", "complete_by"),
    *("event__title", "event__translations", "event__language", "event__round__closes_at"),
    *("event__round__zone", "lead__name"),
)


def _under_way(proposals: ProposalQuerySet) -> QuerySet[Proposal]:
    rows = proposals.exclude(event__ends_at__lt=now()).exclude(event__status__in=EventStatus.OFF)
    return rows.select_related("event__round", "lead").only(*_SHOWN).order_by("-updated_at")[:50]


def my_proposals(user: Any, rows: Rows) -> MyProposals:
    """Sort the rows of `my_rows` by what is to be done."""
    own: list[Proposal] = list(rows["own"])
    leads = {
        pk
        for pk, role, status in memberships_of(user)
        if role == MemberRole.ADMIN and status in Status.TAKING_PART
    }
    unauthorized = [
        proposal
        for proposal in own
        if proposal.status in S.UNDER_WAY and not proposal.counts and proposal.lead_id in leads
    ]
    waiting = [proposal for proposal in own if proposal.is_written]
    return MyProposals(
        list(rows["invitations"]),
        unauthorized,
        waiting,
        list(rows["mergers"]),
        [proposal for proposal in own if proposal not in waiting and proposal not in unauthorized],
    )


def rows_of(user: User) -> Iterable[Any]:
    """Yield, for "my data", what the person wrote or authorized."""
    theirs = Proposal.objects.filter(Q(author=user) | Q(authorized_by=user)).select_related(
        "event", "lead", "language", "theme"
    )
    for proposal in theirs.order_by("pk"):
        yield [
            data_field("event", _("event"), proposal.event.title),
            *data_fields(proposal, "title", "summary", "lead", "status", "submitted_at", "authorized_at"),
        ]


# --- What the pages of one event say of its proposals ------------------------------------------------


def event_part(user: Any, event: Event) -> Mapping[str, Any] | None:
    """Return the round, where there is one that has been announced, and the person's own proposals for it."""
    rules = ProposalRound.objects.filter(event=event, opens_at__isnull=False).first()
    if rules is None:
        return None
    signed_in = user.is_authenticated and user.is_active
    own = Proposal.objects.of_people(user).filter(event=event) if signed_in else Proposal.objects.none()
    act = None
    if rules.is_open and not event.is_cancelled and not event.is_over:
        url = reverse("events:propose", args=[event.pk, event.slug])
        act = Act(Urgency.CONTRIBUTE, _("Propose a meeting"), url)
    proposals = list(own.select_related("lead").order_by("pk")[:20])
    return {"rules": rules, "event": event, "own": proposals, "act": act}


def desk_part(user: Any, event: Event) -> Mapping[str, Any] | None:
    """Return how many proposals have each status, for the desk."""
    if not user.has_perm("events.review_proposals"):
        return None
    rules = ProposalRound.objects.filter(event=event).first()
    rows = Proposal.objects.visible_to(user).filter(event=event).exclude(submitted_at=None)
    numbers = dict(rows.order_by().values_list("status").annotate(number=Count("pk")))
    return {"rules": rules, "event": event, "numbers": numbers, "sent": sum(numbers.values())}
