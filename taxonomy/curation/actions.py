"""What the desk can do to the reference lists."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.merging import repoint
from search.actions import index_many, rebuild
from taxonomy.hooks import term_merged
from taxonomy.law.models import Article, ArticleText, Instrument
from taxonomy.law.queries import ARTICLE, number_of
from taxonomy.names.models import Revision, Sourced
from taxonomy.terms.models import Term, Topic


def save_row[R: models.Model](row: R, *, actor: User) -> R:
    """Save a row of any list as the desk left it, with a revision of what changed.

    A seeded row is the desk's from then on. Saving without a change leaves no trace. Raises PermissionDenied.
    """
    with transaction.atomic():
        before = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        verb = "change" if before else "add"
        if not actor.has_perm(f"{row._meta.app_label}.{verb}_{row._meta.model_name}"):
            raise PermissionDenied
        changes = _changes(before, row)
        if not changes:
            return row
        if isinstance(row, Sourced):
            row.edited_by_hand, row.edited_at = True, now()
        row.save(force_insert=before is None, force_update=before is not None)
        if isinstance(row, Article):
            index_many(ARTICLE, [number_of(row.pk)])
        elif isinstance(row, ArticleText):
            index_many(ARTICLE, [number_of(row.article_id)])
        elif isinstance(row, Instrument):
            rebuild(ARTICLE)
        revision = _revise(row, changes)
        action = "taxonomy.row_changed" if before else "taxonomy.row_added"
        record(revision, action, actor=actor, kind=revision.kind, code=revision.code)
    return row


def merge_terms[T: Term](old: T, new: T, *, actor: User) -> dict[str, int]:
    """Everything filed under `old` is filed under `new`; the code of `old` stays and leads to `new`.

    Returns how many links moved, by "app.model.field". Raises PermissionDenied, DomainError where the two
    cannot be one, WrongState where one of them was merged meanwhile.
    """
    if not actor.has_perm("taxonomy.merge_term"):
        raise PermissionDenied
    if type(old) is not type(new) or old.pk == new.pk:
        raise DomainError(_("Choose two different terms of one list."))
    with transaction.atomic():
        old, new = _lock(old, new)
        if old.kind_key != new.kind_key:
            raise DomainError(_("These two terms are of different kinds, so they cannot be merged."))
        if isinstance(old, Topic) and isinstance(new, Topic):
            _refuse_circle(old, new)
        moved = repoint(old, new)
        type(old)._default_manager.filter(pk=old.pk).update(merged_into=new, edited_at=now())
        old.merged_into = new
        term_merged.send(sender=type(old), old=old, new=new, actor=actor)
        _record_merge(old, new, sum(moved.values()), actor)
        type(old).touch()
    return moved


def _lock[T: Term](old: T, new: T) -> tuple[T, T]:
    locked: Any = type(old)._default_manager.select_for_update().order_by("pk")
    rows = locked.in_bulk([old.pk, new.pk])
    for row in rows.values():
        if row.merged_into_id:
            raise WrongState(
                _("%(term)s was merged into another term already. Please reload the page.") % {"term": row}
            )
    return rows[old.pk], rows[new.pk]


def _refuse_circle(old: Topic, new: Topic) -> None:
    above = new.parent
    while above is not None:
        if above.pk == old.pk:
            raise DomainError(
                _("%(new)s is part of %(old)s. Merge the narrower term into the broader one instead.")
                % {"new": new, "old": old}
            )
        above = above.parent


def _record_merge(old: Term, new: Term, moved: int, actor: User) -> None:
    click = uuid4()
    for row, changes in ((old, {"merged_into": ["", new.pk]}), (new, {"merged_terms": ["", old.pk]})):
        revision = _revise(row, changes)
        data = {"kind": revision.kind, "code": old.pk, "into": new.pk, "moved": moved}
        record(revision, "taxonomy.term_merged", actor=actor, click=click, **data)


def _revise(row: models.Model, changes: dict[str, list[Any]]) -> Revision:
    return Revision.objects.create(kind=row._meta.label_lower, code=row.pk, changes=changes)


def _changes(before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
    """Return field → [before, after] as text, for what a person can edit."""
    fields = [field for field in after._meta.concrete_fields if field.editable]
    changed = {}
    for field in fields:
        was, will_be = _text(field, before), _text(field, after)
        if was != will_be:
            changed[field.name] = [was, will_be]
    return changed


def _text(field: Any, row: models.Model | None) -> str:
    if row is None or field.value_from_object(row) is None:
        return ""
    return str(field.value_to_string(row))
