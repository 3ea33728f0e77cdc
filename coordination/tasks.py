"""Coordination in the background; ids only, twice is once."""

from celery import shared_task

from coordination.actions import letter_sending


@shared_task(name="coordination.send_letters")
def send_letters() -> None:
    """Go on with the messages to many that are on their way."""
    letter_sending.go_on()
