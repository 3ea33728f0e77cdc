from celery import shared_task

from notifications import actions, delivery


@shared_task(name="notifications.deliver")
def deliver(ids: list[int]) -> None:
    """Send these messages; twice is once, and those that are gone or already sent are passed over."""
    delivery.deliver(ids)


@shared_task(name="notifications.expand")
def expand(ids: list[int]) -> None:
    """Tell the followers of these happenings; twice is once."""
    actions.expand(ids)


@shared_task(name="notifications.expand_left")
def expand_left() -> None:
    """Tell the followers of happenings whose nudge was lost."""
    actions.expand(actions.left_to_expand())


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Send what lost nudges and vanished workers left behind."""
    delivery.sweep()
