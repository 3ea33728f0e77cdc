from celery import shared_task

from news.actions import telling


@shared_task(name="news.tell_published")
def tell_published() -> None:
    """Tell who follows of the stories whose instant has come; twice is once."""
    telling.tell_published()
