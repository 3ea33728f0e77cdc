"""Which source to take out."""

from collections.abc import Sequence
from typing import Any

from django import forms

from stakeholders.registers.queries import ListedSource


class SourceForm(forms.Form):
    source = forms.ChoiceField()

    def __init__(self, *args: Any, sources: Sequence[ListedSource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [(one.name, one.name) for one in sources]  # type: ignore[attr-defined]
