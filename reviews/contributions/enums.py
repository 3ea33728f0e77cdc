"""Contributions: who reads them, how they move, who signs with the author."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.moderation import enums as moderation_enums
from workflow.moves.enums import Move


class Visibility(models.TextChoices):
    """Who reads a contribution once it is accepted: the author's choice, which nobody else can widen."""

    PUBLIC = "public", pgettext_lazy("contribution", "Public, with our name")
    UNNAMED = "unnamed", pgettext_lazy("contribution", "Public, without our name")
    DESK = "desk", pgettext_lazy("contribution", "For the WhatsOn team only")

    @property
    def width(self) -> int:
        """The wider, the larger."""
        return {"desk": 0, "unnamed": 1, "public": 2}[self.value]


CONSEQUENCES = {
    Visibility.PUBLIC: _(
        "Everybody can read the text, the links and the files, with your name and the "
        "names of your co-signatories."
    ),
    Visibility.UNNAMED: _(
        "Everybody can read the text. Your name, your country, your co-signatories, the "
        "links and the files stay with the WhatsOn team. The text itself may still reveal "
        "who you are."
    ),
    Visibility.DESK: _("Only the WhatsOn team reads it. It counts in the number of contributions."),
}
# The same, told to others than those who chose it.
CONSEQUENCES_TOLD = {
    Visibility.PUBLIC: _(
        "Everybody can read the text, the links and the files, with the names of the lead "
        "and of the co-signatories."
    ),
    Visibility.UNNAMED: _(
        "Everybody can read the text. The names of the lead and of the co-signatories, "
        "their countries, the links and the files stay with the WhatsOn team and the "
        "co-signatories."
    ),
    Visibility.DESK: _("Only the WhatsOn team and the invited co-signatories read it."),
}


class ContributionStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of a contribution", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("status of a contribution", "Submitted")
    SCREENING = "screening", pgettext_lazy("status of a contribution", "In screening")
    RETURNED = "returned", pgettext_lazy("status of a contribution", "Returned for changes")
    PUBLISHED = "published", pgettext_lazy("status of a contribution", "Published")
    DESK_ONLY = "desk_only", pgettext_lazy("status of a contribution", "Kept for the WhatsOn team")
    DECLINED = "declined", pgettext_lazy("status of a contribution", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a contribution", "Withdrawn")
    HIDDEN = "hidden", moderation_enums.HIDDEN
    REMOVED = "removed", moderation_enums.REMOVED

    WITH_DESK = nonmember(("submitted", "screening"))
    OPEN = nonmember(("submitted", "screening", "returned"))
    WRITTEN = nonmember(("draft", "returned"))  # the author may write
    ACCEPTED = nonmember(("published", "desk_only"))
    OVER = nonmember(("declined", "withdrawn", "removed"))  # another one may be begun


S = ContributionStatus
CONTRIBUTION_MOVES: dict[str, Move] = {
    "submit": Move((S.DRAFT,), S.SUBMITTED, _("Send the contribution"), by="author", style="primary"),
    "revise": Move(
        (S.SUBMITTED, S.DECLINED), S.DRAFT, _("Take it back and correct it"), by="author", order=1
    ),
    "start": Move((S.SUBMITTED,), S.SCREENING, _("Start the screening"), by="reviews"),
    "publish": Move(
        S.WITH_DESK, S.PUBLISHED, _("Publish"), by="reviews", decides=True, order=1, style="primary"
    ),
    "keep": Move(
        S.WITH_DESK, S.DESK_ONLY, _("Keep for the desk"), by="reviews", decides=True, order=1, style="primary"
    ),
    # Also what is returned already: whoever could not answer in time is given more.
    "return": Move(S.OPEN, S.RETURNED, _("Return for changes"), by="reviews", decides=True, order=2),
    "answer": Move((S.RETURNED,), S.SCREENING, _("Send the answers"), by="author", style="primary"),
    "decline": Move(
        S.OPEN,
        S.DECLINED,
        _("Decline"),
        needs_reason=True,
        by="reviews",
        decides=True,
        order=3,
        style="danger",
    ),
    "hide": Move((S.PUBLISHED,), S.DESK_ONLY, _("Show it to the WhatsOn team only"), by="author", order=4),
    "withdraw": Move(
        (*S.OPEN, *S.ACCEPTED, S.HIDDEN), S.WITHDRAWN, _("Withdraw the contribution"), by="author", order=5
    ),
    # Of what was published: its author's "hide" is a choice of readers, this is a decision of the desk.
    **moderation_enums.desk_moves((S.PUBLISHED,), S.HIDDEN, S.REMOVED, back=S.PUBLISHED, by="reviews"),
}

# What the audit entry of a move reads as.
CONTRIBUTION_SENTENCES = {
    "submit": _("%(actor)s sent the contribution"),
    "revise": _("%(actor)s withdrew the contribution to correct it"),
    "start": _("%(actor)s started the screening"),
    "publish": _("%(actor)s published the contribution"),
    "keep": _("%(actor)s accepted the contribution for the WhatsOn team only"),
    "return": _("%(actor)s returned the contribution with questions"),
    "answer": _("%(actor)s answered what was asked"),
    "decline": _("%(actor)s declined the contribution"),
    "hide": _("%(actor)s removed the contribution from public view"),
    "withdraw": _("%(actor)s withdrew the contribution"),
}


class Signing(models.TextChoices):
    """What another stakeholder answered when asked to sign."""

    INVITED = "invited", pgettext_lazy("co-signature", "Asked")
    CONFIRMED = "confirmed", pgettext_lazy("co-signature", "Signed")
    DECLINED = "declined", pgettext_lazy("co-signature", "Does not sign")
