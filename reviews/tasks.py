from celery import shared_task

from reviews.actions import dialogue_clock


@shared_task(name="reviews.care_for_dialogues")
def care_for_dialogues() -> None:
    """End offers, tell of silence past a promise, erase sensitive answers; twice is once."""
    dialogue_clock.care_for_dialogues()
