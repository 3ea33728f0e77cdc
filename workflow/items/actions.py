"""Work that waits: opened and closed by acts, claimed, passed upward by the clock; questions about fields."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.outbox.actions import notify_all
from workflow.items.enums import Level
from workflow.items.models import ItemRequest, WorkItem
from workflow.items.queries import colleagues_for, desk_page_of, people_for
from workflow.moves.queries import is_recused


def open_item(
    obj: models.Model,
    kind: str,
    *,
    waits_for: str,
    label: str = "",
    until: datetime | None = None,
    country: str = "",
    region: str = "",
) -> WorkItem:
    """Say that `obj` waits for people with the role `waits_for`; an open item of that kind is taken over.

    Lists call it by `label`, or by what the object is called.
    """
    item, _new = WorkItem.objects.update_or_create(
        subject_kind=obj._meta.label_lower,
        subject_id=obj.pk,
        what=kind,
        closed_at=None,
        defaults={
            "label": (label or str(obj))[:250],
            "waits_for": waits_for,
            "until": until,
            "scope_country": country,
            "scope_region": region,
        },
    )
    return item


def close_items(obj: models.Model, kind: str = "") -> int:
    """Close what waits on `obj`, or only its items of the kind `what`; returns how many."""
    waiting = WorkItem.objects.about(obj).open()
    return (waiting.filter(what=kind) if kind else waiting).update(closed_at=now())


def close_items_of(model: type[models.Model], ids: Iterable[int]) -> int:
    """As `close_items`, of many rows of one model in one statement."""
    waiting = WorkItem.objects.open().filter(subject_kind=model._meta.label_lower, subject_id__in=list(ids))
    return waiting.update(closed_at=now())


def pause(obj: models.Model) -> int:
    """Stop the clock of everything that waits on `obj`; returns how many items stand still now."""
    return WorkItem.objects.about(obj).open().filter(paused_since=None).update(paused_since=now())


def resume(obj: models.Model) -> int:
    """Let the clock run on; the pause is added to `until` and counted out of the item's age."""
    paused = Value(now(), output_field=models.DateTimeField()) - F("paused_since")
    return (
        WorkItem.objects.about(obj)
        .open()
        .filter(paused_since__isnull=False)
        .update(paused_for=F("paused_for") + paused, until=F("until") + paused, paused_since=None)
    )


def hand_over(obj: models.Model, kind: str, *, actor: Any, waits_for: str = "") -> bool:
    """Pass what waits for a regional focal point to the desk before its time; once, and False afterwards.

    With `waits_for`, the work leaves the regional focal points altogether. Whoever calls it tells the desk.
    """
    waiting = WorkItem.objects.about(obj).open().filter(what=kind, waits_for=Role.REGIONAL)
    won = waiting.filter(level=Level.HOLDER).update(level=Level.DESK, passed_at=now())
    if waits_for:
        waiting.update(waits_for=waits_for)
    if won:
        record(obj, "workflow.workitem.hand_over", actor=actor, what=kind)
    return bool(won)


def claim(item: WorkItem, actor: Any) -> WorkItem:
    """Take the item. Raises PermissionDenied, or WrongState where another holds it or it is closed."""
    if not actor.has_perm("workflow.claim_workitem", item):
        raise PermissionDenied
    won = WorkItem.objects.filter(Q(holder=None) | Q(holder=actor), pk=item.pk, closed_at=None).update(
        holder=actor
    )
    if not won:
        item.refresh_from_db()
        if item.holder is None or not item.is_open:
            raise WrongState(_("This is done already."))
        raise WrongState(_("%(name)s is already working on this.") % {"name": item.holder})
    item.holder = actor
    return item


def waiting_item(obj: models.Model) -> WorkItem:
    """What waits on `obj`. Raises WrongState where nothing does any more."""
    item = WorkItem.objects.about(obj).open().first()
    if item is None:
        raise WrongState(_("There are no pending items here any more."))
    return item


