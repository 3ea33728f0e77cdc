from celery import shared_task

from coordination.actions import absences, handing_over


@shared_task(name="coordination.care_for_absences")
def care_for_absences() -> None:
    """Pass on what was held as absences begin, and give it back as they end; twice is once."""
    absences.care_for_absences()


@shared_task(name="coordination.heavy_introduce")
def heavy_introduce(pk: int) -> None:
    """Tell the region who comes next, from where the last worker stopped; twice is once."""
    handing_over.introduce(pk)


@shared_task(name="coordination.sweep_introductions")
def sweep_introductions() -> None:
    """Nudge introductions that were left behind."""
    handing_over.sweep_introductions()
