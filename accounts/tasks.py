from datetime import timedelta

from celery import shared_task

from accounts.data_rights import actions as data_rights_actions
from accounts.data_rights import actions_retention as data_rights_actions_retention

AN_HOUR = timedelta(hours=1)  # after which the queue hands a task that has not ended to another worker


@shared_task(name="accounts.heavy_copy_data")
def heavy_copy_data(pk: int) -> None:
    """Make this copy of a person's data; twice is once, and one that is gone is passed over."""
    data_rights_actions.make_copy(pk)


@shared_task(name="accounts.sweep_copies")
def sweep_copies() -> None:
    """Nudge the copies that were left behind."""
    data_rights_actions.sweep_copies()


@shared_task(name="accounts.heavy_retention")
def heavy_retention() -> None:
    """Remove what has had its time, by every rule; twice is once."""
    data_rights_actions_retention.apply_rules(apart=AN_HOUR)
