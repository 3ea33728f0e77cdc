"""Exports of the directory, as sentences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.hooks import sentence

sentence(
    "stakeholders.exported",
    _("%(actor)s exported %(rows)s entries of the directory as %(format)s, filters: %(filters)s"),
    labels={"filters": {"": pgettext_lazy("filters of the directory", "none")}},
)
