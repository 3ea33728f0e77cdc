"""How an entry stands: who looks after it, what was decided, and what its people are asked to confirm."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from stakeholders.enums import STEPS, fields_of, steps_of
from stakeholders.models import Application, Membership, Stakeholder
from stakeholders.queries.applications import Section, answer_of

# What an application is asked for and an entry does not keep.
NOT_KEPT = frozenset(("papers", "no_paper_reason"))


def for_standing(stakeholders: QuerySet[Stakeholder]) -> QuerySet[Stakeholder]:
    """With all that a page about the standing of one entry shows."""
    return stakeholders.select_related("country", "mission_language")


def whole_entry(stakeholder: Stakeholder) -> list[Section]:
    """Everything that the entry says, by the steps of the registration. A query for each list of it."""
    sections = []
    for step in steps_of(stakeholder.kind):
        fields = [name for name in fields_of(stakeholder.kind, step) if name not in NOT_KEPT]
        if fields:
            sections.append(Section(step, STEPS[step], [answer_of(stakeholder, name) for name in fields]))
    return sections


def people_of(ids: Collection[int], *, roles: Collection[str] = ()) -> dict[int, list[Membership]]:
    """Who acts for each of these stakeholders, with their accounts. One query."""
    found = Membership.objects.filter(stakeholder__in=ids, user__is_active=True)
    if roles:
        found = found.filter(role__in=roles)
    people: dict[int, list[Membership]] = defaultdict(list)
    for one in found.select_related("user").order_by("stakeholder_id", "joined_at", "pk"):
        people[one.stakeholder_id].append(one)
    return people


def applications_about(stakeholder: Stakeholder) -> QuerySet[Application]:
    """What was sent about it, the newest first; for the desk."""
    return Application.objects.filter(stakeholder=stakeholder).sent().order_by("-submitted_at", "-pk")
