"""Edits of something judged or published: proposed by those who keep it, carried out once the desk agrees."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import DomainError, WrongState
from workflow.changes.models import ChangeRequest
from workflow.hooks import appliers
from workflow.moves.actions import move
from workflow.moves.models import Decision


def propose_change(obj: models.Model, after: Mapping[str, Any], *, actor: Any) -> ChangeRequest:
    """Ask for new values of fields of `obj` ({field: plain value; a list of ids for a many-to-many}).

    Needs the permission "app.change_model". Raises DomainError where nothing would change, WrongState where
    another proposal is still open.
    """
    meta = obj._meta
    appliers[meta.label_lower]
    if not actor.has_perm(f"{meta.app_label}.change_{meta.model_name}", obj):
        raise PermissionDenied
    before = _as_stored(present_values(obj, after))
    wanted = _as_stored(dict(after))
    changed = {field: value for field, value in wanted.items() if before[field] != value}
    if not changed:
        raise DomainError(_("Nothing was changed."))
    try:
        with transaction.atomic():
            change = ChangeRequest.objects.create(
                subject_kind=meta.label_lower,
                subject_id=obj.pk,
                before={field: before[field] for field in changed},
                after=changed,
                proposed_by=actor,
            )
            record(obj, "workflow.changerequest.propose", actor=actor, fields=", ".join(sorted(changed)))
    except IntegrityError as taken:
        raise WrongState(_("Another change is already waiting for a decision.")) from taken
    return change


def decide_change(
    change: ChangeRequest,
    name: Literal["approve", "refuse", "withdraw"],
    *,
    actor: Any,
    reason: str = "",
    note: str = "",
) -> Decision:
    """Approve (and carry out), refuse or withdraw a proposal. Raises as `move` and `_carry_out` do."""
    with transaction.atomic():
        decision = move(change, name, actor=actor, reason=reason, note=note)
        if name == "approve":
            _carry_out(change, actor)
    return decision


def _carry_out(change: ChangeRequest, actor: Any) -> None:
    """Hand the approved values to the object's app. Raises DomainError where it changed meanwhile."""
    subject = change.subject
    if subject is None:
        raise WrongState(_("What the change is about no longer exists."))
    if _as_stored(present_values(subject, change.after)) != change.before:
        raise DomainError(_("This has been changed in another way in the meantime."))
    appliers[change.subject_kind].apply(subject, change.after, actor)


def present_values(obj: models.Model, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values that `obj` has now, as plain data: ids for relations, a sorted list for a many-to-many.

    Where the applier of the app has `present`, that is asked; a field that it does not tell of is None.
    """
    present = appliers[obj._meta.label_lower].present
    if present is not None:
        present_fields = present(obj)
        return {name: present_fields.get(name) for name in fields}
    values: dict[str, Any] = {}
    for name in fields:
        field: Any = obj._meta.get_field(name)
        if field.many_to_many:
            values[name] = sorted(getattr(obj, name).values_list("pk", flat=True))
        else:
            values[name] = getattr(obj, field.attname)
    return values


def _as_stored(values: dict[str, Any]) -> Any:
    """As they read after a way through JSON: dates as text, for instance."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))
