"""Parents and branches as a reader may see them, and what the desk must know of a parent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Upper

from core.subqueries import exists_in
from core.text import fold
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Kind, Status
from stakeholders.entries.models import KEY_LENGTH, Stakeholder
from stakeholders.family.enums import Side
from stakeholders.family.models import FamilyLink

MOST_BRANCHES = 100
MOST_FOUND = 10
# Who can be one end of a link: an organization that has not left.
LINKABLE = (Status.LISTED, Status.ACTIVE, Status.LAPSED)


@dataclass(frozen=True, slots=True)
class Family:
    """What one reader may see of an entry's parent and branches; `more` branches are not spelled out."""

    parent: Stakeholder | None = None
    branches: list[Stakeholder] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.branches) + self.more

    def __bool__(self) -> bool:
        return self.parent is not None or bool(self.branches)


def family_of(stakeholder: Stakeholder, user: Any) -> Family:
    """Return the confirmed parent and branches that `user` may find, by name."""
    visible = Stakeholder.objects.visible_to(user).exclude(status=Status.MERGED)
    above = Q(branch=stakeholder) & exists_in(visible, "parent")
    below = Q(parent=stakeholder) & exists_in(visible, "branch")
    links = (
        FamilyLink.objects.confirmed()
        .filter(above | below)
        .select_related("parent", "branch", "branch__country")
        .order_by("branch__sort_key", "branch_id")
    )
    parent, branches = None, []
    for link in links:
        if link.branch_id == stakeholder.pk:
            parent = link.parent
        elif link.branch is not None:
            branches.append(link.branch)
    return Family(parent, branches[:MOST_BRANCHES], max(0, len(branches) - MOST_BRANCHES))


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as the people of an entry, or the desk, look after it."""

    link: FamilyLink
    other: Stakeholder
    is_parent: bool  # whether the other end is the parent
    may_confirm: bool
    may_end: bool


def links_of(stakeholder: Stakeholder, user: Any) -> list[LinkLine]:
    """Return the confirmed and requested links, the parent first, without entries hidden from the user."""
    leads = user.has_perm("stakeholders.link_stakeholder", stakeholder)
    desk = may_set(user, stakeholder)
    rows = (
        FamilyLink.objects.visible_to(user)
        .about(stakeholder)
        .select_related("parent", "branch", "parent__country", "branch__country")
        .order_by("branch__sort_key", "pk")
    )
    lines = []
    for link in rows:
        is_parent = link.branch_id == stakeholder.pk
        other = link.parent if is_parent else link.branch
        if other is None:
            continue
        asked_here = link.asked_from == (Side.BRANCH if is_parent else Side.PARENT)
        waits = not link.is_confirmed and ((leads and not asked_here) or desk)
        lines.append(LinkLine(link, other, is_parent, waits, leads or desk))
    return sorted(lines, key=lambda line: not line.is_parent)


def may_set(user: Any, stakeholder: Stakeholder) -> bool:
    """Return whether the person judges links of this entry for the desk, and does not belong to it."""
    return user.has_perm("stakeholders.set_family") and not user.has_perm(
        "stakeholders.leave_stakeholder", stakeholder
    )


def candidates(user: Any, words: str, *, but: Iterable[int] = ()) -> list[Stakeholder]:
    """Return at most ten organizations that `user` may find, by a part of the name or the acronym."""
    key = fold(words)[:KEY_LENGTH]
    if len(key) < 2:
        return []
    rows = linkable_to(user).annotate(short=Upper("acronym"))
    named = Q(name_key__contains=key) | Q(sort_key__startswith=key) | Q(short=words.strip().upper())
    return list(
        rows.filter(named)
        .exclude(pk__in=list(but))
        .select_related("country")
        .order_by("sort_key", "pk")[:MOST_FOUND]
    )


def linkable_to(user: Any) -> QuerySet[Stakeholder]:
    """Return what a person may name as parent or branch: visible organizations that have not left."""
    return Stakeholder.objects.visible_to(user).filter(status__in=LINKABLE).exclude(kind=Kind.EXPERT)


def named_parent(application: Application) -> FamilyLink | None:
    """Return the parent that an application names; None for individuals."""
    if application.is_expert:
        return None
    return FamilyLink.objects.filter(application=application).select_related("parent").first()


def parent_shown_to(user: Any, application: Application) -> Stakeholder | None:
    """Return the named parent while the applicant may find it."""
    link = named_parent(application)
    if link is None or not Stakeholder.objects.visible_to(user).filter(pk=link.parent_id).exists():
        return None
    return link.parent


# --- For the desk -------------------------------------------------------------------------------------
def parents_of(applications: Iterable[Application]) -> dict[int, int]:
    """Return application → its parent: the one it names, or that of the entry it concerns."""
    of_organizations = [application for application in applications if not application.is_expert]
    entries = {
        application.stakeholder_id: application.pk
        for application in of_organizations
        if application.stakeholder_id
    }
    rows = FamilyLink.objects.filter(
        Q(application__in=[application.pk for application in of_organizations])
        | Q(branch__in=list(entries), confirmed_at__isnull=False)
    ).values_list("application_id", "branch_id", "parent_id")
    by_entry = {branch: parent for _pk, branch, parent in rows if branch}
    parents = {pk: parent for pk, _branch, parent in rows if pk}
    for application in of_organizations:
        if application.stakeholder_id in by_entry:
            parents.setdefault(application.pk, by_entry[application.stakeholder_id])
    return parents
