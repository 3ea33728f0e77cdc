from celery import shared_task

from portal.usage import actions as usage_actions


@shared_task(name="portal.write_usage", ignore_result=True)
def write_usage() -> None:
    """Write what was counted; twice is once."""
    usage_actions.write_counts()


@shared_task(name="portal.roll_up_usage", ignore_result=True)
def roll_up_usage() -> None:
    """Make months of days that are long over."""
    usage_actions.roll_up()
