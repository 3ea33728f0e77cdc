"""Which value stays, field by field, and why two entries become one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean_line
from stakeholders.entries.enums import NameKind
from stakeholders.entries.forms import NoteField
from stakeholders.merging.queries import BOTH, GONE, REMAINING, FieldRow


class OtherEntryForm(forms.Form):
    q = forms.CharField(
        label=_("Name, acronym or number of the other profile"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])


class MergeForm(forms.Form):
    """One choice for each field in which the two differ; the rest is the same on both sides."""

    names = forms.ChoiceField(
        label=_("The names that do not stay on top"),
        choices=[
            (NameKind.FORMER, _("Keep them as former names")),
            (NameKind.OTHER, _("Keep them as other current names")),
            ("", _("Do not show them")),
        ],
        required=False,
        initial=NameKind.FORMER,
        widget=forms.RadioSelect,
    )
    reason = NoteField(
        label=_("Reason"),
        help_text=_("Everybody who acts for either profile reads it, in the e-mail that follows."),
        error_messages={"required": _("Explain the decision to the people of both profiles.")},
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Confirm that you know that this cannot be undone.")},
    )
    seen_gone = forms.DateTimeField(widget=forms.HiddenInput)
    seen_kept = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Iterable[FieldRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        words = {REMAINING: _("as the one that stays"), GONE: _("as the one to be removed"), BOTH: _("both")}
        for row in self.rows:
            if row.choices:
                self.fields[f"field_{row.name}"] = forms.ChoiceField(
                    label=str(row.label),
                    choices=[(code, words[code]) for code in row.choices],
                    initial=row.default,
                    widget=forms.RadioSelect,
                )

    def filled_rows(self) -> list[tuple[FieldRow, Any]]:
        """Return the rows that either entry fills, with the form field, None where nothing is to choose."""
        filled_rows = [row for row in self.rows if row.remaining or row.gone]
        return [(row, self[f"field_{row.name}"] if row.choices else None) for row in filled_rows]

    @property
    def choices(self) -> dict[str, str]:
        return {row.name: self.cleaned_data[f"field_{row.name}"] for row in self.rows if row.choices}
