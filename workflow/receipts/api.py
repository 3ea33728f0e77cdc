"""What programs are given as the proof of what was handed in."""

from django.db import models
from rest_framework import serializers

from workflow.receipts.models import Receipt


def receipt_field() -> serializers.CharField:
    return serializers.CharField(
        required=False, allow_blank=True, help_text="The reference of the last receipt; empty without one."
    )


def reference_of(row: models.Model) -> str:
    """Of its last receipt, or "". One query."""
    return Receipt.objects.about(row).values_list("reference", flat=True).first() or ""
