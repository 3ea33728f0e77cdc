"""The facts in the index and among the addresses that are checked."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.facts.models import ProgrammeFact
from portal.facts.queries import FACTS, addresses, documents, numbers, places
from resources.hooks import WatchedLinks, watched_links
from search.hooks import register
from taxonomy.hooks import Place, Rows, Source, sources

register(FACTS, documents, label=_("About"), numbers=numbers)
watched_links.register("facts", WatchedLinks(addresses, places))

sources.register(
    "programme",
    Source(
        position=90,
        title=_("Facts about the programme"),
        text=_("What public pages say of SE4U, its networks, the Review and the dialogues."),
        terms=_("Facts with their source."),
        rows=lambda _user: [
            Rows(
                ProgrammeFact.objects.all(),
                edited=Q(edited_by_hand=True),
                gone=Q(gone_since__isnull=False),
                confirms=True,
                page=lambda row: reverse("admin:portal_programmefact_change", args=[row.pk]),
            )
        ],
        months=12,
        places=(
            Place(
                _("Edit the facts"), "admin:portal_programmefact_changelist", "portal.change_programmefact"
            ),
        ),
    ),
)
