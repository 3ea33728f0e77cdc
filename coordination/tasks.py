from celery import shared_task

from coordination.actions import follow_ups


@shared_task(name="coordination.remind_of_follow_ups")
def remind_of_follow_ups() -> None:
    """Tell who has something to do until tomorrow; twice is once."""
    follow_ups.remind()
