"""What the index does by the clock."""

from celery import shared_task
from django.core.cache import cache

from search import frequent_searches
from search.actions import catch_up, forget_changes, learn_words, learn_words_of
from search.models import Change

_LEARNT_KEY = "search:words:learnt"


@shared_task(name="search.learn_words", ignore_result=True)
def learn() -> None:
    """Count the words anew where any document has changed since the last time."""
    state = Change.objects.version()
    if cache.get(_LEARNT_KEY) != state:
        learn_words()
        cache.set(_LEARNT_KEY, state, None)


@shared_task(name="search.learn_words_of", ignore_result=True)
def learn_some(kind: str, ids: list[int]) -> None:
    """Take in the words of what was just written; what gets lost is learnt with all others."""
    learn_words_of(kind, ids)


@shared_task(name="search.catch_up", ignore_result=True)
def make_anew() -> None:
    """Bring in line all that changed in bulk, a batch at a time."""
    while catch_up():
        pass


@shared_task(name="search.keep_small", ignore_result=True)
def keep_small() -> None:
    """Forget old changes, and searches that are older than what is kept of them."""
    forget_changes()
    frequent_searches.forget_old()
