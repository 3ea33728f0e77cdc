"""What a rapporteur fills in about a meeting or an event, and what the desk says to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.uploads import UploadField
from events.meeting_reports.enums import LinkKind
from events.meeting_reports.models import Report
from stakeholders.entries.forms import LineField, WebAddressField
from taxonomy.terms.models import Language


class ReportForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Report
        fields = (
            "rapporteur",
            "language",
            "summary",
            "outcomes",
            "recommendations",
            "attended_in_person",
            "attended_online",
            "counted_by",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 8}),
            "outcomes": forms.Textarea(attrs={"rows": 6}),
            "recommendations": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "rapporteur": gettext_lazy("Whose report it is, as it will be shown."),
            "summary": gettext_lazy(
                "What it was about and what was discussed, for people who were not there."
            ),
            "outcomes": gettext_lazy("What was agreed or launched. Leave it empty where there was nothing."),
            "recommendations": gettext_lazy(
                "To whom, and what. They are your recommendations, not those of the event."
            ),
            "counted_by": gettext_lazy("As: “the secretariat, at the door”. Needed with a number."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.queryset, language.empty_label = Language.objects.in_order(), "—"
        self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        counted = [clean.get(name) for name in ("attended_in_person", "attended_online")]
        if any(number is not None for number in counted) and not (clean.get("counted_by") or "").strip():
            self.add_error("counted_by", _("Enter who counted, or leave the numbers empty."))
        return clean

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReportFileForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=LinkKind,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Recordings and slides are also suggested to the library."),
    )
    title = LineField(label=gettext_lazy("Title"), max_length=200)
    upload = UploadField(
        label=gettext_lazy("File"), required=False, help_text=gettext_lazy("PDF, PNG or JPEG.")
    )
    url = WebAddressField(
        label=gettext_lazy("Or its address"),
        required=False,
        help_text=gettext_lazy("A recording stays where it is: give its full address."),
    )

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(clean.get("upload")) == bool(clean.get("url")):
            self.add_error("upload", _("Give a file or an address, one of the two."))
        return clean


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=pgettext_lazy("with a report", "What should be changed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Its authors read this."),
    )
