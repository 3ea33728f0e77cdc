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
from resources.records.actions import (
    lock_for_change,
    lock_record,
    refuse_incomplete,
    store_revision,
    write_facts,
)
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
    """Create a draft of the desk, held by the person who begins it."""
    if not actor.has_perm("resources.add_resource"):
        raise PermissionDenied
    with transaction.atomic():
        resource = Resource(suggested_by=None, is_demo=actor.is_demo)
        write_facts(resource, facts)
        record(resource, "resources.resource.write", actor=actor)
        item = open_item(resource, LOOK, waits_for="curation")
        claim(item, actor)
    return resource


def edit(resource: Resource, *, actor: User, version: int, facts: Facts) -> Resource:
    """Change a record. Unless it is a draft, the differences are stored with their author (K-18)."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.edit_resource", version)
        if stored.status in (S.WITHDRAWN, S.MERGED):
            raise WrongState(_("This resource can no longer be changed."))
        changes = write_facts(stored, facts)
        if stored.status in S.SHOWN:
            refuse_incomplete(stored)
            announce_if_due(stored)
        if not stored.is_draft:
            note_changes(stored, changes, actor=actor)
    return stored


def note_changes(resource: Resource, changes: Mapping[str, list[Any]], *, actor: User | None) -> None:
    """Store what an act changed in a record: a revision, an audit entry, and the index of the search."""
    if not changes:
        return
    revision = store_revision(resource, changes)
    fields = ", ".join(sorted(changes))
    record(resource, "resources.resource.edit", actor=actor, fields=fields, revision=revision.pk)
    if resource.status in S.SHOWN:
        index(resource)


def publish(resource: Resource, *, actor: User, note: str = "", version: int | None = None) -> Resource:
    """Show it to its audience, now or when its embargo ends."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.publish_resource", version)
        refuse_incomplete(stored)
        move(
            stored, "publish", actor=actor, note=clean_block(note), published_at=stored.published_at or now()
        )
        close_items(stored)
        answer_requests(stored, actor=actor)
        announce_if_due(stored)
        index(stored)
        tell_suggester(stored, "resources.yours_published", note=clean_block(note))
    return stored


def hold(
    resource: Resource,
    *,
    actor: User,
    questions: Mapping[str, str],
    note: str = "",
    version: int | None = None,
) -> Resource:
    """Put it on hold: with `questions` to the suggester (field → question), or for the desk's own reasons.

    Only the fields that are asked about open again. The clock of the desk stands still until the answer.
    """
    cleaned_questions = {field: clean_block(text) for field, text in questions.items() if clean_block(text)}
    note = clean_block(note)
    if unknown := set(cleaned_questions) - set(ASKABLE):
        raise DomainError(_("This cannot be asked about."), fields=dict.fromkeys(unknown, ""))
    if not cleaned_questions and not note:
        raise DomainError(
            _("Give the reason for putting it on hold."),
            fields={"note": _("Ask at a field, or write why it is on hold.")},
        )
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.hold_resource", version)
        move(stored, "hold", actor=actor, note=note)
        if cleaned_questions:
            ask(stored, cleaned_questions, actor=actor)
            pause(stored)
            tell_suggester(stored, "resources.yours_returned", note=note)
    return stored


def resume(resource: Resource, *, actor: User) -> Resource:
    """Go on without waiting for an answer."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.resume_resource")
        move(stored, "resume", actor=actor)
        resume_items(stored)
        answer_requests(stored, actor=actor)
    return stored


def refuse(
    resource: Resource, *, actor: User, reason: str, note: str = "", version: int | None = None
) -> Resource:
    """Refuse a suggestion. The suggester reads the reason, and may revise and submit it again (K-04)."""
    note = clean_block(note)
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.refuse_resource", version)
        move(stored, "refuse", actor=actor, reason=reason, note=note)
        close_items(stored)
        answer_requests(stored, actor=actor)
        tell_suggester(stored, "resources.yours_refused", reason=reason, note=note)
    return stored


def archive(resource: Resource, *, actor: User) -> Resource:
    """Take it out of lists and search. Its page stays and says that it is archived."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.archive_resource")
        move(stored, "archive", actor=actor)
        index(stored)
    return stored


def restore(resource: Resource, *, actor: User) -> Resource:
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.restore_resource")
        refuse_incomplete(stored)
        gone: dict[str, Any] = {"withdrawn_at": None, "withdrawn_reason": "", "withdrawn_note": ""}
        move(stored, "restore", actor=actor, **gone)
        announce_if_due(stored)
        index(stored)
    return stored


