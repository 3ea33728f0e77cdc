"""Text that somebody wrote in one language and the desk translates into others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from taxonomy.sorting import content_language

_TRANSLATIONS = _("{language code: {field: text}}, for languages beside the one of the text")


class Translated(models.Model):
    """Text in its own language, and what the desk has translated of it."""

    translations: Any = models.JSONField(_("translations"), default=dict, blank=True, help_text=_TRANSLATIONS)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self.translations = self.translations or {}  # an emptied field
        if not _is_by_language(self.translations):
            message = _("Write {language code: {field: text}}, or leave it empty.")
            raise ValidationError({"translations": message})

    def said(self, field: str, own_language: str) -> tuple[str, str]:
        """(text, its language): in the reader's language where it is translated, else as it was written."""
        language = content_language()
        translated = (self.translations or {}).get(language) or {}  # what is stored may be null
        text = translated.get(field, "") if language != own_language else ""
        return (text, language) if text else (getattr(self, field), own_language)


def _is_by_language(translations: Any) -> bool:
    return isinstance(translations, dict) and all(
        isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values())
        for texts in translations.values()
    )
