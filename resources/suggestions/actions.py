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
from resources.records.actions import lock_for_change, lock_record, refuse_incomplete, write_facts
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
from workflow.items.queries import due_of, open_requests
from workflow.moves.actions import move
from workflow.moves.models import Decision

S = ResourceStatus


class Sent(NamedTuple):
    resource: Resource
    at_once: bool


def begin(*, actor: User, stakeholder: Stakeholder, facts: Facts) -> Resource:
    """Create a draft that only the stakeholder's people see."""
    if not acts_for(actor, stakeholder.pk):
        raise PermissionDenied
    with transaction.atomic():
        resource = Resource(suggested_by=actor, suggested_for=stakeholder, is_demo=actor.is_demo)
        write_facts(resource, facts)
        record(resource, "resources.resource.suggest", actor=actor)
    return resource


def save(resource: Resource, *, actor: User, version: int, facts: Facts, note: str = "") -> Resource:
    """Save what was written. On hold only answers to the desk's requests are taken.

    Raises WrongState where another window has saved since, or the desk has it.
    """
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.write_resource", version)
        if stored.status == S.HOLD:
            facts = answers_to_requests(stored, facts)
        elif not stored.is_draft:
            raise WrongState(_("It is with the WhatsOn team now. Take it back, or await the answer."))
        stored.note = clean_block(note)
        write_facts(stored, facts)
    return stored


def answers_to_requests(resource: Resource, facts: Facts) -> dict[str, Any]:
    """Return those of `facts` that the desk asked about; of editions the parts alone."""
    open_fields = set(open_requests(resource))
    if not open_fields:
        raise WrongState(_("It is on hold, and there are no questions for you."))
    answers = {name: value for name, value in facts.items() if name in open_fields}
    before = facts_of(resource)
    for name, value in facts.items():
        if name.startswith(EDITION) and value:
            was = before.get(name, {})
            parts = {part: text for part, text in value.items() if part in open_fields}
            left_out = {part for part in was if part in open_fields and part not in value}
            answers[name] = {**{part: was[part] for part in was if part not in left_out}, **parts}
    return answers


def submit(resource: Resource, *, actor: User, version: int | None = None) -> Sent:
    """Submit it. The lowest trust of person, stakeholder and mail domain says where it starts (K-03)."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.submit_resource", version)
        refuse_incomplete(stored)
        level = levels_of(actor, stored.suggested_for).lowest if stored.suggested_for else Trust.READ_FIRST
        at_once = level == Trust.TRUSTED
        if at_once:
            move(stored, "post", actor=actor, submitted_at=now(), published_at=stored.published_at or now())
            open_item(stored, REVIEW, waits_for=Role.CURATION)
            record(stored, "resources.resource.trusted", actor=None, level=int(level))
            announce_if_due(stored)
            index(stored)
            tell_suggester(stored, "resources.yours_published")
        else:
            move(stored, "submit", actor=actor, submitted_at=now())
            _wait_for_desk(stored)
            if level == Trust.BLOCKED:
                move(stored, "hold", actor=None, system=True)
        tell_desk(stored, "resources.arrived")
    return Sent(stored, at_once)


def resubmit(resource: Resource, *, actor: User, version: int | None = None) -> Resource:
    """Send the answers to what the desk asked."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.resubmit_resource", version)
        if stored.status == S.HOLD and not open_requests(stored):
            raise WrongState(_("It is on hold, and there are no questions for you."))
        refuse_incomplete(stored)
        move(stored, "resubmit", actor=actor, submitted_at=now())
        _wait_for_desk(stored)
        answer_requests(stored, actor=actor)
        tell_desk(stored, "resources.answered")
    return stored


def send(resource: Resource, *, actor: User, version: int | None = None) -> Sent | Resource:
    """Submit it or, where it is on hold, the answers to the desk."""
    if resource.status == S.HOLD:
        return resubmit(resource, actor=actor, version=version)
    return submit(resource, actor=actor, version=version)


