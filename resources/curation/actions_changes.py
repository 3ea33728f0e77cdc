"""A proposed change of a published record: decided by the desk, and carried out."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError
from core.text import clean_block
from resources.curation.actions import note_changes, tell_suggester
from resources.files.actions import take_proposed
from resources.files.models import ProposedFile
from resources.records.actions import lock_record, refuse_incomplete, write_facts
from resources.records.models import Resource
from resources.records.queries import FILE, Facts
from workflow.changes.actions import decide_change
from workflow.changes.models import ChangeRequest
from workflow.items.actions import close_items
from workflow.moves.models import Decision

CHANGE = "resource_change"


def decide(change: ChangeRequest, name: Any, *, actor: User, note: str = "") -> Decision:
    """Approve a change, which is carried out at once, refuse it with a note, or withdraw it."""
    note = clean_block(note)
    if name == "refuse" and not note:
        raise DomainError(_("Please give a reason."), fields={"note": _("Please give a reason.")})
    with transaction.atomic():
        stored = lock_record(Resource(pk=change.subject_id))
        held = ChangeRequest.objects.get(pk=change.pk)
        decision = decide_change(held, name, actor=actor, note=note)
        close_items(held, CHANGE)
        if name != "approve":
            ProposedFile.objects.filter(pk__in=_proposed_files(held.after).values()).delete()
        if name != "withdraw":
            approved = name == "approve"
            kind = "resources.yours_change_approved" if approved else "resources.yours_change_declined"
            tell_suggester(stored, kind, note=note)
    return decision


def carry_out(resource: Resource, after: Facts, actor: User) -> None:
    """Write approved values into the record. The engine calls it in the transaction of the approval."""
    stored = lock_record(resource)
    files = _proposed_files(after)
    if facts := {name: value for name, value in after.items() if name not in files}:
        changes = write_facts(stored, facts)
        refuse_incomplete(stored)
        note_changes(stored, changes, actor=actor)
    for pk in files.values():
        take_proposed(stored, pk, actor=actor)


def _proposed_files(after: Facts) -> dict[str, int]:
    """Return field → number of the file that is proposed there."""
    return {name: value["proposed"] for name, value in after.items() if name.startswith(FILE)}
