"""Changes in the registries: whose matter they are; a person's part in decisions."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_kept
from audit.enums import Audience
from audit.hooks import sentence
from workflow.changes.models import ChangeRequest
from workflow.hooks import parties_on

sentence(
    "workflow.changerequest.propose", _("%(actor)s proposed a change (%(fields)s)"), audience=Audience.SUBJECT
)


def parties_on_change(change: ChangeRequest) -> set[str]:
    """Who proposed it, and whoever is party to what it would change."""
    parties = {f"person:{change.proposed_by_id}"}
    subject = change.subject
    if subject is not None and change.subject_kind in parties_on:
        parties |= parties_on[change.subject_kind](subject)
    return parties


parties_on.register("workflow.changerequest", parties_on_change)
declare_kept(_("Changes to a profile that you proposed"), "workflow.changerequest.proposed_by")
declare_kept(_("Steps that you took with an application or a profile"), "workflow.decision.actor")
declare_kept(_("Receipts for what you handed in"), "workflow.receipt.received_from")
declare_kept(
    _("Work done at the desk"),
    "workflow.draftdecision.drafted_by",
    "workflow.extension.given_by",
    "workflow.itemrequest.asked_by",
    "workflow.workitem.holder",
)
