"""Broken links among the cards of the desk."""

from django.utils.translation import gettext_lazy as _

from core.desk_cards import desk_card
from core.help_places import help_at
from resources.links.models import LinkCheck

desk_card(
    "resourcedesk:links",
    group="library",
    position=40,
    title=_("Broken links"),
    text=_("Links that no longer work."),
    permission="resources.curate_resources",
    rows=lambda user: LinkCheck.objects.visible_to(user).broken(),
)

help_at("library#links", "resources.links")
