from celery import shared_task

from workflow.items import actions as items_actions


@shared_task(name="workflow.escalate")
def escalate() -> None:
    """Pass on what has waited too long; twice is once."""
    items_actions.escalate()
