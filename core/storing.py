"""Where uploads lie. What was written for nothing goes again: at once where we notice, else by the sweep."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import batched
from typing import Any

import structlog
from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.db import models, transaction
from django.utils.timezone import now

from core.uploads import private_path

log = structlog.get_logger(__name__)

# A file may lie without its row for as long as the transaction that writes both is open; a day is plenty.
ORPHAN_AFTER = timedelta(days=1)
BATCH = 500


class _Undecided(threading.local):
    """The files whose transaction is open in this thread: (storage, name, what its commit will call)."""

    def __init__(self) -> None:
        self.files: list[tuple[Any, str, Any]] = []


_undecided = _Undecided()


class TidyStorage:
    """Mixed into a storage: what could not be written whole, or whose transaction failed, is removed."""

    def _save(self, name: str, content: Any) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except OSError:
            with suppress(OSError):
                self.delete(name)  # type: ignore[attr-defined]
            raise

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        saved: str = super().save(name, content, max_length)  # type: ignore[misc]

        def decide() -> None:
            _undecided.files = [one for one in _undecided.files if one[2] is not decide]

        _undecided.files.append((self, saved, decide))
        transaction.on_commit(decide)
        return saved


class TidyFileSystemStorage(TidyStorage, FileSystemStorage):
    pass


def remove_undone(**kwargs: Any) -> None:
    """After a request or a task: remove the files of what was rolled back in it.

    A rollback, even of a part of a transaction, forgets what the commit would have called.
    """
    waiting = {id(call) for _ids, call, _robust in transaction.get_connection().run_on_commit}
    undone = [one for one in _undecided.files if id(one[2]) not in waiting]
    _undecided.files = [one for one in _undecided.files if id(one[2]) in waiting]
    for storage, name, _decide in undone:
        with suppress(OSError):  # then the sweep finds it
            storage.delete(name)
            log.info("file_undone", name=name)


def sweep_files() -> int:
    """Remove what has lain for a day in the folders of uploads and stands in no row; how many files."""
    fields, places = [], set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField) and isinstance(upload_to := field.upload_to, private_path):
                fields.append((model, field.name))
                places.add((field.storage, upload_to.folder))
    removed = 0
    for storage, folder in places:
        for names in batched(_names(storage, folder), BATCH, strict=False):
            orphans = set(names)
            for of, column in fields:
                rows = of._base_manager.filter(**{f"{column}__in": orphans})
                orphans.difference_update(rows.values_list(column, flat=True))
            for name in sorted(orphans):
                removed += _remove_old(storage, name)
    if removed:
        log.warning("orphan_files_removed", files=removed)
    return removed


def _names(storage: Any, folder: str) -> Iterator[str]:
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)


def _remove_old(storage: Any, name: str) -> bool:
    try:
        if now() - storage.get_modified_time(name) < ORPHAN_AFTER:
            return False
        storage.delete(name)
    except FileNotFoundError:
        return False
    log.info("orphan_file_removed", name=name)
    return True
