"""Parents and branches as a reader may see them, and what the desk must know of a parent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Upper

from core.text import fold
from stakeholders.enums import FlagKind, Kind, Status
from stakeholders.enums.family import Side
from stakeholders.models import KEY_LENGTH, Application, FamilyLink, Flag, Stakeholder

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
    """The confirmed parent and branches that `user` may find, by name. One statement."""
    seen = Stakeholder.objects.visible_to(user).exclude(status=Status.MERGED).values("pk")
    links = (
        FamilyLink.objects.confirmed()
        .filter(Q(branch=stakeholder, parent__in=seen) | Q(parent=stakeholder, branch__in=seen))
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
class Line:
    """One link as the people of an entry, or the desk, look after it."""

    link: FamilyLink
    other: Stakeholder
    is_parent: bool  # whether the other end is the parent
    may_confirm: bool
    may_end: bool


def links_of(stakeholder: Stakeholder, user: Any) -> list[Line]:
    """Confirmed and asked for, the parent first; nothing whose other end the reader must not know of."""
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
        lines.append(Line(link, other, is_parent, waits, leads or desk))
    return sorted(lines, key=lambda line: not line.is_parent)


def may_set(user: Any, stakeholder: Stakeholder) -> bool:
    """Whether the person judges links of this entry for the desk; nobody does on what they belong to."""
    return user.has_perm("stakeholders.set_family") and not user.has_perm(
        "stakeholders.leave_stakeholder", stakeholder
    )


def candidates(user: Any, words: str, *, but: Iterable[int] = ()) -> list[Stakeholder]:
    """Ten at most of the organizations that `user` may find, by a part of the name or the acronym."""
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
    """What a person may name as parent or branch: organizations that they may find and that have not left."""
    return Stakeholder.objects.visible_to(user).filter(status__in=LINKABLE).exclude(kind=Kind.EXPERT)


def named_parent(application: Application) -> FamilyLink | None:
    """The parent that an application names; individuals have none, whatever they once said."""
    if application.is_expert:
        return None
    return FamilyLink.objects.filter(application=application).select_related("parent").first()


def parent_shown_to(user: Any, application: Application) -> Stakeholder | None:
    """The named parent as long as the applicant may find it."""
    link = named_parent(application)
    if link is None or not Stakeholder.objects.visible_to(user).filter(pk=link.parent_id).exists():
        return None
    return link.parent


# --- For the desk -------------------------------------------------------------------------------------
def parents_of(applications: Iterable[Application]) -> dict[int, int]:
    """Application → its parent: the one it names, or that of the entry it concerns. One statement."""
    asked = [one for one in applications if not one.is_expert]
    entries = {one.stakeholder_id: one.pk for one in asked if one.stakeholder_id}
    rows = FamilyLink.objects.filter(
        Q(application__in=[one.pk for one in asked]) | Q(branch__in=list(entries), confirmed_at__isnull=False)
    ).values_list("application_id", "branch_id", "parent_id")
    by_entry = {branch: parent for _pk, branch, parent in rows if branch}
    found = {pk: parent for pk, _branch, parent in rows if pk}
    for one in asked:
        if one.stakeholder_id in by_entry:
            found.setdefault(one.pk, by_entry[one.stakeholder_id])
    return found


def red_above(parents: dict[int, int], user: Any) -> set[int]:
    """Of the keys those whose parent, or anything above it, has a red flag that `user` may know of.

    Two statements.
    """
    if not parents:
        return set()
    above = FamilyLink.objects.all().above(set(parents.values()))
    lines = {key: {parent, *above[parent]} for key, parent in parents.items()}
    everything = set().union(*lines.values())
    flags = Flag.objects.visible_to(user).standing().filter(kind=FlagKind.RED)
    flagged = _flagged(flags, everything)
    return {key for key, ids in lines.items() if ids & flagged}


def red_flags_above(parent: int) -> set[int]:
    """The entries from this one upward on which a red flag stands, for an approval. Two statements."""
    above = FamilyLink.objects.all().above([parent])[parent]
    return _flagged(Flag.objects.standing().filter(kind=FlagKind.RED), {parent, *above})


def _flagged(flags: QuerySet[Flag], ids: set[int]) -> set[int]:
    rows = flags.filter(Q(stakeholder__in=ids) | Q(application__stakeholder__in=ids))
    return {
        pk for pair in rows.values_list("stakeholder_id", "application__stakeholder_id") for pk in pair if pk
    }


def marked(rows: Iterable[tuple[Any, Application]], user: Any) -> set[int]:
    """Of a page of the queue the applications below a red flag. Three statements."""
    return red_above(parents_of([one for _item, one in rows]), user)


@dataclass(frozen=True, slots=True)
class DeskFamily:
    """A parent and branches as the desk judges them: with what stands against the parent."""

    parent: Stakeholder | None
    named: bool  # by an application, and confirmed only with its approval
    red: list[Stakeholder]  # from the parent upward
    branches: list[Stakeholder]
    waiting: int = 0


def family_for_desk(about: Application | Stakeholder, user: Any) -> DeskFamily:
    """For the desk's pages; the flags are those that the person may know of."""
    if isinstance(about, Application):
        parents, key = parents_of([about]), about.pk
        link = named_parent(about) if parents else None
        branches: list[Stakeholder] = []
        waiting = 0
    else:
        links = list(FamilyLink.objects.about(about).select_related("branch"))
        own = {
            link.branch_id: link.parent_id
            for link in links
            if link.branch_id == about.pk and link.is_confirmed
        }
        parents, key, link = own, about.pk, None
        branches = [
            one.branch for one in links if one.parent_id == about.pk and one.is_confirmed and one.branch
        ]
        waiting = sum(not one.is_confirmed for one in links)
    if key not in parents:
        return DeskFamily(None, False, [], sorted(branches, key=lambda one: one.sort_key), waiting)
    above = FamilyLink.objects.all().above([parents[key]])
    line = {parents[key], *above[parents[key]]}
    flags = Flag.objects.visible_to(user).standing().filter(kind=FlagKind.RED)
    found = Stakeholder.objects.in_bulk(line)
    red = [found[pk] for pk in sorted(_flagged(flags, line))]
    return DeskFamily(
        found[parents[key]], link is not None, red, sorted(branches, key=lambda one: one.sort_key), waiting
    )
