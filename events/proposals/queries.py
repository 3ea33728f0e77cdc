"""What a proposal says and lacks, who may lead one, what may be done with it now, and who hears of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from core.drafts import Gap
from core.spreadsheet_cells import field_head
from core.word_counts import count_words
from events.events.enums import Mode
from events.events.models import Event
from events.proposals.enums import Partnering, ProposalStatus, SpeakerGender
from events.proposals.models import Merger, Partner, Proposal, ProposalRound, Speaker
from stakeholders.entries.enums import Kind, MemberRole
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.queries import admins_of
from workflow.moves.models import Decision
from workflow.receipts.models import Receipt

S = ProposalStatus
MOST_THEMES = 3
# What the desk may ask to be completed, in the order of the form.
ASKABLE = (
    "title",
    "summary",
    "language",
    "theme",
    "more_themes",
    "agenda_item",
    "mode",
    "link",
    "spoken",
    "interpretation",
    "supporting",
    "mission_informed",
    "equipment",
    "access_needs",
    "expected",
    "wishes",
    "speakers",
)


def for_page(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Load with the proposals all that a page about one shows."""
    partners = Partner.objects.select_related("stakeholder", "stakeholder__country")
    return proposals.select_related(
        "event",
        "event__round",
        "event__language",
        "lead",
        "lead__country",
        "language",
        "theme",
        "author",
        "authorized_by",
        "merged_into",
    ).prefetch_related(
        "more_themes", "spoken", "interpretation", "supporting", "speakers", Prefetch("partners", partners)
    )


def label_of(name: str) -> str:
    """Return the label of a field of the form."""
    if name == "speakers":
        return _("Speakers")
    return field_head(Proposal, name)


class Fact(NamedTuple):
    field: str
    label: str
    text: str
    # What its organizer wrote, in its own language, against what the portal says.
    is_own: bool


# What only the lead and whoever organizes with it need to read.
PRIVATE = frozenset(("link", "access_needs", "mission_informed"))
# What is erased some days after the event (E-22); the gender of speakers is no fact of this list.
SENSITIVE = frozenset(("access_needs",))


def facts_for_others(proposal: Proposal) -> list[Fact]:
    """Return the facts for those who are only asked to organize, or to merge."""
    return [fact for fact in facts(proposal) if fact.field not in PRIVATE]


def facts(proposal: Proposal, *, blank: bool = False) -> list[Fact]:
    """Return all answers of a proposal, without the blank ones unless they are wanted."""
    many = {
        name: ", ".join(str(term) for term in getattr(proposal, name).all())
        for name in ("more_themes", "spoken", "interpretation", "supporting")
    }
    texts: list[tuple[str, Any]] = [
        ("title", proposal.title),
        ("summary", proposal.summary),
        ("language", proposal.language),
        ("theme", proposal.theme),
        ("more_themes", many["more_themes"]),
        ("agenda_item", proposal.agenda_item),
        ("mode", proposal.get_mode_display() if proposal.mode else ""),
        ("link", proposal.link),
        ("spoken", many["spoken"]),
        ("interpretation", many["interpretation"]),
        ("supporting", many["supporting"]),
        ("mission_informed", _yes_or_no(proposal.mission_informed)),
        ("equipment", proposal.equipment),
        ("access_needs", proposal.access_needs),
        ("expected", proposal.expected),
        ("wishes", proposal.wishes),
    ]
    own = {"title", "summary", "agenda_item", "equipment", "access_needs", "wishes"}
    return [Fact(name, label_of(name), str(text or ""), name in own) for name, text in texts if text or blank]


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("Yes") if value else _("No")


def canonical_text(proposal: Proposal) -> str:
    """Return the text of a receipt: the event, the organizers, the answers, the speakers.

    What is erased after the event is not in it, since a receipt stays.
    """
    lines = [proposal.event.title, proposal.lead.name, ""]
    partners = proposal.partners.select_related("stakeholder").exclude(status=Partnering.DECLINED)
    lines += [
        f"{partner.stakeholder.name} ({partner.get_status_display()})" for partner in partners.order_by("pk")
    ]
    lines += [f"{fact.label}: {fact.text}" for fact in facts(proposal) if fact.field not in SENSITIVE]
    for speaker in proposal.speakers.order_by("position", "pk"):
        names = ", ".join(part for part in (speaker.name, speaker.affiliation) if part)
        lines.append(f"{speaker.get_role_display()}: {names}")
    return "\n".join(lines).strip()


