"""A letter while it is written: begun, changed, thrown away; and the desk's limits."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from coordination.enums.letters import LetterState
from coordination.models import Letter, LetterLimit
from coordination.rules.letters import writes_as
from core.errors import DomainError, WrongState


@transaction.atomic
def begin(hat: str, filters: str, *, actor: User) -> Letter:
    """A draft to those who answer `filters` (the directory's query string). Raises PermissionDenied."""
    if not writes_as(actor, hat):
        raise PermissionDenied
    letter = Letter.objects.create(hat=hat, by=actor, filters=filters)
    record(letter, "coordination.letter.made", actor=actor)
    return letter


@transaction.atomic
def address(letter: Letter, filters: str, *, actor: User) -> None:
    """Choose anew to whom it goes."""
    kept = draft_of(letter, actor)
    Letter.objects.filter(pk=kept.pk).update(filters=filters)
    record(kept, "coordination.letter.changed", actor=actor)


@transaction.atomic
def save_texts(letter: Letter, texts: Mapping[str, Mapping[str, str]], version: int, *, actor: User) -> None:
    """`texts`: language → {subject, text}. Raises WrongState where somebody saved meanwhile."""
    kept = draft_of(letter, actor)
    if kept.version != version:
        raise WrongState(
            _("This was changed meanwhile, perhaps in another window. Look at it again before you save.")
        )
    kept.texts = {code: dict(said) for code, said in texts.items() if said.get("subject") or said.get("text")}
    if wrong := {
        f"{name}_{code}": _("Give both subject and text, or neither.")
        for code, said in kept.texts.items()
        for name in ("subject", "text")
        if not said.get(name)
    }:
        raise DomainError(next(iter(wrong.values())), fields=wrong)
    kept.version += 1
    kept.save(update_fields=["texts", "version"])
    record(kept, "coordination.letter.changed", actor=actor)


@transaction.atomic
def discard(letter: Letter, *, actor: User) -> None:
    kept = draft_of(letter, actor)
    record(kept, "coordination.letter.discarded", actor=actor)
    kept.delete()


def draft_of(letter: Letter, actor: User) -> Letter:
    """The row under lock, while its writer may change it. Raises PermissionDenied or WrongState."""
    kept = Letter.objects.select_for_update(no_key=True).filter(pk=letter.pk).first()
    if kept is None:
        raise WrongState(_("This message is not a draft any more."))
    if not actor.has_perm("coordination.change_letter", kept):
        raise PermissionDenied
    if kept.state != LetterState.DRAFT:
        raise WrongState(_("This message is not a draft any more."))
    return kept


@transaction.atomic
def set_limit(hat: str, per_day: int, per_month: int, *, actor: User) -> None:
    """How many letters one person may send under this hat without asking."""
    if not actor.has_perm("coordination.release_letters"):
        raise PermissionDenied
    said = {"per_day": per_day, "per_month": per_month}
    if LetterLimit.objects.filter(hat=hat, **said).exists():
        return
    limit, _new = LetterLimit.objects.update_or_create(
        hat=hat, defaults={**said, "changed_by": actor, "changed_at": now()}
    )
    record(limit, "coordination.letter.limit", actor=actor, hat=hat, day=per_day, month=per_month)
