from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from taxonomy.curation.queries import LISTS

KINDS = {model._meta.label_lower: model._meta.verbose_name for model in LISTS}

sentence(
    "taxonomy.row_added",
    _("%(actor)s added %(code)s to a reference list (%(kind)s)."),
    labels={"kind": KINDS},
)
sentence(
    "taxonomy.row_changed",
    _("%(actor)s changed %(code)s in a reference list (%(kind)s)."),
    labels={"kind": KINDS},
)
sentence(
    "taxonomy.term_merged",
    _("%(actor)s merged %(code)s into %(into)s (%(kind)s). Links moved: %(moved)s."),
    labels={"kind": KINDS},
)
