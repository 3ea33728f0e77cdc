from celery import shared_task

from resources.actions import keeping, links, reading
from resources.actions.curating import announce_due


@shared_task(name="resources.heavy_read_file")
def heavy_read_file(pk: int) -> None:
    """Scan this file and read its text; twice is once, and one that is gone is passed over."""
    reading.read(pk)


@shared_task(name="resources.sweep_files")
def sweep_files() -> None:
    """Nudge the files that were left behind."""
    reading.sweep()


@shared_task(name="resources.gather_links")
def gather_links() -> None:
    """Take in new addresses of the library, and drop those that are gone; twice is once."""
    links.gather()


@shared_task(name="resources.check_links")
def check_links() -> None:
    """Ask some of the addresses that are due, one of each host."""
    links.check_some()


@shared_task(name="resources.tell_saved_searches")
def tell_saved_searches() -> None:
    """Tell people what is new in searches that they saved; twice is once."""
    keeping.tell_saved()


@shared_task(name="resources.announce")
def announce() -> None:
    """Index and tell what came out of its embargo; twice is once."""
    announce_due()
