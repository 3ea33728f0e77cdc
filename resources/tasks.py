from celery import shared_task

from resources.actions.curating import announce_due


@shared_task(name="resources.announce")
def announce() -> None:
    """Index and tell what came out of its embargo; twice is once."""
    announce_due()
