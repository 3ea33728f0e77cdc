"""The one function that moves anything from state to state; the clock's moves, for many rows at once.

Of the engine `lock`, `move`, `draft`, `release_at_once`, `propose_change`, `decide_change`,
`claim`, `release` and `extend` check the permission themselves. `begin`, `open_item`, `close_items`,
`close_items_of`, `pause`, `resume`, `hand_over`, `ask`, `answer_requests`, `refuse_unless_open`,
`issue_receipt` are parts of an app's own act, which has checked it.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from audit.actions import record, record_many
from core.errors import DomainError, WrongState
from workflow.moves.enums import Move, permission, sentence_name
from workflow.moves.models import Decision
from workflow.moves.queries import is_recused

_CODE = re.compile(r"[a-z0-9_]{1,60}")


def lock[Row: models.Model](
    row: Row, actor: Any, permission: str, *, version: int | None = None, related: Sequence[str] = ()
) -> Row:
    """The row as it is now, held until the act ends, once `actor` may do this with it.

    `version` is the one that the person's page showed. Raises PermissionDenied and WrongState.
    """
    rows = type(row)._base_manager.select_for_update(no_key=True, of=("self",))
    current = (rows.select_related(*related) if related else rows).get(pk=row.pk)
    if not actor.has_perm(permission, current):
        raise PermissionDenied
    refuse_changed(current, version)
    return current


def refuse_changed(row: Any, version: int | None) -> None:
    """Raise WrongState where the row has another version than the one that the person's page showed."""
    if version is not None and row.version != version:
        raise WrongState(_changed())


def refuse_saved_elsewhere(row: Any, version: int) -> None:
    """As `refuse_changed`, for a page on which what was typed stands again."""
    if row.version != version:
        raise WrongState(_("It was saved in another window meanwhile. Your text is still below."))


def refuse_recused(actor: Any, obj: models.Model) -> None:
    """Raise DomainError where `actor` belongs to, or takes part in, what `obj` is about."""
    if is_recused(actor, obj):
        raise DomainError(_("You belong to this matter or take part in it. Please leave it to a colleague."))


def _changed() -> str:
    return _("Another person has changed this in the meantime. Please reload the page.")


def move(
    obj: Any,
    name: str,
    *,
    actor: Any,
    reason: str = "",
    note: str = "",
    system: bool = False,
    version: int | None = None,
    click: UUID | None = None,
    **update_fields: Any,
) -> Decision:
    """Make one move of `obj.MOVES`: state, `update_fields`, decision and sentence, or nothing at all.

    What else follows is written in the act, in one transaction with this.

    `system=True` is the clock: no person is asked for a permission, `actor` may be None. `version` is the one
    that the person's form was made from: where the row has another by now, they lose; it is counted up.
    Raises PermissionDenied, DomainError (recusal, or a reason that is missing or unknown) and WrongState.
    """
    step: Move = obj.MOVES[name]
    with transaction.atomic(), _as_it_was(obj, {"status", "updated_at", "version", *update_fields}):
        if not system:
            check_may(obj, name, actor)
        check_reason(step, reason, note)
        was = _set_state(obj, step, version, update_fields)
        return _note(obj, name, was, actor=actor, reason=reason, note=note, click=click)


def begin(obj: Any, name: str, **fields: Any) -> Decision:
    """Insert `obj` with a first move of the clock made already: one row written once, else as `move`.

    `obj` is unsaved and stands where the move begins. Nobody else can know of it, so nothing is locked. Runs
    in the caller's transaction. Raises PermissionDenied where persons make the move, and WrongState.
    """
    step: Move = obj.MOVES[name]
    if not step.by_clock:
        raise PermissionDenied
    was = obj.status
    if was not in step.sources:
        raise WrongState(_why_lost(obj, step, was))
    with _as_it_was(obj, {"status", *fields}):
        for field, value in {**fields, "status": step.target}.items():
            setattr(obj, field, value)
        obj.save(force_insert=True)
        return _note(obj, name, was, actor=None)


def _note(
    obj: Any, name: str, was: str, *, actor: Any, reason: str = "", note: str = "", click: UUID | None = None
) -> Decision:
    """Decision and sentence of a move that was just made."""
    to = obj.MOVES[name].target
    decision = Decision.objects.create(
        subject_kind=obj._meta.label_lower,
        subject_id=obj.pk,
        move=name,
        from_status=was,
        to_status=to,
        actor=actor,
        reason=reason,
        note=note,
    )
    codes = {"from": str(was), "to": str(to)} | ({"reason": reason} if reason else {})
    record(obj, sentence_name(obj, name), actor=actor, click=click, **codes)
    return decision


