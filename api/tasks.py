from celery import shared_task

from api import actions


@shared_task(name="api.heavy_compare", ignore_result=True)
def heavy_compare() -> None:
    """Record what has changed on each public list; one that fails does not hold up the others."""
    failures = []
    for name in actions.mirrored_lists():
        try:
            actions.compare(name)
        except Exception as failure:  # noqa: BLE001  raised below, with those of the other lists
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some public lists could not be compared.", failures)


@shared_task(name="api.record_gone", ignore_result=True)
def record_gone() -> None:
    """Record what was hidden since the last comparison: somebody who mirrors a list has just been told."""
    for name in actions.mirrored_lists():
        actions.record_gone(name)
