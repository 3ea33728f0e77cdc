"""Decisions that are written first and made later, a batch at once. Until then nobody learns of them."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.errors import DomainError, WrongState
from workflow.actions.moving import check_may, check_reason, move
from workflow.models import Decision, DraftDecision


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
            "batch": batch, "move": name, "reason": reason, "note": note,
            "drafted_by": actor, "drafted_at": now(),
        },
    )  # fmt: skip
    return drafted


def discard_draft(obj: Any, *, actor: Any) -> bool:
    """Throw the open draft on `obj` away; False where there is none. Raises PermissionDenied."""
    waiting = DraftDecision.objects.about(obj).filter(decision=None).first()
    if waiting is None:
        return False
    check_may(obj, waiting.move, actor)
    return DraftDecision.objects.filter(pk=waiting.pk, decision=None).delete()[0] > 0


def release_drafts(batch: str, *, actor: Any) -> list[Decision]:
    """Make every drafted move of the batch, all or none; `actor` needs the permission for each.

    Two people releasing at once release it once. Raises as `move` does, naming the object that is in the way.
    """
    click = uuid4()
    made = []
    with transaction.atomic():
        for waiting in DraftDecision.objects.waiting(batch).select_for_update().order_by("pk"):
            obj = waiting.subject
            if obj is None:
                waiting.delete()
                continue
            waiting.decision = _release_one(waiting, obj, actor, click)
            waiting.save(update_fields=["decision"])
            made.append(waiting.decision)
    return made


def _release_one(waiting: DraftDecision, obj: Any, actor: Any, click: Any) -> Decision:
    try:
        return move(obj, waiting.move, actor=actor, reason=waiting.reason, note=waiting.note, click=click)
    except PermissionDenied:
        raise
    except DomainError as refusal:
        named = _("%(object)s: %(problem)s") % {"object": obj, "problem": refusal}
        raise type(refusal)(named) from refusal