@contextmanager
def _as_it_was(obj: Any, fields: set[str]) -> Iterator[None]:
    """Where the move is taken back, the object in memory must not tell otherwise."""
    names = {field.attname for field in obj._meta.concrete_fields if {field.name, field.attname} & fields}
    before = {name: getattr(obj, name) for name in names - obj.get_deferred_fields()}
    try:
        yield
    except Exception:
        for name, value in before.items():
            setattr(obj, name, value)
        raise


def check_may(obj: Any, name: str, actor: Any) -> None:
    """Raise PermissionDenied where `actor` may not make the move, DomainError where they stand too near."""
    step: Move = obj.MOVES[name]
    if actor is None or step.by_clock or not actor.has_perm(permission(obj, name), obj):
        raise PermissionDenied
    if step.decides and is_recused(actor, obj):
        raise DomainError(_("You are involved in this matter. Please leave the decision to a colleague."))


def check_reason(step: Move, reason: str, note: str) -> None:
    """Raise DomainError, with the field to blame, where a reason is missing or not one of the move's own.

    `reason` is a code; a move that lists no codes may be given its reason in the note instead.
    """
    if step.needs_reason and not reason and (step.reason_codes or not note.strip()):
        field = "reason" if step.reason_codes else "note"
        raise DomainError(_("Please give a reason."), fields={field: _("Please give a reason.")})
    if reason and not _CODE.fullmatch(reason):
        raise DomainError(
            _("Please choose a reason from the list."), fields={"reason": _("Choose from the list.")}
        )
    if reason and step.reason_codes and reason not in step.reason_codes:
        raise DomainError(
            _("Please choose a reason from the list."), fields={"reason": _("Choose from the list.")}
        )


def _set_state(obj: Any, step: Move, version: int | None, update_fields: dict[str, Any]) -> str:
    """Write the new state if the row still stands in one of the move's sources; returns the state it had."""
    row = type(obj)._base_manager.filter(pk=obj.pk)
    # The lock lets the loser of a race read what the winner made, and the winner know where it came from.
    was = row.select_for_update(no_key=True).values_list("status", flat=True).first()
    mine = row.filter(status__in=step.sources)
    values = {**update_fields, "status": step.target, "updated_at": now()}
    if version is not None:
        mine = mine.filter(version=version)
        values["version"] = F("version") + 1
    if not mine.update(**values):
        raise WrongState(_why_lost(obj, step, was))
    for field, value in values.items():
        if not isinstance(value, models.expressions.Combinable):
            setattr(obj, field, value)
    computed = [field for field, value in values.items() if isinstance(value, models.expressions.Combinable)]
    if computed:
        obj.refresh_from_db(fields=computed)
    return was


def _why_lost(obj: Any, step: Move, status: str | None) -> str:
    if status is None:
        return _("This no longer exists.")
    if status in step.sources:
        return _changed()
    label = dict(obj._meta.get_field("status").flatchoices).get(status, status)
    return _("“%(move)s” is not possible: the state is now “%(status)s”. Please reload the page.") % {
        "move": step.label,
        "status": label,
    }


# --- The clock's moves, for many rows in a fixed number of statements --------------------------------

BATCH = 500


def move_batch(
    rows: models.QuerySet[Any], name: str, *, most: int = BATCH, actor: Any = None, **update_fields: Any
) -> list[Any]:
    """Make a move of the clock on the first `most` of `rows` that may make it; returns those that moved.

    State, decisions and sentences in one transaction, to which the caller's own adds what follows. Rows that
    somebody else is writing at this moment are left for the next run; [] says that nothing is left to do now.
    `actor`: whose act brought it about, where it was one.
    """
    model = rows.model
    step: Move = model.MOVES[name]
    if not step.by_clock:
        raise PermissionDenied
    with transaction.atomic(savepoint=False):
        waiting = rows.filter(status__in=step.sources).order_by("pk")
        moved = list(waiting.select_for_update(of=("self",), skip_locked=True, no_key=True)[:most])
        if not moved:
            return []
        was = {obj.pk: obj.status for obj in moved}
        values = {**update_fields, "status": step.target, "updated_at": now()}
        model._base_manager.filter(pk__in=was).update(**values)
        for obj in moved:
            for field, value in values.items():
                setattr(obj, field, value)
        Decision.objects.bulk_create(
            Decision(
                subject_kind=model._meta.label_lower,
                subject_id=pk,
                move=name,
                from_status=status,
                to_status=step.target,
                actor=actor,
            )
            for pk, status in was.items()
        )
        record_many(moved, sentence_name(model, name), actor=actor, to=str(step.target))
    return moved
