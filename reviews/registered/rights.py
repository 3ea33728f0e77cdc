"""What becomes of a person's part in reviews when the account is deleted."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_kept

declare_kept(
    _("Contributions, their files and signatures, which stay their stakeholder's"),
    "reviews.contribution.author",
    "reviews.evidence.uploaded_by",
    "reviews.cosignature.invited_by",
    "reviews.cosignature.answered_by",
)
declare_kept(_("Corrections of review pages that you sent"), "reviews.correction.reporter")
declare_kept(
    _("Work done for the desk"),
    "reviews.call.drafted_by",
    "reviews.correction.answered_by",
    "reviews.followup.written_by",
    "reviews.observation.recorded_by",
    "reviews.reviewimport.sent_by",
    "reviews.steprecord.recorded_by",
)
