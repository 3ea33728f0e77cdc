"""Screening in the registries of the apps below: ids, digests and counts, never what a list says."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from stakeholders.screening.actions import take_fetched
from stakeholders.screening.models import ListedName, Match, ProposedList
from taxonomy.hooks import Fetching, Place, Rows, Source, sources

sentence(
    "stakeholders.screening_list_loaded",
    _("%(actor)s put the screening list of %(generated)s into use: %(rows)s forms of names"),
)
sentence(
    "stakeholders.screening_list_proposed", _("%(actor)s had a screening list checked, made on %(generated)s")
)
sentence(
    "stakeholders.screening_list_discarded", _("%(actor)s discarded the screening list of %(generated)s")
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
    rows=lambda user: Match.objects.visible_to(user).open(),
)


sources.register(
    "security-council",
    Source(
        position=120,
        title=_("Consolidated list of the Security Council"),
        text=_("Names with which applicants and stakeholders are compared. Only those who vet see it."),
        terms=_("Published by the United Nations. Its names are never shown outside vetting."),
        address="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        permission="stakeholders.screen",
        rows=lambda user: [
            Rows(ListedName.objects.visible_to(user), day="list__generated", page=lambda _row: "")
        ],
        places=(Place(_("Open the screening"), "vetting:screening", "stakeholders.screen"),),
        waiting=lambda user: ProposedList.objects.visible_to(user).waiting(),
        fetching=Fetching(
            permission="stakeholders.screen",
            expects=_("The XML file that the Security Council publishes, as it is."),
            take=take_fetched,
            page=lambda pk: reverse("vetting:screening_list", args=[pk]),
            undo=_("A list in use cannot be undone. The next list of the Security Council replaces it."),
            address="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        ),
        keeper=Role.VETTING,
        months=1,
    ),
)

help_at("imports#sanctions", "stakeholders.screening")
