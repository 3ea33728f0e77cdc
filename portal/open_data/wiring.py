"""What happens to past days where somebody in them may no longer be named."""

from collections.abc import Collection

from core.later import later
from portal.open_data.actions import remove
from portal.open_data.models import Dump
from stakeholders.hooks import after_naming


def _leave_out(_entries: Collection[int], hides: bool) -> None:
    """The files of all days go with the act, and those of this day are made again without the name."""
    if hides and Dump.objects.exists():
        remove(Dump.objects.all())
        later("portal.heavy_open_data")


after_naming.register("portal.open_data", _leave_out)
