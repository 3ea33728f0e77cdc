from celery import shared_task

from stakeholders.actions import confirmations


@shared_task(name="stakeholders.care_for_confirmations")
def care_for_confirmations() -> None:
    """Remind of the yearly confirmation, and let lapse what nobody confirmed; twice is once."""
    confirmations.care_for_confirmations()
