from celery import shared_task

from events.actions import proposals


@shared_task(name="events.remind_to_authorize")
def remind_to_authorize() -> None:
    """Three days before a round closes, ask for what is missing; twice is once."""
    proposals.remind_to_authorize()
