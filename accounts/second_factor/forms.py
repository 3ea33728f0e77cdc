"""What somebody says whose second factor is lost."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import clean_line


class LostFactorForm(forms.Form):
    contact = forms.CharField(
        label=_("How can the WhatsOn team reach you?"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_(
            "A telephone number with its country code and good hours, or a colleague whom "
            "the WhatsOn team knows."
        ),
    )

    def clean_contact(self) -> str:
        contact = clean_line(self.cleaned_data["contact"])
        if not contact:  # signs that nobody sees
            raise ValidationError(self.fields["contact"].error_messages["required"], code="required")
        return contact
