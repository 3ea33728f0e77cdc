from celery import shared_task

from taxonomy.places.models import CountryPageChange
from taxonomy.sources import actions as sources_actions


@shared_task(name="taxonomy.heavy_fetch_source")
def heavy_fetch_source(pk: int) -> None:
    """Fetch this source if it is due; twice is once."""
    sources_actions.fetch_source(pk)


@shared_task(name="taxonomy.remind_of_old_facts")
def remind_of_old_facts() -> None:
    """Inform the keepers of sources of facts that need a new look since they were last informed."""
    sources_actions.remind_of_old_facts()


@shared_task(name="taxonomy.sweep_sources")
def sweep_sources() -> None:
    """Nudge the sources that are due, and those that a lost nudge or a vanished worker left behind; count
    facts that need a new look.

    Lines that told kept pages of changes are forgotten with it.
    """
    sources_actions.sweep()
    sources_actions.count_old_facts()
    CountryPageChange.objects.forget_old()
