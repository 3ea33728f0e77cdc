from collections.abc import Sequence

from celery import shared_task

from notifications.bounces import actions as bounces_actions
from notifications.delivery import run
from notifications.digests import actions as digests_actions
from notifications.follows import actions as follows_actions
from notifications.incoming import actions as incoming_actions


@shared_task(name="notifications.deliver")
def deliver(ids: Sequence[int] = (), names: Sequence[str] = ()) -> None:
    """Send what is urgent and due; twice is once.

    `ids` and `names` are what 1.0.0 queues while an update replaces it: those messages are due as well.
    """
    run.deliver_urgent()


@shared_task(name="notifications.expand")
def expand(ids: list[int]) -> None:
    """Tell the followers of these happenings; twice is once."""
    follows_actions.expand(ids)


@shared_task(name="notifications.expand_left")
def expand_left() -> None:
    """Tell the followers of happenings whose nudge was lost."""
    follows_actions.expand(follows_actions.left_to_expand())


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Send whatever is due, what is urgent first, and free what vanished workers left behind."""
    run.sweep()


@shared_task(name="notifications.make_digests")
def make_digests() -> None:
    """Make the digests whose hour has come by each person's clock."""
    digests_actions.make_digests()


@shared_task(name="notifications.remind_of_deadlines")
def remind_of_deadlines() -> None:
    """Tell followers of the deadlines that come near."""
    follows_actions.remind_of_deadlines()


@shared_task(name="notifications.read_mailbox")
def read_mailbox() -> None:
    """Handle what has come to the mailbox; each mail once, however often it runs."""
    incoming_actions.read_mailbox()


@shared_task(name="notifications.remove_old_events")
def remove_old_events() -> None:
    """Forget old reports on mail."""
    bounces_actions.remove_old_events()
