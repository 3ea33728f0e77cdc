from celery import shared_task

from notifications import delivery


@shared_task(name="notifications.deliver")
def deliver(ids: list[int]) -> None:
    """Send these messages; twice is once, and those that are gone or already sent are passed over."""
    delivery.deliver(ids)


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Send what lost nudges and vanished workers left behind."""
    delivery.sweep()
