"""What is still asked, what waits, and who holds it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import resolve, reverse

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from workflow.hooks import desk_pages, taken_over_by
from workflow.items.enums import Level
from workflow.items.models import ItemRequest, WorkItem
from workflow.moves.queries import is_recused


def open_requests(obj: models.Model) -> dict[str, str]:
    """Field → what is asked for, of those not yet answered. One query."""
    return dict(ItemRequest.objects.about(obj).filter(answered_at=None).values_list("field", "text"))


def labelled_requests(obj: models.Model) -> list[tuple[str, str]]:
    """(Label of the field, what is asked for), as people read it. One query."""
    labels = {field.name: str(getattr(field, "verbose_name", field.name)) for field in obj._meta.get_fields()}
    return [(labels.get(field, field), text) for field, text in open_requests(obj).items()]


def open_items(obj: models.Model) -> list[WorkItem]:
    """What waits on `obj`, with who holds it. One query."""
    return list(WorkItem.objects.about(obj).open().select_related("holder"))


def item_of(obj: models.Model) -> WorkItem | None:
    """The work that waits on `obj`, with who holds it. One query."""
    return WorkItem.objects.about(obj).open().select_related("holder").first()


def due_of(obj: models.Model) -> str:
    """Return until when the desk decides on `obj`, as a fact of its mails: as promised to people, else the
    day on which it is passed to the head of desk. Empty while the clock stands still. One query.
    """
    item = item_of(obj)
    due = (item.until or holding_of(item).until) if item and not item.is_paused else None
    return due.isoformat() if due else ""


def desk_page_of(item: WorkItem) -> str:
    """The name of the address at which the desk deals with it; "" where there is none."""
    for key in (f"{item.subject_kind} {item.what}", item.subject_kind):
        if key in desk_pages:
            return desk_pages[key]
    return ""


def desk_page_for(kind: str, pk: int, user: Any) -> str:
    """The address at which `user` deals with an object at the desk; "" where they have none."""
    if kind not in desk_pages:
        return ""
    url = reverse(desk_pages[kind], args=[pk])
    access = getattr(resolve(url).func, "access", None)
    if access is not None and access.permission:
        return url if user.has_perm(access.permission) else ""
    return url if user.has_role(Role.HEAD, *taken_over_by(kind)) else ""


def people_for(item: WorkItem) -> models.QuerySet[User]:
    """The desk's people for this kind of work, also while it is with a regional focal point."""
    if item.waits_for == Role.REGIONAL:
        return holders_of(*taken_over_by(item.subject_kind))
    return holders_of(item.waits_for)


def colleagues_for(item: WorkItem) -> models.QuerySet[User]:
    """Those of the desk who may be given the item, without who holds it."""
    return people_for(item).exclude(work_items=item).order_by("name", "pk")


def work_on(user: Any, rows: models.QuerySet[Any]) -> models.QuerySet[WorkItem]:
    """The open work on `rows` that `user` may see, with who holds it."""
    items = WorkItem.objects.visible_to(user).open().select_related("holder")
    return items.filter(subject_kind=rows.model._meta.label_lower, subject_id__in=rows.values("pk"))


def with_subjects[Row: models.Model](
    items: Iterable[WorkItem], rows: models.QuerySet[Row]
) -> list[tuple[WorkItem, Row]]:
    """Each item with the one of `rows` that it is about. One query."""
    items = list(items)
    subjects = rows.in_bulk([item.subject_id for item in items])
    return [(item, subjects[item.subject_id]) for item in items if item.subject_id in subjects]


class NextCase(NamedTuple):
    """The case of a queue to which one goes on."""

    label: str
    url: str


# Of how many it is looked which one the person may decide.
LOOKED_AT = 10


def next_case(user: Any, case: models.Model, rows: models.QuerySet[Any]) -> NextCase | None:
    """Return the case among `rows`, those of its queue that `user` may see, that waits next for them.

    It has the same kind of work as `case`, open or done: what was promised earliest, then what waits longest.
    What stands still, is with a colleague, or is a matter of their own is passed over.
    """
    work = WorkItem.objects.about(case).order_by("-pk").values("what")[:1]
    items = work_on(user, rows.exclude(pk=case.pk)).filter(
        Q(holder=None) | Q(holder=user), what=models.Subquery(work), paused_since=None
    )
    waiting = items.order_by("until", "since", "pk")[:LOOKED_AT]
    for item, subject in with_subjects(waiting, rows):
        page = desk_page_of(item)
        if page and user.has_perm("workflow.claim_workitem", item) and not is_recused(user, subject):
            return NextCase(item.label, reverse(page, args=[item.subject_id]))
    return None


class Holding(NamedTuple):
    """Who holds a piece of work, by role, and what the clock does next.

    `who`, `then`: "regional", "desk" or "head"; `then` and `until` are empty where it goes no further, or
    while the clock stands still.
    """

    who: str
    since: datetime
    until: datetime | None
    then: str
    paused: bool


def holding_of(item: WorkItem) -> Holding:
    """As the escalation does it: the regional focal point, the desk, the head of desk. No query."""
    to_desk, to_head = settings.WORKFLOW_ESCALATION_DAYS
    began = item.since + item.paused_for
    if item.level == Level.HEAD:
        who, then, days = "head", "", 0
    elif item.level == Level.HOLDER and item.waits_for == Role.REGIONAL:
        who, then, days = "regional", "desk", to_desk
    else:
        who, then, days = "desk", "head", to_head
    since = item.passed_at or item.since
    # What was with the desk from the first was not passed to it when it had waited for a while.
    if who == "desk" and item.waits_for != Role.REGIONAL and since >= began + timedelta(days=to_desk):
        since = item.since
    until = began + timedelta(days=days) if then and not item.is_paused else None
    return Holding(who, since, until, then, item.is_paused)


def holding_on(obj: models.Model) -> Holding | None:
    """Return who holds the work that waits on `obj`; None where nothing waits. One query."""
    item = item_of(obj)
    return holding_of(item) if item else None
