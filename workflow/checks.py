"""A move without its sentence or permission must not get as far as a person: `manage.py check` finds it."""

from collections.abc import Iterator
from typing import Any

import rules
from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models

from audit.enums import Audience
from audit.hooks import sentence, sentences
from workflow.moves.enums import permission, sentence_name


def models_with_moves() -> Iterator[type[models.Model]]:
    """Every model that the engine moves, in a fixed order."""
    moving_models = [model for model in apps.get_models() if hasattr(model, "MOVES")]
    yield from sorted(moving_models, key=lambda model: model._meta.label_lower)


def declare_sentences() -> None:
    """Enter the sentences that stand beside the moves of a model (`SENTENCES`) among those of the audit."""
    for model in models_with_moves():
        for name, text in getattr(model, "SENTENCES", {}).items():
            labels = model.MOVES[name].labels  # type: ignore[attr-defined]
            sentence(sentence_name(model, name), text, audience=Audience.SUBJECT, labels=labels)


def every_move_is_complete(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each move that lacks a sentence or a permission, or that names an unknown state."""
    errors: list[CheckMessage] = []
    for model in models_with_moves():
        states = {state for state, _label in model._meta.get_field("status").flatchoices or ()}  # type: ignore[union-attr]
        for name, move in model.MOVES.items():  # type: ignore[attr-defined]
            lacks = []
            if sentence_name(model, name) not in sentences:
                lacks.append(f"the sentence {sentence_name(model, name)!r} in `SENTENCES`")
            if not move.by_clock and not rules.perm_exists(permission(model, name)):
                lacks.append(f"the permission {permission(model, name)!r} in rules.py")
            unknown = {*move.sources, move.target} - states
            if unknown:
                lacks.append(f"states that the model knows (unknown: {', '.join(sorted(unknown))})")
            if lacks:
                errors.append(
                    Error(
                        f"The move {name!r} of {model._meta.label} lacks {'; '.join(lacks)}.",
                        id="workflow.E001",
                    )
                )
    return errors