def release(item: WorkItem, actor: Any) -> WorkItem:
    """Give the item back to the queue. Raises PermissionDenied unless for its holder or the head of desk."""
    if not actor.has_perm("workflow.release_workitem", item):
        raise PermissionDenied
    WorkItem.objects.filter(pk=item.pk, closed_at=None, holder=item.holder_id).update(holder=None)
    item.refresh_from_db()
    return item


def reassign(obj: models.Model, *, actor: Any, to: User) -> None:
    """Give what waits on `obj` to a colleague, whoever holds it; never to one who belongs to the matter."""
    item = waiting_item(obj)
    if not actor.has_perm("workflow.claim_workitem", item):
        raise PermissionDenied
    if not colleagues_for(item).filter(pk=to.pk).exists():
        raise DomainError(_("Choose from the list."), fields={"to": _("Choose from the list.")})
    if is_recused(to, obj):
        text = _("%(name)s is involved in this matter.") % {"name": to}
        raise DomainError(text, fields={"to": text})
    WorkItem.objects.filter(pk=item.pk, closed_at=None).update(holder=to)
    record(obj, "workflow.workitem.reassign", actor=actor, to=to.pk)


def escalate(at: datetime | None = None) -> int:
    """Pass on what has waited too long, each item once per level; returns how many steps were taken.

    Two runs at once take each step once.
    """
    at = at or now()
    steps = 0
    for level, days in zip((Level.DESK, Level.HEAD), settings.WORKFLOW_ESCALATION_DAYS, strict=True):
        waiting = WorkItem.objects.waiting_longer_than(days, at=at).filter(
            level=level - 1, waits_for__in=(*Role.DESK, Role.REGIONAL)
        )
        for item in waiting.order_by("pk").iterator(chunk_size=500):
            steps += _pass_on(item, level, days, at)
    return steps


def _pass_on(item: WorkItem, level: Level, days: int, at: datetime) -> bool:
    with transaction.atomic():
        still = WorkItem.objects.open().filter(pk=item.pk, level=level - 1, paused_since=None)
        won = still.update(level=level, passed_at=at)
        if not won:
            return False
        subject = item.subject
        if subject is None:
            WorkItem.objects.filter(pk=item.pk).update(closed_at=now())
            return False
        record(subject, "workflow.workitem.escalate", actor=None, level=int(level), days=days, what=item.what)
        notify_all(
            _people_at(item, level),
            "workflow.escalated",
            key=f"workitem:{item.pk}:level:{level}",
            facts={
                "label": item.label,
                "about": item.subject_kind,
                "days": days,
                "level": int(level),
                "due": item.until.isoformat() if item.until else "",
            },
            subject=subject,
            **_page(item),
        )
    return True


def _page(item: WorkItem) -> dict[str, Any]:
    if name := desk_page_of(item):
        return {"url_name": name, "url_args": [item.subject_id]}
    return {"url_name": "portal:desk"}


def _people_at(item: WorkItem, level: Level) -> models.QuerySet[User]:
    """Who is told: the desk's people for this kind of work, then the head of desk."""
    return holders_of(Role.HEAD) if level == Level.HEAD else people_for(item)


# -----------------------------------------------------------------------------------------------------
# Questions about single fields. The app's own act (a return, an answer) has checked the permission.


def ask(obj: models.Model, questions: Mapping[str, str], *, actor: Any) -> list[ItemRequest]:
    """Ask about fields of `obj` ({field: text}); a question that is still open gets the new text."""
    requests = []
    with transaction.atomic():
        for field, text in questions.items():
            request, _new = ItemRequest.objects.update_or_create(
                subject_kind=obj._meta.label_lower,
                subject_id=obj.pk,
                field=field,
                answered_at=None,
                defaults={"text": clean_block(text), "asked_by": actor, "asked_at": now()},
            )
            requests.append(request)
    return requests


def answer_requests(obj: models.Model, *, actor: Any) -> int:
    """Count everything that was asked about `obj` as answered; returns how many questions that closed."""
    return ItemRequest.objects.about(obj).filter(answered_at=None).update(answered_at=now())