def gaps(proposal: Proposal) -> list[Gap]:
    """Return what is still missing or too long, in the order of the form."""
    rules: ProposalRound = proposal.rules
    missing = []
    if not proposal.title:
        missing.append(Gap("title", gettext_lazy("Please give the meeting a title.")))
    words = count_words(proposal.summary)
    if not words:
        missing.append(Gap("summary", gettext_lazy("Please describe what will be shown and discussed.")))
    elif words > rules.most_words:
        missing.append(Gap("summary", too_long(words, rules.most_words)))
    if proposal.language_id is None:
        missing.append(Gap("language", gettext_lazy("Please choose the language in which you wrote.")))
    if proposal.theme_id is None:
        missing.append(Gap("theme", gettext_lazy("Please choose the main theme.")))
    if not proposal.mode:
        missing.append(Gap("mode", gettext_lazy("Please choose the format.")))
    if not proposal.spoken.all():
        missing.append(Gap("spoken", gettext_lazy("Please choose at least one language of the meeting.")))
    if proposal.mission_informed is None:
        missing.append(Gap("mission_informed", gettext_lazy("Please answer this question.")))
    if len(proposal.speakers.all()) > rules.most_speakers:
        missing.append(Gap("speakers", too_many_speakers(rules)))
    if not proposal.logos_agreed:
        missing.append(Gap("logos_agreed", gettext_lazy("Please agree to the declaration on logos.")))
    return missing


def too_long(words: int, most: int) -> str:
    return _("This has %(words)s words; %(most)s are allowed.") % {"words": words, "most": most}


def too_many_speakers(rules: ProposalRound) -> str:
    return _("A meeting has at most %(most)s speakers here. Please take some out.") % {
        "most": rules.most_speakers
    }


# --- Who ------------------------------------------------------------------------------------------------
def under_way(event: Event, lead_id: int) -> QuerySet[Proposal]:
    """Return the proposals that an organization leads at the event and that are not over."""
    return Proposal.objects.filter(event=event, lead=lead_id).exclude(status__in=S.NOT_HELD)


def people_of(proposal: Proposal) -> QuerySet[User]:
    """Return who is informed: administrators of the lead, and the author while belonging to it."""
    leading = Q(memberships__stakeholder=proposal.lead_id, memberships__role=MemberRole.ADMIN)
    writing = Q(pk=proposal.author_id) & Q(memberships__stakeholder=proposal.lead_id)
    return User.objects.filter(leading | writing, is_active=True).distinct()


