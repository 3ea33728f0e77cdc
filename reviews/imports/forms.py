"""A published list as a file with its source, and applying it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.text import clean_line
from reviews.imports.reading import text_of
from reviews.mechanism.enums import ImportKind
from reviews.mechanism.forms import LineField


class ImportForm(forms.Form):
    """A published list as CSV or as a workbook, with its source."""

    kind = forms.ChoiceField(
        label=_("What it lists"),
        choices=ImportKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the file lists.")},
    )
    file = forms.FileField(
        label=_("The file (XLSX, or CSV in UTF-8)"),
        help_text=_("Nothing is saved yet: you see first what it would change."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.xml,text/csv"}),
    )
    source = LineField(
        label=_("Where it is published"), error_messages={"required": _("Enter where the list is published.")}
    )
    source_date = forms.DateField(
        label=_("State of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on which the list was correct."),
    )

    file_name = ""

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        self.file_name = clean_line(upload.name)[:200]
        try:
            return text_of(upload)
        except DomainError as problem:
            raise ValidationError(str(problem)) from problem

    def clean_source_date(self) -> Any:
        day = self.cleaned_data["source_date"]
        if day > localdate():
            raise ValidationError(_("The date of a source cannot be in the future."))
        return day


class ApplyForm(forms.Form):
    knowing = forms.BooleanField(
        required=False, label=_("The source says so: I have compared it with the file.")
    )
