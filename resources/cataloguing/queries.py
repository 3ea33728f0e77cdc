"""Articles that were suggested for resources, as the desk decides on them."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from resources.records.enums import SuggestionStatus
from resources.records.models import Resource, SuggestedArticle
from taxonomy.law.models import Article


def waiting_suggestions(user: Any) -> QuerySet[SuggestedArticle]:
    """Return suggestions for records that the person sees and that nobody has filed there since."""
    records = Resource.objects.visible_to(user).listed().values("pk")
    filed = Resource.articles.through.objects.filter(
        resource=OuterRef("resource"), article=OuterRef("article")
    )
    waiting = SuggestedArticle.objects.filter(status=SuggestionStatus.WAITING, resource__in=records)
    return waiting.exclude(Exists(filed))


def articles_with_suggestions(user: Any) -> QuerySet[Article]:
    """Return the articles that are suggested for records, each with `waiting`, how many."""
    waiting = Q(suggested_resources__in=waiting_suggestions(user))
    rows = Article.objects.annotate(waiting=Count("suggested_resources", filter=waiting))
    return rows.filter(waiting__gt=0).select_related("instrument").in_order()
