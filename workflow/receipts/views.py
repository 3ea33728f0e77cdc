"""What every page about a receipt does."""

from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from workflow.receipts.models import Receipt


def receipt_of(row: models.Model, reference: str) -> Receipt:
    """Return the receipt of this row with the reference, in whatever case; raise Http404 for any other."""
    return get_object_or_404(Receipt.objects.about(row), reference=reference.upper())


def receipt_file(receipt: Receipt) -> HttpResponse:
    """Return the text byte by byte: the SHA-256 of this file is the digest on the receipt."""
    response = HttpResponse(receipt.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{receipt.reference}.txt"'
    response["X-Robots-Tag"] = "noindex"
    return response
