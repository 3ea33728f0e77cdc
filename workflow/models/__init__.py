"""Decisions, work that waits, requests, changes and drafts; windows of time, and receipts."""

from workflow.models.engine import (
    About,
    AboutQuerySet,
    ChangeRequest,
    Decision,
    DraftDecision,
    ItemRequest,
    WorkItem,
)
from workflow.models.receipts import Receipt
from workflow.models.windows import Extension, Window

__all__ = [
    "About",
    "AboutQuerySet",
    "ChangeRequest",
    "Decision",
    "DraftDecision",
    "Extension",
    "ItemRequest",
    "Receipt",
    "Window",
    "WorkItem",
]
