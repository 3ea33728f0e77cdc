"""Boxes that several forms of the reviews share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.partial_dates import check_partial
from core.text import clean_block, clean_line


class TextField(forms.CharField):
    """Some lines of text."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class LineField(forms.CharField):
    """One line of text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 1000)
        kwargs.setdefault("widget", forms.TextInput(attrs={"dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class PartialDateFormField(forms.CharField):
    """A day, a month or a year."""

    default_validators = [check_partial]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("help_text", _("As exactly as the source gives it: 2024-10-30, 2024-10 or 2024."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}))
        super().__init__(**kwargs)
