from celery import shared_task

from portal.open_data import actions as open_data_actions


@shared_task(name="portal.heavy_open_data")
def heavy_open_data() -> None:
    """Make the open data of this day, and take old ones away; twice is once."""
    open_data_actions.care_for_dumps()
