"""Who of the staff opened a restricted file: one line of the log for each time."""

from typing import Any

from accounts.people.enums import Role
from audit.actions import record
from core.uploads import StoredFile


def note_opened(user: Any, stored: StoredFile) -> None:
    """Write it down before the file is sent, unless it is the person's own upload."""
    staff = user.is_authenticated and (user.is_desk or user.has_role(Role.REGIONAL))
    if staff and getattr(stored, "uploaded_by_id", None) != user.pk:
        record(stored, "stakeholders.file_opened", actor=user)
