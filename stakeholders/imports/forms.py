"""A file for the directory, what its columns mean, and what is decided about its rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from core.errors import Unreadable
from core.forms import PickOne
from core.spreadsheet_reader import MOST_BYTES, Sheet, look_at
from core.text import clean_line
from stakeholders.entries.enums import Kind
from stakeholders.imports.enums import ImportPurpose, TwinDecision
from stakeholders.imports.fields import FIELDS_OF, heading_score
from stakeholders.imports.models import Import
from stakeholders.imports.queries import examples
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country

_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


_NEEDED = {
    "name": _("Choose the column that holds the name."),
    "email": _("Choose the column that holds the e-mail address."),
}


class SendForm(forms.Form):
    """`sheet` is what the file was found to be, once the form is valid."""

    source = forms.CharField(
        label=_("Source"),
        help_text=_(
            "Who made the list; the profiles will name it. The meaning of its columns is remembered."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "sources", "dir": "auto"}),
    )
    url = forms.CharField(
        label=_("Address of the source"),
        max_length=500,
        required=False,
        validators=[URLValidator(schemes=("http", "https"))],
        widget=forms.URLInput,
    )
    day = forms.DateField(
        label=_("Date of the source"),
        help_text=_("The day on which the list was correct."),
        initial=localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX with one heading row; at most 25 MB and 100,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": _("This file is empty.")},
    )
    sheet: Sheet
    purpose = ImportPurpose.DIRECTORY

    def clean_source(self) -> str:
        source = clean_line(self.cleaned_data["source"])
        if not source:
            raise ValidationError(_("Enter where the list comes from."))
        return source

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > localdate():
            raise ValidationError(_("This day is in the future."))
        return day

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(
                _("This file is %(size)s; the most we can take is %(most)s. Please send it in parts."),
                params={"size": filesizeformat(upload.size or 0), "most": filesizeformat(MOST_BYTES)},
            )
        try:
            self.sheet = look_at(upload, heading_score(FIELDS_OF[self.purpose]))
        except Unreadable as problem:
            raise ValidationError(str(problem)) from problem
        upload.content_type = _TYPES[self.sheet.format]
        upload.seek(0)
        return upload


class ColumnsForm(forms.Form):
    """One choice for each column of the file; `columns` is place → field."""

    kind = forms.ChoiceField(
        label=_("Kind, where a row does not give it"), choices=[("", "–"), *Kind.choices], required=False
    )
    country = forms.ChoiceField(
        label=_("Country or area, where a row does not give it"), required=False, widget=PickOne
    )

    # Fields of which one needs a column.
    needed: tuple[tuple[str, ...], ...] = (("name", "id", "ror_id"),)

    def __init__(self, *args: Any, of: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        (countries,) = choices_of(Country)
        self.fields["country"].choices = [("", "–"), *countries]  # type: ignore[attr-defined]
        self.fields["kind"].initial, self.fields["country"].initial = of.default_kind, of.default_country
        self.places = [] if of.is_ror else list(range(len(of.heads)))
        choices = [("", _("leave out")), *((field.code, field.label) for field in of.fields)]
        samples = examples(of) if self.places else {}
        for place in self.places:
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=of.heads[place],
                choices=choices,
                required=False,
                initial=of.columns.get(str(place), ""),
                help_text=samples[place],
            )
            self.fields[f"column_{place}"].one_of = True  # type: ignore[attr-defined]  # none of them is "optional"
        self.order_fields(f"column_{place}" for place in self.places)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.columns: dict[str, str] = {}
        for place in self.places:
            code = cleaned.get(f"column_{place}", "")
            if code and code in self.columns.values():
                self.add_error(f"column_{place}", _("Another column is this already."))
            elif code:
                self.columns[str(place)] = code
        for codes in () if self.of.is_ror else self.needed:
            if not set(codes) & set(self.columns.values()):
                self.add_error(None, _NEEDED[codes[0]])
        return cleaned


class DecisionsForm(forms.Form):
    """What is said about each row shown, and about all the others that wait."""

    rest = forms.ChoiceField(
        label=_("All others that are pending"),
        choices=[("", _("decide later")), *TwinDecision.choices],
        required=False,
    )

    def __init__(self, data: Mapping[str, Any], *, rows: Sequence[int]) -> None:
        super().__init__(data)
        for row in rows:
            self.fields[f"row_{row}"] = forms.ChoiceField(
                choices=[("", ""), *TwinDecision.choices], required=False
            )
        self.rows = rows

    def decisions(self) -> dict[int, str]:
        return {row: self.cleaned_data[f"row_{row}"] for row in self.rows if self.cleaned_data[f"row_{row}"]}


class TakeInForm(forms.Form):
    without_refused = forms.BooleanField(required=False)
