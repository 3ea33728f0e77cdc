from celery import shared_task

from portal.open_data import actions as open_data_actions
from portal.usage import actions as usage_actions


@shared_task(name="portal.heavy_open_data")
def heavy_open_data() -> None:
    """Make the open data of this day, and take old ones away; twice is once."""
    open_data_actions.care_for_dumps()


@shared_task(name="portal.write_usage", ignore_result=True)
def write_usage() -> None:
    """Write what was counted; twice is once."""
    usage_actions.write_counts()


@shared_task(name="portal.roll_up_usage", ignore_result=True)
def roll_up_usage() -> None:
    """Make months of days that are long over."""
    usage_actions.roll_up()
