"""What the desk does with records: writes, publishes, asks, refuses, archives, withdraws."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.follows.actions import tell
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from resources.records.actions import for_change, lock_record, refuse_incomplete, revise, write
from resources.records.enums import Audience, ResourceStatus
from resources.records.models import Resource
from resources.records.queries import Facts, people_who_curate, people_who_suggest, terms_of
from search.actions import index
from workflow.items.actions import (
    answer_requests,
    ask,
    claim,
    close_items,
    open_item,
    pause,
    release,
    waiting_item,
)
from workflow.items.actions import resume as resume_items
from workflow.items.models import WorkItem
from workflow.moves.actions import move, refuse_recused
from workflow.moves.models import Decision
from workflow.moves.queries import is_recused

S = ResourceStatus
LOOK, REVIEW = "look", "review"
ASKABLE = (
    "kind",
    "title",
    "abstract",
    "short_form",
    "link",
    "publisher",
    "published_on",
    "symbol",
    "doi",
    "isbn",
    "licence",
    "authors",
    "topics",
    "countries",
    "articles",
    "audience",
)


def begin(*, actor: User, facts: Facts) -> Resource:
    """A record of the desk's own; it stands among the drafts, with whoever began it."""
    if not actor.has_perm("resources.add_resource"):
        raise PermissionDenied
    with transaction.atomic():
        resource = Resource(suggested_by=None, is_demo=actor.is_demo)
        write(resource, facts)
        record(resource, "resources.resource.write", actor=actor)
        item = open_item(resource, LOOK, waits_for="curation")
        claim(item, actor)
    return resource


def edit(resource: Resource, *, actor: User, version: int, facts: Facts) -> Resource:
    """Change a record. Of what is no draft the differences are kept, with who made them (K-18)."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.edit_resource", version)
        if kept.status in (S.WITHDRAWN, S.MERGED):
            raise WrongState(_("This resource can no longer be changed."))
        changes = write(kept, facts)
        if kept.status in S.SHOWN:
            refuse_incomplete(kept)
            announce_if_due(kept)
        if not kept.is_draft:
            note_changes(kept, changes, actor=actor)
    return kept


def note_changes(kept: Resource, changes: Mapping[str, list[Any]], *, actor: User | None) -> None:
    """Keep what an act changed in a record: a revision, a sentence, and what readers see of it."""
    if not changes:
        return
    revision = revise(kept, changes)
    fields = ", ".join(sorted(changes))
    record(kept, "resources.resource.edit", actor=actor, fields=fields, revision=revision.pk)
    if kept.status in S.SHOWN:
        index(kept)


def publish(resource: Resource, *, actor: User, note: str = "", seen: int | None = None) -> Resource:
    """Show it to its audience, now or when its embargo ends."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.publish_resource", seen)
        refuse_incomplete(kept)
        move(kept, "publish", actor=actor, note=clean_block(note), published_at=kept.published_at or now())
        close_items(kept)
        answer_requests(kept, actor=actor)
        announce_if_due(kept)
        index(kept)
        tell_suggester(kept, "resources.yours_published", note=clean_block(note))
    return kept


def hold(
    resource: Resource, *, actor: User, questions: Mapping[str, str], note: str = "", seen: int | None = None
) -> Resource:
    """Put it on hold: with questions to the suggester (field → what is asked), or for the desk's own reasons.

    Only the fields that are asked about open again. The clock of the desk stands still until the answer.
    """
    asked = {field: clean_block(text) for field, text in questions.items() if clean_block(text)}
    note = clean_block(note)
    if unknown := set(asked) - set(ASKABLE):
        raise DomainError(_("This cannot be asked about."), fields=dict.fromkeys(unknown, ""))
    if not asked and not note:
        raise DomainError(
            _("Give the reason for putting it on hold."),
            fields={"note": _("Ask at a field, or write why it is on hold.")},
        )
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.hold_resource", seen)
        move(kept, "hold", actor=actor, note=note)
        if asked:
            ask(kept, asked, actor=actor)
            pause(kept)
            tell_suggester(kept, "resources.yours_returned", note=note)
    return kept


def resume(resource: Resource, *, actor: User) -> Resource:
    """Go on without waiting for an answer."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.resume_resource")
        move(kept, "resume", actor=actor)
        resume_items(kept)
        answer_requests(kept, actor=actor)
    return kept


def refuse(
    resource: Resource, *, actor: User, reason: str, note: str = "", seen: int | None = None
) -> Resource:
    """The suggester reads the reason, and may revise it and suggest it again (K-04)."""
    note = clean_block(note)
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.refuse_resource", seen)
        move(kept, "refuse", actor=actor, reason=reason, note=note)
        close_items(kept)
        answer_requests(kept, actor=actor)
        tell_suggester(kept, "resources.yours_refused", reason=reason, note=note)
    return kept


def archive(resource: Resource, *, actor: User) -> Resource:
    """Out of lists and search; its page stays, and says so."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.archive_resource")
        move(kept, "archive", actor=actor)
        index(kept)
    return kept