def withdraw(resource: Resource, *, actor: User, reason: str, note: str = "") -> Resource:
    """Withdraw a published record. Its page then answers 410 with the reason (K-12)."""
    note = clean_block(note)
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.withdraw_resource")
        gone: dict[str, Any] = {"withdrawn_at": now(), "withdrawn_reason": reason, "withdrawn_note": note}
        move(stored, "withdraw", actor=actor, reason=reason, note=note, **gone)
        close_items(stored)
        index(stored)
        tell_suggester(stored, "resources.yours_withdrawn", reason=reason, note=note)
    return stored


def discard(resource: Resource, *, actor: User) -> None:
    """Delete a draft of the desk. Raises WrongState for any other record."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.edit_resource")
        if not stored.is_draft:
            raise WrongState(_("This is no longer a draft."))
        close_items(stored)
        stored.delete()


# --- The queue ----------------------------------------------------------------------------------------------
def take(resource: Resource, *, actor: User) -> None:
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.judge_resource")
        refuse_recused(actor, stored)
        claim(waiting_item(stored), actor)


def put_back(resource: Resource, *, actor: User) -> None:
    with transaction.atomic():
        release(waiting_item(lock_for_change(resource, actor, "resources.judge_resource")), actor)


def assign(resource: Resource, *, actor: User, to: User) -> None:
    """Give the work item to a colleague, whoever holds it. Raises DomainError for who may not judge it."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.judge_resource")
        if not people_who_curate().filter(pk=to.pk).exists():
            raise DomainError(_("Choose a curator."), fields={"to": _("Choose from the list.")})
        if is_recused(to, stored):
            text = _("%(name)s is involved in this matter.") % {"name": to}
            raise DomainError(text, fields={"to": text})
        item = waiting_item(stored)
        WorkItem.objects.filter(pk=item.pk).update(holder=to)
        record(stored, "resources.resource.assign", actor=actor, to=to.pk)


def confirm(resource: Resource, *, actor: User) -> Resource:
    """Confirm, for the desk, a record that a trusted source published at once."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.judge_resource")
        refuse_recused(actor, stored)
        if not close_items(stored, REVIEW):
            raise WrongState(_("It has been read already."))
        record(stored, "resources.resource.confirm", actor=actor)
    return stored


# --- The embargo --------------------------------------------------------------------------------------------
def announce_due(at: datetime | None = None) -> int:
    """Index and announce the records whose embargo has ended, each once. Return how many."""
    at = at or now()
    due = Resource.objects.listed(at).filter(announced_at=None).order_by("pk")
    announced_count = 0
    for pk in list(due.values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            stored = lock_record(Resource(pk=pk))
            if stored.status == S.PUBLISHED and stored.announced_at is None and not stored.is_embargoed:
                announce_if_due(stored)
                index(stored)
                announced_count += 1
    return announced_count


def announce_if_due(resource: Resource) -> None:
    """Tell followers once, when its audience may read it for the first time.

    One that is put under embargo again waits to be indexed at its end.
    """
    if resource.announced_at is not None and resource.is_embargoed:
        resource.announced_at = None
        Resource.objects.filter(pk=resource.pk).update(announced_at=None)
    if resource.announced_at is not None or resource.status != S.PUBLISHED or resource.is_embargoed:
        return
    resource.announced_at = now()
    Resource.objects.filter(pk=resource.pk).update(announced_at=resource.announced_at)
    if resource.audience != Audience.DESK:
        tell(
            "resources.resource_published",
            resource,
            key=f"resource:{resource.pk}",
            terms=terms_of(resource),
            weight=Weight.NEWS,
            url_name="resources:resource",
            url_args=[resource.pk, resource.slug],
            facts={"title": resource.title},
        )


# --- Whom it concerns ---------------------------------------------------------------------------------------
def tell_suggester(resource: Resource, kind: str, **facts: Any) -> None:
    if resource.suggested_for_id is None:
        return
    notify_all(
        people_who_suggest(resource),
        kind,
        key=f"resource:{resource.pk}:{kind}:{_count_moves(resource)}",
        url_name="resources:suggestion",
        url_args=[resource.pk],
        subject=resource,
        facts={"title": resource.title, **facts},
    )


def _count_moves(resource: Resource) -> int:
    """Return how often it was moved. In the key of a message this lets a second refusal be told again."""
    return Decision.objects.about(resource).count()
