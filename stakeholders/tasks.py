from celery import shared_task

from stakeholders.actions import exports


@shared_task(name="stakeholders.heavy_export")
def heavy_export(pk: int) -> None:
    """Make the file of this export; twice is once, and one that is gone is passed over."""
    exports.make_export(pk)


@shared_task(name="stakeholders.sweep_exports")
def sweep_exports() -> None:
    """Nudge the exports that were left behind, and clear those that have had their time."""
    exports.sweep_exports()