def restore(resource: Resource, *, actor: User) -> Resource:
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.restore_resource")
        refuse_incomplete(kept)
        gone: dict[str, Any] = {"withdrawn_at": None, "withdrawn_reason": "", "withdrawn_note": ""}
        move(kept, "restore", actor=actor, **gone)
        announce_if_due(kept)
        index(kept)
    return kept


def withdraw(resource: Resource, *, actor: User, reason: str, note: str = "") -> Resource:
    """Take it away for good reason: the page that is left answers 410 and says why (K-12)."""
    note = clean_block(note)
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.withdraw_resource")
        gone: dict[str, Any] = {"withdrawn_at": now(), "withdrawn_reason": reason, "withdrawn_note": note}
        move(kept, "withdraw", actor=actor, reason=reason, note=note, **gone)
        close_items(kept)
        index(kept)
        tell_suggester(kept, "resources.yours_withdrawn", reason=reason, note=note)
    return kept


def discard(resource: Resource, *, actor: User) -> None:
    """Throw a draft of the desk away."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.edit_resource")
        if not kept.is_draft:
            raise WrongState(_("This is no longer a draft."))
        close_items(kept)
        kept.delete()


# --- The queue ----------------------------------------------------------------------------------------------
def take(resource: Resource, *, actor: User) -> None:
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.judge_resource")
        refuse_recused(actor, kept)
        claim(waiting_item(kept), actor)


def put_back(resource: Resource, *, actor: User) -> None:
    with transaction.atomic():
        release(waiting_item(for_change(resource, actor, "resources.judge_resource")), actor)


def assign(resource: Resource, *, actor: User, to: User) -> None:
    """Give it to a colleague, whoever had it."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.judge_resource")
        if not people_who_curate().filter(pk=to.pk).exists():
            raise DomainError(_("Choose a curator."), fields={"to": _("Choose from the list.")})
        if is_recused(to, kept):
            text = _("%(name)s belongs to, or takes part in, this matter.") % {"name": to}
            raise DomainError(text, fields={"to": text})
        item = waiting_item(kept)
        WorkItem.objects.filter(pk=item.pk).update(holder=to)
        record(kept, "resources.resource.assign", actor=actor, to=to.pk)


def confirm(resource: Resource, *, actor: User) -> Resource:
    """Somebody of the desk has read what a trusted source published at once, and leaves it."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.judge_resource")
        refuse_recused(actor, kept)
        if not close_items(kept, REVIEW):
            raise WrongState(_("It has been read already."))
        record(kept, "resources.resource.confirm", actor=actor)
    return kept


# --- The embargo --------------------------------------------------------------------------------------------
def announce_due(at: datetime | None = None) -> int:
    """Index and tell what came out of its embargo; each once, whoever runs it. Returns how many."""
    at = at or now()
    due = Resource.objects.listed(at).filter(announced_at=None).order_by("pk")
    told = 0
    for pk in list(due.values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            kept = lock_record(Resource(pk=pk))
            if kept.status == S.PUBLISHED and kept.announced_at is None and not kept.is_embargoed:
                announce_if_due(kept)
                index(kept)
                told += 1
    return told


def announce_if_due(kept: Resource) -> None:
    """Tell followers once, when its audience may read it for the first time.

    One that is put under embargo again waits to be indexed at its end.
    """
    if kept.announced_at is not None and kept.is_embargoed:
        kept.announced_at = None
        Resource.objects.filter(pk=kept.pk).update(announced_at=None)
    if kept.announced_at is not None or kept.status != S.PUBLISHED or kept.is_embargoed:
        return
    kept.announced_at = now()
    Resource.objects.filter(pk=kept.pk).update(announced_at=kept.announced_at)
    if kept.audience != Audience.DESK:
        tell(
            "resources.resource_published",
            kept,
            key=f"resource:{kept.pk}",
            terms=terms_of(kept),
            weight=Weight.NEWS,
            url_name="resources:resource",
            url_args=[kept.pk, kept.slug],
            facts={"title": kept.title},
        )


# --- Whom it concerns ---------------------------------------------------------------------------------------
def tell_suggester(kept: Resource, kind: str, **facts: Any) -> None:
    if kept.suggested_for_id is None:
        return
    notify_all(
        people_who_suggest(kept),
        kind,
        key=f"resource:{kept.pk}:{kind}:{_moves(kept)}",
        url_name="resources:suggestion",
        url_args=[kept.pk],
        subject=kept,
        facts={"title": kept.title, **facts},
    )


def _moves(kept: Resource) -> int:
    """How often it was moved: a second refusal is told again."""
    return Decision.objects.about(kept).count()
