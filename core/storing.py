"""Where uploads lie. What was written for nothing goes again: at once where we notice, else by the sweep."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import batched
from typing import Any
from weakref import ref

import structlog
from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models, transaction
from django.utils.timezone import now

from core.uploads import private_path

log = structlog.get_logger(__name__)

# A file may lie without its row for as long as the transaction that writes both is open; a day is plenty.
ORPHAN_AFTER = timedelta(days=1)
# Where more have no row, rather the rows are missing: the database is from a backup, or another portal writes
# to the same place.
MOST_ORPHANS, MOST_ORPHANS_PERCENT = 20, 1
ASIDE = "orphans"
ASIDE_FOR = timedelta(days=30)
BATCH = 500


class _Undecided(threading.local):
    """The files whose transaction is open in this thread: (storage, name, weakref to its commit hook)."""

    def __init__(self) -> None:
        self.files: list[tuple[Any, str, ref[Any]]] = []


_undecided = _Undecided()


class TidyStorage:
    """Mixed into a storage: what could not be written whole, or whose transaction failed, is removed."""

    def _save(self, name: str, content: Any) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except Exception:
            _remove(self, name)
            raise

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        saved: str = super().save(name, content, max_length)  # type: ignore[misc]

        def forget() -> None:
            _undecided.files.remove(undecided)

        undecided = (self, saved, ref(forget))
        _undecided.files.append(undecided)
        transaction.on_commit(forget)
        return saved


class TidyFileSystemStorage(TidyStorage, FileSystemStorage):
    pass


def remove_undone(**kwargs: Any) -> None:
    """After a request or a task: remove the files of what was rolled back in it.

    A rollback, even of a part of a transaction, forgets what the commit would have called; and nobody else
    refers to it.
    """
    undone = [file for file in _undecided.files if file[2]() is None]
    _undecided.files = [file for file in _undecided.files if file[2]() is not None]
    for storage, name, _forget in undone:
        if _remove(storage, name):
            log.info("file_undone", name=name)


def _remove(storage: Any, name: str) -> bool:
    """Remove one file, as well as it goes: the others, and the answer to a request, do not wait for it."""
    try:
        storage.delete(name)
    except Exception as error:  # noqa: BLE001  each storage raises errors of its own
        log.warning("file_not_removed", name=name, error=str(error))
        return False
    return True


def sweep_files(most: int | None = None) -> int:
    """Put aside what has lain for a day in the folders of uploads and stands in no row; how many files.

    `most`: how many it may be, by whoever has looked at them.
    """
    if not settings.STORAGE_SWEEP:
        return 0
    upload_fields = list(fields_of_uploads())
    fields = [(field.model, field.name) for field, _folder in upload_fields]
    places = {(field.storage, folder) for field, folder in upload_fields}
    file_count = 0
    orphans: list[tuple[Any, str]] = []
    for storage, folder in places:
        for names in batched(_list(storage, folder)[1], BATCH, strict=False):
            file_count += len(names)
            without = {f"{folder}/{name}" for name in names}
            for of, column in fields:
                rows = of._base_manager.filter(**{f"{column}__in": without})
                without.difference_update(rows.values_list(column, flat=True))
            orphans += [(storage, name) for name in sorted(without) if _is_old(storage, name)]
    if most is None:
        most = max(MOST_ORPHANS, file_count * MOST_ORPHANS_PERCENT // 100)
    if len(orphans) > most:
        log.error("orphan_files_too_many", files=len(orphans), of=file_count, most=most, first=orphans[0][1])
        return 0
    aside = sum(_put_aside(storage, name) for storage, name in orphans)
    for storage in {storage for storage, _folder in places}:
        _remove_aside(storage)
    return aside


def fields_of_uploads() -> Iterator[tuple[models.FileField, str]]:
    """Each field that names uploads, and the folder in which they lie."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField) and isinstance(upload_to := field.upload_to, private_path):
                yield field, upload_to.folder


def _list(storage: Any, folder: str) -> tuple[list[str], list[str]]:
    """The names of its folders and of its files."""
    try:
        return storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _is_old(storage: Any, name: str) -> bool:
    try:
        return bool(now() - storage.get_modified_time(name) > ORPHAN_AFTER)
    except FileNotFoundError:
        return False


def _put_aside(storage: Any, name: str) -> bool:
    to = f"{ASIDE}/{now():%Y-%m-%d}/{name}"
    try:
        with storage.open(name) as content:
            to = storage.save(to, content)
        storage.delete(name)
    except Exception as error:  # noqa: BLE001  each storage raises errors of its own; the next night tries again
        log.warning("orphan_file_stays", name=name, error=str(error))
        return False
    log.warning("orphan_file_put_aside", name=name, to=to)
    return True


def _remove_aside(storage: Any) -> None:
    """Remove what was put aside thirty days ago."""
    for day in _list(storage, ASIDE)[0]:
        if day < f"{now() - ASIDE_FOR:%Y-%m-%d}":
            _remove_folder(storage, f"{ASIDE}/{day}")
            log.info("orphan_files_removed", day=day)


def _remove_folder(storage: Any, folder: str) -> None:
    folders, files = _list(storage, folder)
    for name in files:
        _remove(storage, f"{folder}/{name}")
    for name in folders:
        _remove_folder(storage, f"{folder}/{name}")
    _remove(storage, folder)
