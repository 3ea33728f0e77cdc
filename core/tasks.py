from celery import shared_task

from core import storing


@shared_task(name="core.heavy_sweep_files")
def heavy_sweep_files() -> None:
    """Put aside uploads that stand in no row."""
    storing.sweep_files()
