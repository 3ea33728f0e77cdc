"""What the index does by the clock."""

from celery import shared_task
from django.core.cache import cache
from django.db.models import Count, Max

from search.actions import learn_words
from search.models import Document

_SEEN = "search:words:learnt"


@shared_task(name="search.learn_words", ignore_result=True)
def learn() -> None:
    """Take in the words anew where any document has changed since the last time."""
    state = str(Document.objects.aggregate(last=Max("updated_at"), number=Count("pk")))
    if cache.get(_SEEN) != state:
        learn_words()
        cache.set(_SEEN, state, None)
