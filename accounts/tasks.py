from celery import shared_task

from accounts import actions


@shared_task(name="accounts.heavy_copy_data")
def heavy_copy_data(pk: int) -> None:
    """Make this copy of a person's data; twice is once, and one that is gone is passed over."""
    actions.make_copy(pk)


@shared_task(name="accounts.sweep_copies")
def sweep_copies() -> None:
    """Nudge the copies that were left behind."""
    actions.sweep_copies()


@shared_task(name="accounts.heavy_retention")
def heavy_retention() -> None:
    """Remove what has had its time, by every rule; twice is once."""
    actions.apply_rules()
