"""The reference lists and texts of articles among the sources; the sources among the cards of the desk."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_kept
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import kind
from taxonomy.curation.queries import LISTS
from taxonomy.hooks import Place, Rows, Source, sources
from taxonomy.law.models import ArticleText
from taxonomy.names.models import Named
from taxonomy.sources.actions import OLD_FACTS
from taxonomy.sources.enums import Schedule
from taxonomy.sources.models import AgeRule
from taxonomy.sources.queries import with_decisions
from taxonomy.sources.rules import is_keeper

EDITED = Q(edited_by_hand=True)


def _in_admin(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _lists(_user: Any) -> list[Rows]:
    """Return the lists of names; texts and participations are sources of their own."""
    named = [model for model in LISTS if issubclass(model, Named)]
    return [Rows(model._default_manager.all(), edited=EDITED, page=_in_admin) for model in named]


sources.register(
    "reference-lists",
    Source(
        position=10,
        title=_("Reference lists"),
        text=_(
            "Countries, regions, instruments, articles, topics, languages. They are updated "
            "with each release of the portal."
        ),
        terms=_("Names of the United Nations (UNTERM, M49), the Convention, and the Unicode locale data."),
        address="https://unstats.un.org/unsd/methodology/m49/",
        rows=_lists,
        places=(Place(_("Edit the reference lists"), "admin:index", "taxonomy.change_country"),),
    ),
)
sources.register(
    "articles",
    Source(
        position=20,
        title=_("Texts of the articles"),
        text=_(
            "The wording of the Convention and its Protocols. It is updated with each release of the portal."
        ),
        terms=_("Public official texts."),
        rows=lambda _user: [Rows(ArticleText.objects.all(), edited=EDITED, page=_in_admin)],
        places=(
            Place(
                _("Edit the texts"), "admin:taxonomy_articletext_changelist", "taxonomy.change_articletext"
            ),
        ),
    ),
)

declare_kept(_("Work done at the desk"), "taxonomy.fetchedsource.set_by")

sentence(
    "taxonomy.source_address_set",
    _("%(actor)s set the address from which the source “%(source)s” is fetched (%(schedule)s)"),
    labels={"schedule": dict(Schedule.choices)},
)
sentence(
    "taxonomy.age_rule_set",
    _("%(actor)s set after how many months facts of the source “%(source)s” need a new look: %(months)s"),
)
sentence(
    "taxonomy.fact_confirmed", _("%(actor)s confirmed that a fact of the source “%(source)s” is still true")
)
sentence("taxonomy.source_asked", _("%(actor)s had the source “%(source)s” fetched"))
sentence("taxonomy.source_fetched", _("%(actor)s fetched a new file of the source “%(source)s”"))


def _keeps_any(user: Any) -> bool:
    return any(is_keeper(user, source) for source in sources.values())


kind(
    OLD_FACTS,
    label=_("Facts that need a new look at their source, once a week at most"),
    group=_("Work of the desk"),
    among=AgeRule.objects.visible_to,
    concerns=_keeps_any,
    gathers=True,
)

desk_card(
    "sources:list",
    group="system",
    position=55,
    title=_("Sources"),
    text=_("Where the facts come from, when each was last seen, and new files to compare and approve."),
    permission="taxonomy.view_sources",
    rows=with_decisions,
    listed="?waiting=1",
)

desk_card(
    "sources:list",
    group="reference",
    position=10,
    part="?due=1",
    title=_("Facts to check"),
    text=_("Facts that need a new look at their source, by the rule of each source."),
    permission="taxonomy.view_sources",
    rows=lambda user: AgeRule.objects.visible_to(user).due(),
    listed="?due=1",
)

help_at("imports#sources", "sources")
