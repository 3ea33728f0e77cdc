from celery import shared_task

from reviews.dialogue_desk import actions_clock as dialogue_desk_actions_clock


@shared_task(name="reviews.care_for_dialogues")
def care_for_dialogues() -> None:
    """End offers, tell of silence past a promise, erase sensitive answers; twice is once."""
    dialogue_desk_actions_clock.care_for_dialogues()
