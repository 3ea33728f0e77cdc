"""Whom a State has named, and why an account ends."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.forms import PickOne
from core.uploads import UploadField
from stakeholders.entries.forms import BlockField, LineField
from stakeholders.invitations.forms import AddressForm
from stakeholders.state_accounts.enums import StateEnd
from taxonomy.places.models import Country

END_CHOICES = [(code, StateEnd(code).label) for code in StateEnd.BY_DESK]


class StateForm(AddressForm):
    country = forms.ChoiceField(label=_("State"), widget=PickOne)
    person = LineField(label=_("Name of the person"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)
    note_reference = LineField(
        label=_("Reference of the note verbale"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    note_date = forms.DateField(
        label=_("Date of the note verbale"), widget=forms.DateInput(attrs={"type": "date"})
    )
    scan = UploadField(
        label=_("Scanned note"),
        required=False,
        help_text=_("PDF, PNG or JPEG. Only the head of desk and administrators can open it."),
    )
    field_order = ("country", "person", "address", "language", "note_reference", "note_date", "scan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a State")), *Country.objects.states_for_choices()]  # type: ignore[attr-defined]
        self.fields["address"].help_text = _(
            "As in the note verbale. Only the owner of this address can accept."
        )

    def clean_note_date(self) -> Any:
        day = self.cleaned_data["note_date"]
        if day > now().date():
            raise ValidationError(_("This day is in the future."))
        return day


class EndStateForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=END_CHOICES, widget=forms.RadioSelect)
    note = BlockField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Only the head of desk and administrators can read it."),
    )
