"""The engine's own entries: change requests move by it too, and the clock tells people who is waiting."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_kept
from notifications.hooks import kind
from workflow.actions.changes import carry_out
from workflow.models import ChangeRequest, Decision
from workflow.registry import after_move, parties_on


def after_change_request(change: ChangeRequest, name: str, decision: Decision, actor: Any) -> None:
    if name == "approve":
        carry_out(change, actor)


def parties_on_change(change: ChangeRequest) -> set[str]:
    """Who proposed it, and whoever is party to what it would change."""
    parties = {f"person:{change.proposed_by_id}"}
    subject = change.subject
    if subject is not None and change.subject_kind in parties_on:
        parties |= parties_on[change.subject_kind](subject)
    return parties


after_move.register("workflow.changerequest", after_change_request)
parties_on.register("workflow.changerequest", parties_on_change)
kind(
    "workflow.escalated",
    label=_("Something has waited too long"),
    group=_("Work of the desk"),
    still_visible=lambda user, _subject: user.is_desk,
    concerns=lambda user: user.belongs_to_desk,
)
declare_kept(_("Changes of an entry that you proposed"), "workflow.changerequest.proposed_by")
declare_kept(_("Steps that you took with an application or an entry"), "workflow.decision.actor")
declare_kept(_("Receipts for what you handed in"), "workflow.receipt.received_from")
declare_kept(
    _("Work done for the desk"),
    "workflow.draftdecision.drafted_by",
    "workflow.extension.given_by",
    "workflow.itemrequest.asked_by",
    "workflow.workitem.holder",
)
