from celery import shared_task

from events.proposals import actions as proposals_actions
from events.proposals import actions_clock as proposals_actions_clock
from events.registrations import actions_clock as registrations_actions_clock


@shared_task(name="events.care_for_queues")
def care_for_queues() -> None:
    """End offers that ran out, offer what is free, end waiting when the event begins; twice is once."""
    registrations_actions_clock.care_for_queues()


@shared_task(name="events.remind")
def remind() -> None:
    """Send the reminders that are due, and issue certificates of events that ended; each once."""
    registrations_actions_clock.remind()
    registrations_actions_clock.issue_certificates()


@shared_task(name="events.erase_sensitive")
def erase_sensitive() -> None:
    """Erase sensitive answers of events that ended long enough ago; logged."""
    registrations_actions_clock.erase_sensitive()
    proposals_actions_clock.erase_sensitive()


@shared_task(name="events.remind_to_authorize")
def remind_to_authorize() -> None:
    """Three days before a round closes, or links are due, ask for what is missing; twice is once."""
    proposals_actions.remind_to_authorize()
    proposals_actions_clock.remind_of_links()
