"""A file that a worker makes for a row, in the background: one attempt at a time counts.

The row has `status` (or another column that says how far it is), `claim`, `beat_at` and `attempts`. Whoever
finds it free takes it with a claim of their own; whoever has lost that changes nothing any more, so that
twice is once.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import IO, Any
from uuid import UUID, uuid4

from django.core.files import File
from django.db import models, transaction
from django.db.models import F
from django.utils.timezone import now


class Overtaken(Exception):
    """Another worker has taken the row over."""


class Attempt:
    """One worker's claim on one row. `making` is the status of a row that is being made."""

    def __init__(self, model: type[models.Model], pk: int, *, making: str, column: str = "status") -> None:
        self.rows: models.QuerySet[Any] = model._default_manager.filter(pk=pk)
        self.making = {column: making}
        self.claim: UUID = uuid4()

    def begin(self, free: models.QuerySet[Any], **fields: Any) -> bool:
        """Take the row if it is among `free`; whether it was."""
        took = (free & self.rows).update(
            claim=self.claim, beat_at=now(), attempts=F("attempts") + 1, **self.making, **fields
        )
        return bool(took)

    def go_on(self, **fields: Any) -> None:
        """Write down how far this attempt has come; raises Overtaken where another counts by now."""
        if not self._mine().update(beat_at=now(), **fields):
            raise Overtaken

    def fail(self, status: str, fault: str) -> bool:
        """Write down why there is no file; False, as the answer of whoever was to make it."""
        self._mine().update(status=status, fault=fault, beat_at=now())
        return False

    def _mine(self) -> models.QuerySet[Any]:
        return self.rows.filter(claim=self.claim, **self.making)


def keep_file(
    row: Any, content: IO[bytes], *, name: str, finish: Callable[[Mapping[str, Any]], None]
) -> None:
    """Put what was made into the row's storage and let `finish` write the row, in one transaction.

    `finish` gets the columns of the file: file, name, size, sha256. Where it raises, the file goes again.
    """
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # a file on disk
    size = content.tell()
    content.seek(0)
    row.file.save(name, File(content), save=False)
    is_finished = False
    try:
        with transaction.atomic():
            finish({"file": row.file.name, "name": name, "size": size, "sha256": digest})
        is_finished = True
    finally:
        if not is_finished:
            row.file.storage.delete(str(row.file.name))
