"""What the desk fills in about documents and numbers of an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.events.enums import Exactness
from stakeholders.entries.forms import LineField, WebAddressField


def _day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _exactness() -> list[tuple[str, Any]]:
    return [
        ("", _("The number alone")),
        *((exactness.value, exactness.label % {"number": "…"}) for exactness in Exactness),
    ]


class DocumentForm(forms.Form):
    use_required_attribute = False
    symbol = LineField(label=_("Document symbol"), max_length=80, required=False)
    title = LineField(label=_("Title"), max_length=300, required=False)
    source = LineField(
        label=_("Source"), max_length=300, help_text=_("Who published the page where it was read or named.")
    )
    source_url = WebAddressField(label=_("Address of the source"), required=False)
    source_date = _day_field(label=_("Read on"))

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if not self.errors and not (clean["symbol"] or clean["title"]):
            self.add_error("title", _("Give the symbol of the document, or its title."))
        return clean


class AttendanceForm(forms.Form):
    use_required_attribute = False
    what = LineField(
        label=_("What was counted"), max_length=200, help_text=_("As “stakeholders in the room”.")
    )
    number = forms.IntegerField(label=_("Number"), min_value=0, max_value=1_000_000)
    precision = forms.ChoiceField(label=_("Precision of the source"), required=False, choices=_exactness)
    counted_by = LineField(
        label=_("Who counted"), max_length=200, help_text=_("An institution or office, not a person.")
    )
    source_url = WebAddressField(label=_("Address of the source"), required=False)
    source_date = _day_field(label=_("Read on"), required=False)
    on = _day_field(label=_("Date of the count"), required=False)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if not self.errors and clean["source_url"] and not clean["source_date"]:
            self.add_error("source_date", _("Enter the day on which it was read in the source."))
        return clean
