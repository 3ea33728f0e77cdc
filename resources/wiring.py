"""What the library does when an app below says that something happened; its part of the demonstration."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resources.bookmarks.actions import rename_in_searches
from resources.demo import load_demo_library
from resources.records.enums import ResourceStatus
from resources.records.models import Resource
from search.actions import index_many
from stakeholders.hooks import demo_parts
from taxonomy.hooks import Place, Rows, Source, sources, term_merged


@receiver(term_merged, dispatch_uid="resources.term_merged.searches")
def search_by_new_term(
    sender: type[models.Model], old: models.Model, new: models.Model, **_signal: Any
) -> None:
    """Replace a merged term in saved searches by the one that stays."""
    rename_in_searches(sender._meta.model_name or "", str(old.pk), str(new.pk))


@receiver(term_merged, dispatch_uid="resources.term_merged.index")
def index_what_is_filed_under(sender: type[models.Model], new: models.Model, **_signal: Any) -> None:
    """Index the records of the term that stays; their rows point to it already."""
    filed: set[int] = set()
    for field in Resource._meta.many_to_many:
        if field.related_model is sender:
            filed.update(Resource.objects.filter(**{field.name: new}).values_list("pk", flat=True))
    if filed:
        index_many("resources.resource", sorted(filed))


demo_parts.register("resources.library", load_demo_library)

sources.register(
    "library",
    Source(
        position=60,
        title=_("Resources of the library"),
        text=_("Titles, addresses and languages of publications, with a summary in our words."),
        terms=_("Links and metadata only. The summaries are ours."),
        rows=lambda _user: [
            Rows(
                Resource.objects.exclude(code="").exclude(status=ResourceStatus.MERGED),
                edited=Q(edited_by_hand=True),
                gone=Q(gone_since__isnull=False),
                confirms=True,
                page=lambda row: reverse("resourcedesk:record", args=[row.pk]),
            )
        ],
        places=(Place(_("Open the library desk"), "resourcedesk:home", "resources.curate_resources"),),
    ),
)
