from celery import shared_task

from resources.bookmarks import actions as bookmarks_actions
from resources.curation.actions import announce_due
from resources.files import actions_reading as files_actions_reading
from resources.links import actions as links_actions


@shared_task(name="resources.heavy_read_file")
def heavy_read_file(pk: int) -> None:
    """Scan a file and read its text, once. A file that was deleted is passed over."""
    files_actions_reading.read(pk)


@shared_task(name="resources.sweep_files")
def sweep_files() -> None:
    """Nudge the files that were left behind."""
    files_actions_reading.sweep()


@shared_task(name="resources.gather_links")
def gather_links() -> None:
    """Take in new addresses of the library, and drop those that are gone; twice is once."""
    links_actions.gather()


@shared_task(name="resources.check_links")
def check_links() -> None:
    """Ask some of the addresses that are due, one of each host."""
    links_actions.check_some()


@shared_task(name="resources.tell_saved_searches")
def tell_saved_searches() -> None:
    """Tell people what is new in their saved searches, once."""
    bookmarks_actions.send_due_alerts()


@shared_task(name="resources.announce")
def announce() -> None:
    """Index and tell what came out of its embargo; twice is once."""
    announce_due()
