"""How a proposed change moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.moves.enums import Move


class ChangeStatus(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("status of a change request", "Proposed")
    APPROVED = "approved", pgettext_lazy("status of a change request", "Approved")
    REFUSED = "refused", pgettext_lazy("status of a change request", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a change request", "Withdrawn")


S = ChangeStatus
LOOKS: dict[str, str] = {"approved": "done", "refused": "refused", "withdrawn": "quiet"}
MOVES: dict[str, Move] = {
    "approve": Move(
        (S.PROPOSED,), S.APPROVED, _("Approve the change"), decides=True, by="desk", style="primary"
    ),
    "refuse": Move(
        (S.PROPOSED,),
        S.REFUSED,
        _("Decline the change"),
        needs_reason=True,
        decides=True,
        by="desk",
        style="danger",
    ),
    "withdraw": Move((S.PROPOSED,), S.WITHDRAWN, _("Withdraw the proposal"), by="proposer"),
}

# What the audit entry of a move reads as.
SENTENCES = {
    "approve": _("%(actor)s approved the proposed change"),
    "refuse": _("%(actor)s declined the proposed change"),
    "withdraw": _("%(actor)s withdrew the proposed change"),
}
