"""What is done to reviews, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from reviews.enums import CorrectionOutcome, ImportKind, StepStatus
from reviews.models import LISTS, CountryReview, FocalPoint, ReviewDocument, ReviewingState
from taxonomy.curation.wiring import KINDS

# The lists of this app are edited by the same act as those of taxonomy.
EDITED = (*LISTS, CountryReview, FocalPoint, ReviewDocument, ReviewingState)
KINDS.update({model._meta.label_lower: model._meta.verbose_name for model in EDITED})

sentence(
    "reviews.step_recorded",
    _("%(actor)s recorded a step (%(step)s, phase %(cluster)s): %(status)s"),
    labels={"status": dict(StepStatus.choices)},
)
# Who sent it is the desk's alone, and the log keeps nobody.
sentence("reviews.corrected", _("A correction came in."))
sentence(
    "reviews.correction_answered",
    _("%(actor)s answered the correction: %(outcome)s"),
    labels={"outcome": dict(CorrectionOutcome.choices)},
)
sentence(
    "reviews.import_sent",
    _("%(actor)s had a published list checked (%(kind)s)."),
    labels={"kind": dict(ImportKind.choices)},
)
sentence(
    "reviews.import_applied",
    _("%(actor)s applied a published list (%(kind)s): new %(new)s, changed %(changed)s, taken out %(gone)s."),
    labels={"kind": dict(ImportKind.choices)},
)
sentence(
    "reviews.import_discarded",
    _("%(actor)s discarded a published list (%(kind)s)."),
    labels={"kind": dict(ImportKind.choices)},
)