def take_back(resource: Resource, *, actor: User) -> Resource:
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.take_back_resource")
        move(stored, "take_back", actor=actor)
        close_items(stored)
        answer_requests(stored, actor=actor)
    return stored


def revise_again(resource: Resource, *, actor: User) -> Resource:
    """Make a refused suggestion a draft again."""
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.revise_resource")
        move(stored, "revise", actor=actor)
    return stored


def discard(resource: Resource, *, actor: User, version: int | None = None) -> None:
    with transaction.atomic():
        stored = lock_for_change(resource, actor, "resources.write_resource", version)
        if not stored.is_draft:
            raise WrongState(_("This is no longer a draft."))
        stored.delete()


# --- Changes of what is published (K-18) --------------------------------------------------------------------
def propose(resource: Resource, *, actor: User, facts: Facts) -> ChangeRequest:
    """Ask the desk to change a published record, which stays as it is until the desk approves."""
    with transaction.atomic():
        stored = _lock_for_proposal(resource, actor)
        if not differences(facts_of(stored), facts):
            raise DomainError(_("Nothing was changed."))
        return _ask_desk(stored, facts, actor)


def propose_file(
    resource: Resource, *, actor: User, language: str, upload: UploadedFile, label: str = ""
) -> ChangeRequest:
    """Ask the desk to replace a published file by a newer one.

    Raises DomainError with `upload` at fault, WrongState where another change waits.
    """
    with transaction.atomic():
        stored = _lock_for_proposal(resource, actor)
        if ChangeRequest.objects.about(stored).open().exists():
            raise WrongState(_("Another change is already waiting for a decision."))
        proposed = propose_version(stored.editions.get(language=language), upload, actor=actor, label=label)
        file_facts = {"proposed": proposed.pk, "name": proposed.name, "label": proposed.label}
        return _ask_desk(stored, {f"{FILE}{language}": file_facts}, actor)


def _lock_for_proposal(resource: Resource, actor: User) -> Resource:
    stored = lock_record(resource)
    if stored.status != S.PUBLISHED or not acts_for(actor, stored.suggested_for_id):
        raise PermissionDenied
    return stored


def _ask_desk(resource: Resource, facts: Facts, actor: User) -> ChangeRequest:
    change = propose_change(resource, facts, actor=actor)
    open_item(change, CHANGE, waits_for=Role.CURATION, label=resource.title)
    notify_all(
        people_who_curate(),
        "resources.change_proposed",
        key=f"resource:{resource.pk}:change:{change.pk}",
        url_name="resourcedesk:change",
        url_args=[change.pk],
        subject=resource,
        facts=_facts_for_desk(resource, change),
    )
    return change


def _wait_for_desk(resource: Resource) -> None:
    open_item(resource, LOOK, waits_for=Role.CURATION)
    resume(resource)


def tell_desk(resource: Resource, kind: str) -> None:
    notify_all(
        people_who_curate(),
        kind,
        key=f"resource:{resource.pk}:{kind}:{_count_moves(resource)}",
        url_name="resourcedesk:record",
        url_args=[resource.pk],
        subject=resource,
        facts=_facts_for_desk(resource, resource),
    )


def _facts_for_desk(resource: Resource, subject: Resource | ChangeRequest) -> dict[str, str]:
    by = resource.suggested_for.name if resource.suggested_for else ""
    return {"title": resource.title, "stakeholder": by, "due": due_of(subject)}


def _count_moves(resource: Resource) -> int:
    return Decision.objects.about(resource).count()


# --- What another part of the portal has made public is suggested to the library, without a form -----
# It waits in the desk's one queue like any other suggestion, whoever sends it and however far they are
# trusted.


def offer(
    facts: Facts, *, stakeholder: Stakeholder | None, by: User | None, file: StoredFile | None = None
) -> Resource:
    """Create a suggestion of the stakeholder or, without one, a record of the desk that waits as well.

    `facts` name one edition. `file` is copied into it. What is still missing the desk fills in.
    """
    with transaction.atomic():
        resource = Resource(suggested_by=by, suggested_for=stakeholder, is_demo=bool(by and by.is_demo))
        write_facts(resource, facts)
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
