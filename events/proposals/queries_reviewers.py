"""Who reviews, and who reviews which proposal."""

from django.db.models import Q, QuerySet

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from events.proposals.models import Proposal, ReviewArea

KIND = Proposal._meta.label_lower


def reviewers() -> QuerySet[User]:
    """Return the people with the role that reviews, by name."""
    return holders_of(Role.EVENTS).order_by("name", "pk")


def reviewer_for(proposal: Proposal) -> User | None:
    """Return the reviewer whom the areas name: by the theme first, then by the region of the lead."""
    region = proposal.lead.country.region_id if proposal.lead.country else None
    areas = ReviewArea.objects.filter(event=proposal.event_id, reviewer__is_active=True).filter(
        Q(theme__isnull=False, theme=proposal.theme_id) | Q(region__isnull=False, region=region)
    )
    ordered = sorted(areas.select_related("reviewer"), key=lambda area: area.theme_id is None)
    return ordered[0].reviewer if ordered else None
