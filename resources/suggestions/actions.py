"""What a stakeholder does with a resource that it suggests; and what other parts of the portal suggest."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from core.text import clean_block
from core.uploads import StoredFile
from notifications.outbox.actions import notify_all
from resources.curation.actions import LOOK, REVIEW, announce_if_due, tell_suggester
from resources.curation.actions_changes import CHANGE
from resources.files.actions import TASK, propose_version
from resources.files.models import ResourceFile
from resources.records.actions import for_change, lock_record, refuse_incomplete, write
from resources.records.enums import ResourceStatus
from resources.records.models import Resource
from resources.records.queries import EDITION, FILE, Facts, differences, facts_of, people_who_curate
from search.actions import index
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.rules import acts_for
from stakeholders.trust.enums import Trust
from stakeholders.trust.queries import levels_of
from workflow.changes.actions import propose_change
from workflow.changes.models import ChangeRequest
from workflow.items.actions import answer_requests, close_items, open_item, resume
from workflow.items.queries import open_requests
from workflow.moves.actions import move
from workflow.moves.models import Decision

S = ResourceStatus


class Sent(NamedTuple):
    resource: Resource
    at_once: bool


def begin(*, actor: User, stakeholder: Stakeholder, facts: Facts) -> Resource:
    """A draft that nobody but the stakeholder's people see."""
    if not acts_for(actor, stakeholder.pk):
        raise PermissionDenied
    with transaction.atomic():
        resource = Resource(suggested_by=actor, suggested_for=stakeholder, is_demo=actor.is_demo)
        write(resource, facts)
        record(resource, "resources.resource.suggest", actor=actor)
    return resource


def save(resource: Resource, *, actor: User, version: int, facts: Facts, note: str = "") -> Resource:
    """Keep what was written. On hold only what the desk asked about is taken; the rest stays as it is.

    Raises WrongState where another window has saved since, or the desk has it.
    """
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.write_resource", version)
        if kept.status == S.HOLD:
            facts = only_asked(kept, facts)
        elif not kept.is_draft:
            raise WrongState(_("It is with the WhatsOn team now. Take it back, or await the answer."))
        kept.note = clean_block(note)
        write(kept, facts)
    return kept


def only_asked(kept: Resource, facts: Facts) -> dict[str, Any]:
    """Of `facts` those that the desk asked about; of editions the parts alone. One query."""
    asked = set(open_requests(kept))
    if not asked:
        raise WrongState(_("It is on hold, and there are no questions for you."))
    said = {name: value for name, value in facts.items() if name in asked}
    before = facts_of(kept)
    for name, value in facts.items():
        if name.startswith(EDITION) and value:
            was = before.get(name, {})
            parts = {part: text for part, text in value.items() if part in asked}
            left_out = {part for part in was if part in asked and part not in value}
            said[name] = {**{part: was[part] for part in was if part not in left_out}, **parts}
    return said


def submit(resource: Resource, *, actor: User, version: int | None = None) -> Sent:
    """Send it. The lowest trust of person, stakeholder and mail domain says where it starts (K-03)."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.submit_resource", version)
        refuse_incomplete(kept)
        level = levels_of(actor, kept.suggested_for).lowest if kept.suggested_for else Trust.READ_FIRST
        at_once = level == Trust.TRUSTED
        if at_once:
            move(kept, "post", actor=actor, submitted_at=now(), published_at=kept.published_at or now())
            open_item(kept, REVIEW, waits_for=Role.CURATION)
            record(kept, "resources.resource.trusted", actor=None, level=int(level))
            announce_if_due(kept)
            index(kept)
            tell_suggester(kept, "resources.yours_published")
        else:
            move(kept, "submit", actor=actor, submitted_at=now())
            _wait_for_desk(kept)
            if level == Trust.BLOCKED:
                move(kept, "hold", actor=None, system=True)
        tell_desk(kept, "resources.arrived")
    return Sent(kept, at_once)


def resubmit(resource: Resource, *, actor: User, version: int | None = None) -> Resource:
    """Send the answers to what the desk asked."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.resubmit_resource", version)
        if kept.status == S.HOLD and not open_requests(kept):
            raise WrongState(_("It is on hold, and there are no questions for you."))
        refuse_incomplete(kept)
        move(kept, "resubmit", actor=actor, submitted_at=now())
        _wait_for_desk(kept)
        answer_requests(kept, actor=actor)
        tell_desk(kept, "resources.answered")
    return kept


def send(resource: Resource, *, actor: User, version: int | None = None) -> Sent | Resource:
    """Submit it, or the answers to what the desk asked where it is on hold."""
    if resource.status == S.HOLD:
        return resubmit(resource, actor=actor, version=version)
    return submit(resource, actor=actor, version=version)


