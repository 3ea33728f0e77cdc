"""Broken links among the cards of the desk; the checks of links among the sources."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.desk_cards import desk_card
from core.help_places import help_at
from resources.links.models import LinkCheck
from taxonomy.hooks import Place, Rows, Source, sources

desk_card(
    "resourcedesk:links",
    group="library",
    position=40,
    title=_("Broken links"),
    text=_("Links that no longer work."),
    permission="resources.curate_resources",
    rows=lambda user: LinkCheck.objects.visible_to(user).broken(),
)

sources.register(
    "links",
    Source(
        position=98,
        title=_("Pages that the portal links to"),
        text=_("Addresses in the library, news, events and facts. Each is opened once a week."),
        terms=_("Only whether a page opens is noted."),
        rows=lambda user: [
            Rows(
                LinkCheck.objects.visible_to(user),
                day="checked_at__date",
                lacking=Q(checked_at=None),
                lacks=_("Not checked yet."),
                page=str,
            )
        ],
        permission="resources.curate_resources",
        places=(Place(_("Open the broken links"), "resourcedesk:links", "resources.curate_resources"),),
        months=1,
    ),
)

help_at("library#links", "resources.links")
