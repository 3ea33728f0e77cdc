"""A message without words must not get as far as a person: `manage.py check` finds it first."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from notifications.hooks import kinds

PARTS = ("subject", "happened", "todo", "button", "why")


def every_kind_has_its_text(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each kind whose template, or a partial of it, is missing or does not compile."""
    errors: list[CheckMessage] = []
    for kind in kinds.values():
        missing = []
        for part in PARTS:
            try:
                get_template(f"{kind.template}#{part}")
            except (TemplateDoesNotExist, TemplateSyntaxError) as fault:
                missing.append(f"{part} ({fault})")
        if missing:
            errors.append(
                Error(
                    f"The message kind {kind.name!r} lacks words: {'; '.join(missing)}.",
                    hint=f"templates/{kind.template} holds the partials {', '.join(PARTS)}.",
                    id="notifications.E001",
                )
            )
    return errors
