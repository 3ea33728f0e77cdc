"""What the desk makes of articles that were suggested for records of the library."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.people.models import User
from resources.cataloguing.queries import waiting_suggestions
from resources.curation.actions import note_changes
from resources.records.enums import SuggestionStatus
from resources.records.models import Resource, SuggestedArticle


@transaction.atomic
def confirm_suggestions(chosen: Sequence[int], *, actor: User) -> int:
    """File the records under the articles that were suggested; answers how many. Raises PermissionDenied.

    What a colleague decided meanwhile is left as it is.
    """
    rows = _lock_suggestions(chosen, actor)
    for row in rows:
        before = sorted(row.resource.articles.values_list("pk", flat=True))
        row.resource.articles.add(row.article)
        note_changes(row.resource, {"articles": [before, sorted({*before, row.article_id})]}, actor=actor)
    _decide(rows, SuggestionStatus.CONFIRMED)
    return len(rows)


@transaction.atomic
def remove_suggestions(chosen: Sequence[int], *, actor: User) -> int:
    """Remove these suggestions. Return how many. Raises PermissionDenied."""
    rows = _lock_suggestions(chosen, actor)
    _decide(rows, SuggestionStatus.REMOVED)
    return len(rows)


def _lock_suggestions(chosen: Sequence[int], actor: User) -> list[SuggestedArticle]:
    """Lock the suggestions that still wait, and their records. Return those that this person may decide."""
    if not actor.has_perm("resources.curate_resources"):
        raise PermissionDenied
    waiting = waiting_suggestions(actor).filter(pk__in=chosen)
    suggested = Resource.objects.filter(pk__in=waiting.values("resource")).order_by("pk")
    records = {resource.pk: resource for resource in suggested.select_for_update(no_key=True)}
    rows = list(waiting.select_related("article").select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.resource = records[row.resource_id]
    return [row for row in rows if actor.has_perm("resources.edit_resource", row.resource)]


def _decide(rows: Sequence[SuggestedArticle], status: SuggestionStatus) -> None:
    SuggestedArticle.objects.filter(pk__in=[row.pk for row in rows]).update(status=status)
