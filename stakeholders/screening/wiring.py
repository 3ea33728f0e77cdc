"""Screening in the registries of the apps below: ids, digests and counts, never what a list says."""

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from stakeholders.screening.models import Match

sentence(
    "stakeholders.screening_list_loaded",
    _("%(actor)s put the screening list of %(generated)s into use: %(rows)s forms of names"),
)
sentence(
    "stakeholders.screened", _("%(actor)s compared %(done)s stakeholders and applications with the list")
)
sentence("stakeholders.match_cleared", _("%(actor)s cleared a screening match"))

desk_card(
    "vetting:screening",
    group="vetting",
    position=30,
    title=_("Screening"),
    text=_("Names similar to one on a consolidated sanctions list, to be reviewed."),
    permission="stakeholders.vet_application",
    count=lambda user: Match.objects.visible_to(user).open().count(),
)
