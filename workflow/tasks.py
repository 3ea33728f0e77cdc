from celery import shared_task

from workflow import actions


@shared_task(name="workflow.escalate")
def escalate() -> None:
    """Pass on what has waited too long; twice is once."""
    actions.escalate()