def people_to_tell(proposals: Collection[Proposal]) -> dict[int, list[User]]:
    """Return, by id of the proposal, who is informed of a decision.

    These are `people_of`, and administrators of co-organizers.
    """
    partners = Partner.objects.filter(proposal__in=proposals, status=Partnering.CONFIRMED)
    parties: dict[int, set[int]] = defaultdict(set)
    for pk, stakeholder in partners.values_list("proposal_id", "stakeholder_id"):
        parties[pk].add(stakeholder)
    every = {proposal.lead_id for proposal in proposals} | {
        pk for joining in parties.values() for pk in joining
    }
    members: dict[int, list[Membership]] = defaultdict(list)
    for membership in (
        Membership.objects.filter(stakeholder__in=every, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    ):
        members[membership.stakeholder_id].append(membership)
    people_by_proposal = {}
    for proposal in proposals:
        people = {
            each.user_id: each.user
            for each in members[proposal.lead_id]
            if each.role == MemberRole.ADMIN or each.user_id == proposal.author_id
        }
        for party in sorted(parties[proposal.pk]):
            people |= {each.user_id: each.user for each in members[party] if each.role == MemberRole.ADMIN}
        people_by_proposal[proposal.pk] = list(people.values())
    return people_by_proposal


def speaks_for(user: Any, stakeholder_id: int) -> bool:
    """Return whether the person administers the stakeholder."""
    return admins_of(stakeholder_id).filter(pk=user.pk).exists()


# --- How it stands --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """What can be done with one proposal at this time."""

    opens: datetime | None
    closes: datetime | None
    is_open: bool
    has_more_time: bool
    organizers_locked: bool
    edits_until: datetime | None
    may_edit_late: bool
    may_complete: bool
    complete_by: datetime | None
    lacks_link: bool
    may_give_link: bool
    decision: Decision | None = None
    receipts: list[Receipt] = field(default_factory=list)


def may_edit_late(proposal: Proposal, at: datetime | None = None) -> bool:
    """Return whether it can be edited after the closing: what was sent, until the second date."""
    at = at or now()
    rules: ProposalRound = proposal.rules
    closes = rules.closes_for(proposal.party)
    return bool(
        proposal.status in (S.SUBMITTED, S.REVIEW, S.ACCEPTED)
        and not proposal.event.is_cancelled
        and closes is not None
        and closes < at
        and rules.edits_until is not None
        and at <= rules.edits_until
    )


def lacks_link(proposal: Proposal) -> bool:
    """Return whether an accepted online or hybrid meeting has no link for taking part yet."""
    off = proposal.event.is_cancelled or proposal.event.is_over
    return proposal.status == S.ACCEPTED and proposal.mode in Mode.REMOTE and not proposal.link and not off


def may_give_link(proposal: Proposal, at: datetime | None = None) -> bool:
    """Return whether the link can be given: until it is due, also where nothing else can be edited."""
    due = proposal.rules.link_until
    return due is not None and (at or now()) <= due and lacks_link(proposal)


def organizers_locked(proposal: Proposal) -> bool:
    """Return whether lead and co-organizers are final: after the closing, or once it is decided."""
    return proposal.status not in (S.DRAFT, *S.UNDER_WAY) or not proposal.rules.is_open_for(proposal.party)


def standing(proposal: Proposal) -> Standing:
    rules: ProposalRound = proposal.rules
    closes = rules.closes_for(proposal.party)
    return Standing(
        opens=rules.opens_at,
        closes=closes,
        is_open=rules.is_open_for(proposal.party),
        has_more_time=closes != rules.closes_at,
        organizers_locked=organizers_locked(proposal),
        edits_until=rules.edits_until,
        may_edit_late=may_edit_late(proposal),
        may_complete=proposal.status == S.INCOMPLETE and proposal.can_still_be_completed,
        complete_by=proposal.complete_by,
        lacks_link=lacks_link(proposal),
        may_give_link=may_give_link(proposal),
        decision=_decision_on(proposal),
        receipts=list(Receipt.objects.about(proposal)),
    )


def _decision_on(proposal: Proposal) -> Decision | None:
    """Return the move that led to the present status, whose note its people read. A moderator's is not."""
    moves = Decision.objects.about(proposal).filter(to_status=proposal.status)
    return moves.exclude(move="restore").first()


class Hint(NamedTuple):
    """Who organizes and speaks, in numbers and names; shown to its organizer and not stored."""

    kinds: list[str]
    regions: list[str]
    women: int
    men: int
    others: int
    unsaid: int

    @property
    def is_joint(self) -> bool:
        return len(self.kinds) > 1 or len(self.regions) > 1


def diversity(proposal: Proposal) -> Hint:
    """Return kinds and regions of the organizers that have not declined, and the genders of speakers."""
    partners = proposal.partners.exclude(status=Partnering.DECLINED).order_by().values("stakeholder_id")
    leading = Proposal.objects.filter(pk=proposal.pk).order_by().values("lead_id")
    organizers = Stakeholder.objects.filter(pk__in=leading.union(partners))
    kinds, regions = set(), {}
    for organizer in organizers.select_related("country__region"):
        kinds.add(str(Kind(organizer.kind).label))
        if organizer.country and organizer.country.region:
            regions[organizer.country.region_id] = organizer.country.region.name
    counted = dict(
        Speaker.objects.filter(proposal=proposal)
        .order_by()
        .values_list("gender")
        .annotate(number=Count("pk"))
    )
    return Hint(
        sorted(kinds),
        sorted(regions.values()),
        counted.get(SpeakerGender.WOMAN, 0),
        counted.get(SpeakerGender.MAN, 0),
        counted.get(SpeakerGender.ANOTHER, 0),
        counted.get("", 0),
    )


def open_mergers(proposal: Proposal) -> QuerySet[Merger]:
    """Return the suggested mergers of the proposal, on either side, that are not done."""
    return (
        Merger.objects.filter(Q(proposal=proposal) | Q(into=proposal), closed_at=None)
        .select_related("proposal__lead", "into__lead", "proposed_by")
        .order_by("pk")
    )


def meeting_of(user: Any, event: Event, number: int) -> Proposal | None:
    """Return the meeting with this number, where it is public or the person's own."""
    meetings = Proposal.objects.visible_to(user).filter(event=event, number=number)
    return meetings.select_related("shown__room", "lead", "theme", "language").first()


def parties_on_many(proposals: Collection[Proposal]) -> dict[int, set[str]]:
    """Return, by id, the parties of each proposal: its author, its lead, and who was asked to organize."""
    parties = {
        proposal.pk: {proposal.party} | ({f"person:{proposal.author_id}"} if proposal.author_id else set())
        for proposal in proposals
    }
    partners = Partner.objects.filter(proposal__in=list(parties)).order_by()
    for pk, stakeholder in partners.values_list("proposal_id", "stakeholder_id"):
        parties[pk].add(f"stakeholder:{stakeholder}")
    return parties


def facts_of(proposal: Proposal, **more: Any) -> dict[str, Any]:
    """Return the facts that every message about a proposal has."""
    common = {
        "event": proposal.event.title,
        "zone": proposal.event.zone,
        "title": str(proposal),
        "lead": proposal.lead.name,
    }
    return {**common, **more}
