"""News elsewhere in the registries of the apps below."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from news.elsewhere.models import WAITING, NewsLink
from news.elsewhere.queries import documents, in_country
from search.hooks import register
from taxonomy.hooks import Panel, Place, Rows, Source, country_panels, sources

register("news.newslink", documents, label=_("News elsewhere"))

country_panels.register(
    "news elsewhere",
    Panel(
        41,
        ("country",),
        in_country,
        "news/elsewhere/_country.html",
        lambda country: NewsLink.objects.filter(countries=country),
    ),
)

sentence("news.link.add", _("%(actor)s added a link to news elsewhere"))
sentence("news.link.change", _("%(actor)s changed a link to news elsewhere"))
sentence("news.link.hide", _("%(actor)s hid a link to news elsewhere"))
sentence("news.link.show", _("%(actor)s showed a link to news elsewhere again"))

desk_card(
    "newsdesk:elsewhere",
    group="news",
    position=20,
    title=_("News elsewhere"),
    text=_("Links to what others published: added, edited, hidden."),
    permission="news.curate_stories",
    rows=lambda user: NewsLink.objects.visible_to(user).waiting(),
    listed="?state=waiting",
)

sources.register(
    "news",
    Source(
        position=80,
        title=_("News elsewhere"),
        text=_("Links to what others published."),
        terms=_("Titles, addresses and one sentence of our own; no text of the publishers."),
        rows=lambda _user: [
            Rows(
                NewsLink.objects.exclude(code=""),
                edited=Q(edited_by_hand=True),
                gone=Q(gone_since__isnull=False),
                waiting=WAITING,
                confirms=True,
                page=lambda row: reverse("newsdesk:elsewhere_link", args=[row.pk]),
            )
        ],
        places=(Place(_("Open news elsewhere"), "newsdesk:elsewhere", "news.curate_stories"),),
    ),
)

help_at("newsletter#elsewhere", "newsdesk:elsewhere", "newsdesk:elsewhere_new", "newsdesk:elsewhere_link")
