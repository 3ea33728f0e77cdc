"""The queue passes on what has no priority first: messages that somebody waits for."""

from celery import shared_task

from notifications import actions, delivery

BEHIND = 9  # the last place in the queue (Redis counts backwards)


@shared_task(name="notifications.deliver")
def deliver(ids: list[int]) -> None:
    """Send these messages; twice is once, and those that are gone or already sent are passed over."""
    delivery.deliver(ids)


@shared_task(name="notifications.expand", priority=BEHIND)
def expand(ids: list[int]) -> None:
    """Tell the followers of these happenings; twice is once."""
    actions.expand(ids)


@shared_task(name="notifications.expand_left", priority=BEHIND)
def expand_left() -> None:
    """Tell the followers of happenings whose nudge was lost."""
    actions.expand(actions.left_to_expand())


@shared_task(name="notifications.sweep", priority=BEHIND)
def sweep() -> None:
    """Send what lost nudges and vanished workers left behind."""
    delivery.sweep()


@shared_task(name="notifications.make_digests", priority=BEHIND)
def make_digests() -> None:
    """Make the digests whose hour has come by each person's clock."""
    actions.make_digests()


@shared_task(name="notifications.remind_of_deadlines", priority=BEHIND)
def remind_of_deadlines() -> None:
    """Tell followers of the deadlines that come near."""
    actions.remind_of_deadlines()
