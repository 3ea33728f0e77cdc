"""Receipts: what was handed in, when, and its digests."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import models

from core.text import clean_block
from workflow.receipts.models import Receipt, new_reference


def digest_of(text: str) -> str:
    """SHA-256 (64 hex digits) of a text in its one form (`core.text.clean_block`), in UTF-8."""
    return sha256(clean_block(text).encode()).hexdigest()


def issue_receipt(obj: models.Model, text: str, files: Iterable[Any] = (), *, actor: Any) -> Receipt:
    """Write down that `text` and `files` (each with name, sha256, size) were handed in now.

    A part of the act that took them, in its transaction.
    """
    text = clean_block(text)
    return Receipt.objects.create(
        reference=new_reference(),
        subject_kind=obj._meta.label_lower,
        subject_id=obj.pk,
        text=text,
        text_sha256=digest_of(text),
        files=[{"name": file.name, "sha256": file.sha256, "size": file.size} for file in files],
        received_from=actor,
    )
