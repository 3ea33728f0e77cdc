"""Screening in the registries of the apps below: ids, digests and counts, never what a list says."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence

sentence(
    "stakeholders.screening_list_loaded",
    _("%(actor)s put the screening list of %(generated)s into use: %(rows)s forms of names"),
)
sentence(
    "stakeholders.screened", _("%(actor)s compared %(done)s stakeholders and applications with the list")
)
sentence("stakeholders.match_cleared", _("%(actor)s cleared a screening match"))
