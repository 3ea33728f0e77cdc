"""What happens to the files of all days where somebody in them may no longer be named."""

from collections.abc import Collection

from portal.open_data.actions import remove_all
from stakeholders.hooks import after_naming


def _leave_out(_entries: Collection[int], hides: bool) -> None:
    if hides:
        remove_all()


after_naming.register("portal.open_data", _leave_out)
