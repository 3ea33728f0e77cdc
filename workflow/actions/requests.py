"""Questions about single fields. The app's own act (a return, an answer) has checked the permission."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.timezone import now

from core.text import clean_block
from workflow.models import ItemRequest


def ask(obj: models.Model, questions: Mapping[str, str], *, actor: Any) -> list[ItemRequest]:
    """Ask about fields of `obj` ({field: text}); a question that is still open gets the new text."""
    asked = []
    with transaction.atomic():
        for field, text in questions.items():
            request, _new = ItemRequest.objects.update_or_create(
                subject_kind=obj._meta.label_lower,
                subject_id=obj.pk,
                field=field,
                answered_at=None,
                defaults={"text": clean_block(text), "asked_by": actor, "asked_at": now()},
            )
            asked.append(request)
    return asked


def answer_requests(obj: models.Model, *, actor: Any) -> int:
    """Count everything that was asked about `obj` as answered; returns how many questions that closed."""
    return ItemRequest.objects.about(obj).filter(answered_at=None).update(answered_at=now())
