from celery import shared_task

from events.actions import proposal_clock, proposals, registration_clock


@shared_task(name="events.care_for_queues")
def care_for_queues() -> None:
    """End offers that ran out, offer what is free, end waiting when the event begins; twice is once."""
    registration_clock.care_for_queues()


@shared_task(name="events.remind")
def remind() -> None:
    """Send the reminders that are due; each once."""
    registration_clock.remind()


@shared_task(name="events.erase_sensitive")
def erase_sensitive() -> None:
    """Erase sensitive answers of events that ended long enough ago; logged."""
    registration_clock.erase_sensitive()
    proposal_clock.erase_sensitive()


@shared_task(name="events.remind_to_authorize")
def remind_to_authorize() -> None:
    """Three days before a round closes, or links are due, ask for what is missing; twice is once."""
    proposals.remind_to_authorize()
    proposal_clock.remind_of_links()
