"""A name or identifier to look for, and the entry that was chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Name or ROR identifier"),
        help_text=_("For instance “University of Nairobi”, or https://ror.org/02y9nww90."),
        max_length=250,
        min_length=3,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ChosenForm(forms.Form):
    entry = forms.IntegerField(min_value=1)
    version = forms.IntegerField(min_value=0)
