"""Writing what an application or an entry says, whatever way each answer is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.text import fold
from stakeholders.enums.described import LISTS, MOST_ROWS, ROWS, NameKind
from stakeholders.models import Application, OtherName, Stakeholder
from stakeholders.queries.described import KINDS, MODELS, rows_of, value_of

# Questions whose answers stand outside the row itself.
BESIDE = frozenset((*LISTS, *ROWS))


def put(owner: Application | Stakeholder, answers: Mapping[str, Any]) -> set[str]:
    """Write the answers that stand outside the row itself; returns the questions that now differ.

    Lists are codes; rows are dicts with the keys of `ROWS`, codes for countries and languages. Runs in the
    caller's transaction, which holds the owner. Raises DomainError where there are too many rows.
    """
    changed = set()
    for field, value in answers.items():
        if field not in BESIDE:
            continue
        before = value_of(owner, field)
        if field in LISTS:
            if sorted(set(value)) != before:
                getattr(owner, field).set(value)
                changed.add(field)
        elif list(value) != before:
            _refuse_too_many(field, value)
            rows_of(owner, field).delete()
            _add(owner, field, value)
            changed.add(field)
    return changed


def clear(owner: Application | Stakeholder, fields: Iterable[str]) -> None:
    put(owner, {field: [] for field in fields})


def carry_over(application: Application, stakeholder: Stakeholder) -> None:
    """What stands outside the row of an application comes to stand with the entry that it leads to."""
    put(stakeholder, {field: value_of(application, field) for field in sorted(BESIDE)})


def keep_names(
    stakeholder: Stakeholder, was: Iterable[str], kind: NameKind, *, beside: Iterable[str]
) -> None:
    """What it was called goes on finding it, as a name of this kind, unless it is among its names already.

    `beside`: the names at its top. One that it had before and has again is no former name any more.
    """
    there = OtherName.objects.filter(stakeholder=stakeholder)
    known = {fold(name) for name in beside}
    for pk, of_kind, text in list(there.values_list("pk", "kind", "text")):
        if of_kind == NameKind.FORMER and fold(text) in known:
            there.filter(pk=pk).delete()
        known.add(fold(text))
    for name in was:
        if name and fold(name) not in known:
            known.add(fold(name))
            OtherName.objects.create(stakeholder=stakeholder, kind=kind, text=name)


def _refuse_too_many(field: str, rows: Any) -> None:
    if len(rows) > MOST_ROWS:
        message = _("At most %(most)d can be given.") % {"most": MOST_ROWS}
        raise DomainError(message, fields={field: message})


def _add(owner: Application | Stakeholder, field: str, rows: Iterable[Mapping[str, str]]) -> None:
    model = MODELS[field]
    fixed: dict[str, Any] = {owner._meta.model_name or "": owner}
    if field in KINDS:
        fixed["kind"] = KINDS[field]
    columns = {key: model._meta.get_field(key) for key in ROWS[field]}
    model.objects.bulk_create(
        model(
            **fixed,
            **{
                column.attname: (row[key] or None) if column.null else row[key]
                for key, column in columns.items()
            },
        )
        for row in rows
    )
