"""The desk's forms: a step with its source, and what else is known of a review."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.partial_dates import first_day
from core.text import clean_line
from reviews.mechanism.enums import SourceKind, StepStatus
from reviews.mechanism.forms import LineField, PartialDateFormField, TextField
from reviews.mechanism.models import StepKind
from reviews.tracker.models import CountryReview, FocalPoint, ReviewDocument
from taxonomy.law.models import Cluster, Instrument
from taxonomy.names.models import Named


class TermField(forms.ModelChoiceField):
    """One of a reference list, in the list's own order."""

    def __init__(self, model: type[Named], **kwargs: Any) -> None:
        self.model = model
        super().__init__(model._default_manager.none(), **kwargs)

    def fill(self, **only: Any) -> None:
        rows: Any = self.model._default_manager.filter(**only)
        self.queryset = rows.offered().in_order()


class StepForm(forms.Form):
    """What a source says of one step."""

    cluster = TermField(Cluster, label=_("Phase"), empty_label=None)
    step = TermField(StepKind, label=_("Step"))
    instrument = TermField(
        Instrument, label=_("Instrument"), required=False, empty_label=_("All instruments")
    )
    status = forms.ChoiceField(
        label=_("What is known"),
        choices=StepStatus,
        widget=forms.RadioSelect,
        help_text=_("“No public information” means that you have looked and found none."),
        error_messages={"required": _("Choose what is known.")},
    )
    date = PartialDateFormField(label=_("When it was"), required=False)
    source_kind = forms.ChoiceField(
        label=_("Kind of source"),
        choices=SourceKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of source.")},
    )
    source = LineField(
        label=pgettext_lazy("where something is published", "Source"),
        help_text=_(
            "Title of the page, symbol of the document, date of the note verbale, or name of the report."
        ),
        error_messages={"required": _("Nothing is recorded without a source.")},
    )
    source_url = forms.URLField(
        label=_("Link to the source"), required=False, assume_scheme="https", max_length=1000
    )
    source_date = PartialDateFormField(label=_("Date of the source"), required=False)
    note = TextField(label=_("Note"), required=False, rows=2, help_text=_("Everybody reads it on the page."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].fill()  # type: ignore[attr-defined]
        self.fields["step"].fill()  # type: ignore[attr-defined]
        self.fields["instrument"].fill(reviewed=True)  # type: ignore[attr-defined]

    def clean_date(self) -> str:
        day: str = self.cleaned_data["date"]
        if day and first_day(day) > localdate():
            raise ValidationError(_("This day is in the future; only what has happened is recorded."))
        return day

    def clean_source_date(self) -> str:
        day: str = self.cleaned_data["source_date"]
        if day and first_day(day) > localdate():
            raise ValidationError(_("The date of a source cannot be in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("source_kind") == SourceKind.LINK and not cleaned.get("source_url"):
            self.add_error("source_url", _("Give the address of the page."))
        if cleaned.get("status") == StepStatus.NO_INFORMATION and cleaned.get("date"):
            self.add_error("date", _("Where there is no information there is no date either."))
        return cleaned


class _Sourced(forms.ModelForm):
    """A row whose facts need a source."""

    def clean_source(self) -> str:
        return clean_line(self.cleaned_data["source"])

    def validate_constraints(self) -> None:
        """Also those that the database would refuse, each at the field that it is about."""
        try:
            self.instance.validate_constraints()
        except ValidationError as wrong:
            for message in wrong.messages:
                self.add_error(self.blamed if self.blamed in self.fields else None, message)

    blamed = "source"


class ReviewForm(_Sourced):
    class Meta:
        model = CountryReview
        fields = [
            "group",
            "source",
            "source_date",
            "nominal_start",
            "actual_start",
            "actual_start_source",
            "note",
        ]
        widgets = {
            "source": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "actual_start_source": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "source_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"source": _("Where the group is published")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("group") and not cleaned.get("source"):
            self.add_error("source", _("Enter where the group is published."))
        if cleaned.get("actual_start") and not cleaned.get("actual_start_source"):
            self.add_error("actual_start_source", _("Enter where the actual start is published."))
        return cleaned

    def validate_constraints(self) -> None:
        """Asked in `clean`, at the fields."""


class FocalPointForm(_Sourced):
    class Meta:
        model = FocalPoint
        fields = ["nominated", "source", "source_date", "name", "name_source", "note"]
        widgets = {
            "nominated": forms.RadioSelect,
            "source": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "name_source": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "source_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("nominated") != "unknown" and not cleaned.get("source"):
            self.add_error("source", _("Enter where this is published."))
        if cleaned.get("name") and not cleaned.get("name_source"):
            self.add_error(
                "name_source", _("A name may appear here only where it is published: enter where.")
            )
        return cleaned

    def validate_constraints(self) -> None:
        """Asked in `clean`, at the fields."""


class DocumentForm(_Sourced):
    blamed = "symbol"

    class Meta:
        model = ReviewDocument
        fields = [
            "kind",
            "cluster",
            "symbol",
            "title",
            "date",
            "publicity",
            "url_ar",
            "url_zh",
            "url_en",
            "url_fr",
            "url_ru",
            "url_es",
            "source",
            "source_date",
            "note",
        ]
        widgets = {
            "source": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "source_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("symbol") and not cleaned.get("title"):
            self.add_error("title", _("Give a symbol or a title."))
        return cleaned
