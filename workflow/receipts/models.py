"""What proves that something was handed in, when, and what it said."""

import secrets
from datetime import UTC
from typing import Any

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from workflow.moves.models import About, AboutQuerySet

# Without 0, O, 1, I, L and U, so that a reference survives being read aloud or typed from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """As "WO-2026-7F3K-9QTX": the year, and eight signs that nobody can guess."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(8))
    return f"WO-{now():%Y}-{signs[:4]}-{signs[4:]}"


class ReceiptQuerySet(AboutQuerySet["Receipt"]):
    def matching(self, reference: str, digest: str) -> "ReceiptQuerySet":
        """The receipt of this reference where `digest` is its text's or one of its files'."""
        digest = digest.strip().lower()
        return self.filter(reference__iexact=reference.strip()).filter(
            models.Q(text_sha256=digest) | models.Q(files__contains=[{"sha256": digest}])
        )


class Receipt(About):
    """One hand-in: reference, instant (UTC), SHA-256 of the text and of each file. Rows are never changed.

    `files` is a list of {name, sha256, size}. The text itself is kept by what was handed in; its canonical
    form is what the digest is of.
    """

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    at = models.DateTimeField(_("received at"), default=now)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    text = models.TextField(_("the text as received"))
    files: Any = models.JSONField(_("files"), default=list)
    received_from = by_person(_("handed in by"))

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="receipt_of_subject")]

    def __str__(self) -> str:
        return self.reference

    @property
    def utc(self) -> str:
        """As "2026-11-25 14:05:07 UTC", for everybody alike."""
        return f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
