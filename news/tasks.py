"""Stories and the newsletter in the background; ids only, twice is once."""

from celery import shared_task

from news.newsletter import actions_sending
from news.stories import actions as stories_actions


@shared_task(name="news.tell_published")
def tell_published() -> None:
    """Tell who follows of the stories whose instant has come."""
    stories_actions.tell_published()


@shared_task(name="news.send_newsletters")
def send_newsletters() -> None:
    """Begin what is due, and go on with what is on its way."""
    actions_sending.start_due()
    actions_sending.go_on()


@shared_task(name="news.count_newsletters")
def count_newsletters() -> None:
    """See what came back of what has left lately."""
    actions_sending.count_again()
