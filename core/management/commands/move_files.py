"""Bring all uploads to another storage: from the disk into a bucket, or back. What is there stays there."""

import hashlib
from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import InvalidStorageError, Storage, storages
from django.core.management.base import BaseCommand, CommandError

from core.storing import fields_of_uploads

PLACES = ("disk", "bucket")
PIECE = 1 << 20


class Command(BaseCommand):
    help = (
        "Copies each upload that a row names to the other storage, and reads it back. May be repeated: what "
        "is there already is passed over. Nothing is removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=PLACES)
        parser.add_argument("target", choices=PLACES)

    def handle(self, *args: Any, source: str, target: str, **options: Any) -> None:
        if source == target:
            raise CommandError("Name two different storages.")
        try:
            before, after = storages[source], storages[target]
        except InvalidStorageError:
            raise CommandError(
                "Set S3_BUCKET and its keys for this command; docs/operations/growing.md."
            ) from None
        copied, already, wrong = 0, 0, []
        for field, _folder in fields_of_uploads():
            rows = field.model._base_manager.exclude(**{field.name: ""}).exclude(**{field.name: None})
            for name in rows.order_by().values_list(field.name, flat=True).distinct().iterator():
                if not before.exists(name):
                    if not after.exists(name):
                        wrong.append(name)
                        self.stderr.write(f"{name} is in neither storage")
                elif after.exists(name) and after.size(name) == before.size(name):
                    already += 1
                elif copy(before, after, name):
                    copied += 1
                else:
                    wrong.append(name)
                    self.stderr.write(f"{name} did not arrive as it was")
        self.stdout.write(f"{copied} copied and read back, {already} there already")
        if wrong:
            raise CommandError(f"{len(wrong)} files are missing.")


def copy(before: Storage, after: Storage, name: str) -> bool:
    """Whether what can be read from `after` is what `before` has."""
    if after.exists(name):  # a half one
        after.delete(name)
    with before.open(name) as content:
        saved = after.save(name, content)
    return saved == name and _digest(after, name) == _digest(before, name)


def _digest(storage: Storage, name: str) -> str:
    digest = hashlib.sha256()
    with storage.open(name) as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