def take_back(resource: Resource, *, actor: User) -> Resource:
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.take_back_resource")
        move(kept, "take_back", actor=actor)
        close_items(kept)
        answer_requests(kept, actor=actor)
    return kept


def revise_again(resource: Resource, *, actor: User) -> Resource:
    """What was refused becomes a draft again."""
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.revise_resource")
        move(kept, "revise", actor=actor)
    return kept


def discard(resource: Resource, *, actor: User, version: int | None = None) -> None:
    with transaction.atomic():
        kept = for_change(resource, actor, "resources.write_resource", version)
        if not kept.is_draft:
            raise WrongState(_("This is no longer a draft."))
        kept.delete()


# --- Changes of what is published (K-18) --------------------------------------------------------------------
def propose(resource: Resource, *, actor: User, facts: Facts) -> ChangeRequest:
    """Ask the desk to change a published record; until it agrees the record stays as it is."""
    with transaction.atomic():
        kept = _held_to_propose(resource, actor)
        if not differences(facts_of(kept), facts):
            raise DomainError(_("Nothing was changed."))
        return _ask_desk(kept, facts, actor)


def propose_file(
    resource: Resource, *, actor: User, language: str, upload: UploadedFile, label: str = ""
) -> ChangeRequest:
    """Ask the desk to let a newer file take the place of a published one, which stays until it agrees.

    Raises DomainError with `upload` at fault, WrongState where another change waits.
    """
    with transaction.atomic():
        kept = _held_to_propose(resource, actor)
        if ChangeRequest.objects.about(kept).open().exists():
            raise WrongState(_("Another change is already waiting for a decision."))
        proposed = propose_version(kept.editions.get(language=language), upload, actor=actor, label=label)
        said = {"proposed": proposed.pk, "name": proposed.name, "label": proposed.label}
        return _ask_desk(kept, {f"{FILE}{language}": said}, actor)


def _held_to_propose(resource: Resource, actor: User) -> Resource:
    kept = lock_record(resource)
    if kept.status != S.PUBLISHED or not acts_for(actor, kept.suggested_for_id):
        raise PermissionDenied
    return kept


def _ask_desk(kept: Resource, facts: Facts, actor: User) -> ChangeRequest:
    change = propose_change(kept, facts, actor=actor)
    open_item(change, CHANGE, waits_for=Role.CURATION, label=kept.title)
    notify_all(
        people_who_curate(),
        "resources.change_proposed",
        key=f"resource:{kept.pk}:change:{change.pk}",
        url_name="resourcedesk:change",
        url_args=[change.pk],
        subject=kept,
        facts={"title": kept.title},
    )
    return change


def _wait_for_desk(kept: Resource) -> None:
    open_item(kept, LOOK, waits_for=Role.CURATION)
    resume(kept)


def tell_desk(kept: Resource, kind: str) -> None:
    by = kept.suggested_for.name if kept.suggested_for else ""
    notify_all(
        people_who_curate(),
        kind,
        key=f"resource:{kept.pk}:{kind}:{_moves(kept)}",
        url_name="resourcedesk:record",
        url_args=[kept.pk],
        subject=kept,
        facts={"title": kept.title, "stakeholder": by},
    )


def _moves(kept: Resource) -> int:
    return Decision.objects.about(kept).count()


# --- What another part of the portal has made public is suggested to the library, without a form -----
# It waits in the desk's one queue like any other suggestion, whoever sends it and however far they are
# trusted.


def offer(
    facts: Facts, *, stakeholder: Stakeholder | None, by: User | None, file: StoredFile | None = None
) -> Resource:
    """A suggestion of the stakeholder; without one it is the desk's own record, and waits all the same.

    `facts` name one edition. `file` is copied into it. What is still missing the desk fills in.
    """
    with transaction.atomic():
        resource = Resource(suggested_by=by, suggested_for=stakeholder, is_demo=bool(by and by.is_demo))
        write(resource, facts)
        record(resource, "resources.resource.suggest", actor=by)
        if file is not None:
            _copy(resource, file, by)
        move(resource, "submit", actor=by, system=True, submitted_at=now())
        _wait_for_desk(resource)
        tell_desk(resource, "resources.arrived")
    return resource


def _copy(resource: Resource, file: StoredFile, by: User | None) -> None:
    edition = resource.editions.get()
    with file.file.open("rb") as content:
        copy = ResourceFile(
            edition=edition,
            uploaded_by=by,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            file=File(content, name=file.name),
        )
        copy.save()
    later(TASK, pk=copy.pk)
