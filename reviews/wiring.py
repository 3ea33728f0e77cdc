"""What becomes of a person's part in reviews when the account is deleted."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, declare_kept, kept_lists
from accounts.people.enums import Role
from reviews.contributions import queries_pages as contributions_queries_pages
from reviews.demo_calls import load_demo_calls
from reviews.demo_dialogues import load_demo_dialogues
from reviews.demo_reviews import load_demo_review
from reviews.dialogue_applications import queries as dialogue_applications_queries
from reviews.receivers import LISTS
from reviews.tracker.models import CountryReview, FocalPoint, ReviewDocument, ReviewingState
from stakeholders.hooks import demo_parts, dossier_sections
from taxonomy.curation.wiring import KINDS

declare_kept(
    _("Contributions, their files and signatures, which stay their stakeholder's"),
    "reviews.contribution.author",
    "reviews.evidence.uploaded_by",
    "reviews.cosignature.invited_by",
    "reviews.cosignature.answered_by",
)
declare_kept(_("Corrections of review pages that you sent"), "reviews.correction.reporter")
declare_kept(
    _("Work done at the desk"),
    "reviews.call.drafted_by",
    "reviews.correction.answered_by",
    "reviews.followup.written_by",
    "reviews.observation.recorded_by",
    "reviews.reviewimport.sent_by",
    "reviews.steprecord.recorded_by",
)

# --- Contributions in moderation, their part of a stakeholder's dossier, and who opened evidence -----

dossier_sections.register(
    "contributions",
    Section(
        _("Contributions to country reviews"),
        _("What was written and signed, what was decided, and the files that came with it."),
        contributions_queries_pages.dossier_contributions,
        contributions_queries_pages.dossier_evidence,
    ),
)
dossier_sections.register(
    "dialogues",
    Section(
        _("Applications to constructive dialogues"),
        _("The answers in each, and the status of every dialogue."),
        dialogue_applications_queries.dossier_applications,
    ),
)

# --- The desk's side of calls in the registries of the apps below ------------------------------------

demo_parts.register("reviews.calls", load_demo_calls)

demo_parts.register("reviews.dialogues", load_demo_dialogues)

demo_parts.register("reviews.tracker", load_demo_review)

for _model in (*LISTS, ReviewDocument, ReviewingState):
    kept_lists.register(_model._meta.label_lower, (Role.REVIEWS, Role.CURATION, Role.ADMINISTRATOR))

# The lists of this app are edited by the same act as those of taxonomy.
EDITED = (*LISTS, CountryReview, FocalPoint, ReviewDocument, ReviewingState)
KINDS.update({model._meta.label_lower: model._meta.verbose_name for model in EDITED})
