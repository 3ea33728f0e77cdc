"""Proposals for meetings in the registries of the apps below."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, sections
from accounts.people.enums import Role
from api.hooks import resources
from core.help_places import help_at
from events.events.files import calendar_file
from events.events.queries import event_visible
from events.proposals.api_own import OwnProposalResource
from events.proposals.models import Partner, Proposal
from events.proposals.queries import parties_on_many
from events.proposals.queries_own import rows_of
from notifications.hooks import asks_for_answer, kind
from stakeholders.entries.models import Membership
from stakeholders.entries.rules import acts_for_somebody, holds
from workflow.hooks import desk_pages, desk_roles, parties_on

PROPOSAL = "events.proposal"


def _event_known(user: Any, pk: int | None) -> bool:
    """Return whether the person may see the event, or organizes at it.

    These hear that it ended, also where the desk took it down.
    """
    theirs = Proposal.objects.of_people(user).filter(event=pk)
    return pk is not None and (event_visible(user, pk) or theirs.exists())


def _parties_on(proposal: Proposal) -> set[str]:
    """Return its author, the lead, and everybody who was asked to organize with it (E-05)."""
    return parties_on_many([proposal])[proposal.pk]


parties_on.register(PROPOSAL, _parties_on)
desk_pages.register(PROPOSAL, "eventdesk:proposal")
desk_roles.register(PROPOSAL, (Role.EVENTS,))
sections.register(
    "proposals",
    Section(
        _("Proposals for meetings"),
        _("What you wrote, or authorized for your organization. It stays the organization's."),
        rows_of,
    ),
)


# --- What is told -----------------------------------------------------------------------------------------
def _of_parties(user: Any) -> QuerySet[Proposal]:
    """Return the proposals of the person's stakeholders, as lead or as co-organizer that has not declined."""
    theirs = Membership.objects.filter(user=user).values("stakeholder_id")
    joining = Partner.objects.filter(stakeholder__in=theirs).exclude(status="declined").values("proposal_id")
    return Proposal.objects.filter(Q(lead__in=theirs) | Q(pk__in=joining))


def _visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs of a person and a proposal that their stakeholder leads or is asked to organize."""
    pks = {pk for _person, pk in pairs}
    leading = Proposal.objects.filter(pk__in=pks).values_list("lead__memberships__user_id", "pk")
    joining = Partner.objects.filter(proposal__in=pks).exclude(status="declined")
    partners = joining.values_list("stakeholder__memberships__user_id", "proposal_id")
    return set(pairs) & {*leading, *partners}


def runs_events(user: Any) -> bool:
    return holds(user, Role.EVENTS)


YOURS = _("Your proposals for meetings")
_MESSAGE_KINDS: Iterable[tuple[str, Any, bool]] = (
    ("events.proposal_received", _("Your proposal was received"), True),
    ("events.proposal_to_authorize", _("A proposal of your organization needs you"), True),
    ("events.proposal_authorized", _("A proposal was authorized"), False),
    ("events.proposal_incomplete", _("Please complete a proposal"), True),
    ("events.proposal_accepted", _("Your proposal was accepted"), True),
    ("events.proposal_declined", _("Your proposal was declined"), True),
    ("events.proposal_withdrawn", _("A proposal was withdrawn"), False),
    ("events.proposal_cancelled", _("A meeting was cancelled"), True),
    ("events.proposal_link_due", _("The link of your online meeting is due"), True),
    ("events.proposal_merged", _("Two proposals became one"), True),
    ("events.proposal_merge_off", _("Two proposals are not merged"), False),
    ("events.proposal_joined", _("A co-organizer confirmed"), False),
    ("events.proposal_not_joined", _("A co-organizer declined"), False),
    ("events.proposal_left", _("A co-organizer left"), False),
    ("events.partner_asked", _("You are asked to organize a meeting together"), False),
    ("events.merge_asked", _("Suggestion to merge two proposals"), False),
    ("events.second_allowed", _("You may lead a second proposal"), False),
)
for _name, _label, _essential in _MESSAGE_KINDS:
    kind(
        _name,
        label=_label,
        group=YOURS,
        essential=_essential,
        among=_of_parties,
        visible_pairs=_visible_pairs,
        concerns=acts_for_somebody,
    )
asks_for_answer(
    "events.proposal_to_authorize",
    "events.proposal_incomplete",
    "events.proposal_link_due",
    "events.partner_asked",
    "events.merge_asked",
)
kind(
    "events.proposal_time_given",
    label=_("You have more time for a proposal"),
    group=YOURS,
    essential=True,
    concerns=acts_for_somebody,
)
# Mails to addresses without an account; their link opens the page.
kind(
    "events.speaker_asked",
    label=_("You are named as a speaker"),
    group=YOURS,
    secret=True,
    concerns=lambda _user: False,
)
kind(
    "events.speaker_told",
    label=_("A meeting at which you speak is moved or cancelled"),
    group=YOURS,
    secret=True,
    concerns=lambda _user: False,
)
kind(
    "events.speaker_event",
    label=_("An event at which you speak is moved or cancelled"),
    group=YOURS,
    secret=True,
    concerns=lambda _user: False,
)
for _name, _label in (
    ("events.organizer_event_moved", _("An event at which you organize a meeting is moved")),
    ("events.organizer_event_cancelled", _("An event at which you organize a meeting is cancelled")),
):
    kind(
        _name,
        label=_label,
        group=YOURS,
        essential=True,
        still_visible=_event_known,
        concerns=acts_for_somebody,
        attach=calendar_file,
    )
for _name, _label in (
    ("events.proposal_arrived", _("Proposal to review")),
    ("events.proposal_completed", _("An organizer has completed a proposal")),
    ("events.proposal_called_off", _("A meeting was cancelled by its organizer")),
):
    kind(
        _name,
        label=_label,
        group=_("Work of the desk"),
        among=Proposal.objects.visible_to,
        concerns=runs_events,
    )

help_at("taking-part#meetings", "events.proposals", "events.organizers", "events.speakers")

resources.register("me/proposals", OwnProposalResource)
