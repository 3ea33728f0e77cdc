"""Stories and the newsletter in the background; ids only, twice is once."""

from celery import shared_task

from news.actions import newsletter_sending as sending
from news.actions import telling


@shared_task(name="news.tell_published")
def tell_published() -> None:
    """Tell who follows of the stories whose instant has come."""
    telling.tell_published()


@shared_task(name="news.send_newsletters")
def send_newsletters() -> None:
    """Begin what is due, and go on with what is on its way."""
    sending.start_due()
    sending.go_on()


@shared_task(name="news.count_newsletters")
def count_newsletters() -> None:
    """See what came back of what has left lately."""
    sending.count_again()
