"""Decisions that are written first and made later, a batch at once. Until then nobody learns of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from audit.actions import record_many
from core.errors import WrongState
from workflow.drafts.models import DraftDecision
from workflow.hooks import parties_of
from workflow.moves.actions import check_may, check_reason
from workflow.moves.enums import Move, permission, sentence_name
from workflow.moves.models import Decision


def draft(obj: Any, name: str, *, batch: str, actor: Any, reason: str = "", note: str = "") -> DraftDecision:
    """Write down a move for later; an open draft on the same object is replaced, whatever its batch.

    The same people may draft as may make the move. Raises as `move` does.
    """
    step = obj.MOVES[name]
    check_may(obj, name, actor)
    check_reason(step, reason, note)
    if obj.status not in step.sources:
        raise WrongState(_("This is not possible in the present state. Please reload the page."))
    drafted, _new = DraftDecision.objects.update_or_create(
        subject_kind=obj._meta.label_lower,
        subject_id=obj.pk,
        decision=None,
        defaults={
            "batch": batch,
            "move": name,
            "reason": reason,
            "note": note,
            "drafted_by": actor,
            "drafted_at": now(),
        },
    )
    return drafted


def discard_draft(obj: Any, *, actor: Any) -> bool:
    """Throw the open draft on `obj` away; False where there is none. Raises PermissionDenied."""
    waiting = DraftDecision.objects.about(obj).filter(decision=None).first()
    if waiting is None:
        return False
    check_may(obj, waiting.move, actor)
    return DraftDecision.objects.filter(pk=waiting.pk, decision=None).delete()[0] > 0


class Released(NamedTuple):
    obj: Any
    draft: DraftDecision
    decision: Decision


def release_at_once(
    rows: models.QuerySet[Any],
    batch: str,
    *,
    actor: Any,
    parties: Callable[[Collection[Any]], Mapping[int, set[str]]],
    prepare: Callable[[list[Any], str], Mapping[str, Any]] | None = None,
) -> list[Released]:
    """Make the drafted moves of a batch, in a number of statements that does not grow with it.

    `rows`: what the objects are taken from, with their relations selected. `parties(objs)`: whose matter each
    is, by its id, as `parties_on` for one. `prepare(objs, name)`: before a move is written, may set fields of
    its own; what it returns is set on all. What follows is the caller's, in one transaction with this. All or
    none; in the order in which the drafts were written; two who release at once release once.
    """
    model = rows.model
    kind = model._meta.label_lower
    released = []
    with transaction.atomic():
        waiting = DraftDecision.objects.waiting(batch).filter(subject_kind=kind)
        # First the objects, then the drafts: whoever moves one of them takes its lock before its draft goes.
        locked = rows.filter(pk__in=waiting.values("subject_id")).order_by("pk")
        objs = {obj.pk: obj for obj in locked.select_for_update(of=("self",), no_key=True)}
        drafts = list(waiting.filter(subject_id__in=objs).select_for_update().order_by("pk"))
        _refuse_any(drafts, objs, actor, parties)
        by_move = defaultdict(list)
        for draft in drafts:
            by_move[draft.move].append(draft)
        for name, its in by_move.items():
            moved = [objs[draft.subject_id] for draft in its]
            extra = dict(prepare(moved, name)) if prepare else {}
            released += _release_together(name, its, moved, actor, extra)
        DraftDecision.objects.bulk_update([done.draft for done in released], ["decision"])
    return released


def _refuse_any(
    drafts: list[DraftDecision],
    objs: Mapping[int, Any],
    actor: Any,
    parties: Callable[[Collection[Any]], Mapping[int, set[str]]],
) -> None:
    """Raise as `move` does, naming the object that is in the way."""
    parties_by_id = parties(list(objs.values()))
    theirs = {f"person:{actor.pk}"} | parties_of(actor)
    for draft in drafts:
        obj = objs[draft.subject_id]
        step: Move = obj.MOVES[draft.move]
        if step.by_clock or not actor.has_perm(permission(obj, draft.move), obj):
            raise PermissionDenied
        problem = ""
        if step.decides and not theirs.isdisjoint(parties_by_id.get(obj.pk, set())):
            problem = _(
                "You belong to this matter or take part in it. Please leave the release to a colleague."
            )
        elif obj.status not in step.sources:
            problem = _("This is not possible in the present state. Please reload the page.")
        if problem:
            raise WrongState(_("%(object)s: %(problem)s") % {"object": obj, "problem": problem})
        check_reason(step, draft.reason, draft.note)


def _release_together(
    name: str, drafts: list[DraftDecision], moved: list[Any], actor: Any, extra: Mapping[str, Any]
) -> list[Released]:
    """One move of many objects: states, decisions and sentences."""
    model = type(moved[0])
    step: Move = model.MOVES[name]
    was = [obj.status for obj in moved]
    values = {**extra, "status": step.target, "updated_at": now()}
    model._base_manager.filter(pk__in=[obj.pk for obj in moved]).update(**values)
    for obj in moved:
        for field, value in values.items():
            setattr(obj, field, value)
    kind = model._meta.label_lower
    decisions = Decision.objects.bulk_create(
        Decision(
            subject_kind=kind,
            subject_id=draft.subject_id,
            move=name,
            from_status=before,
            to_status=step.target,
            actor=actor,
            reason=draft.reason,
            note=draft.note,
        )
        for draft, before in zip(drafts, was, strict=True)
    )
    record_many(moved, sentence_name(model, name), actor=actor, to=str(step.target))
    for draft, decision in zip(drafts, decisions, strict=True):
        draft.decision = decision
    return [Released(*each) for each in zip(moved, drafts, decisions, strict=True)]
