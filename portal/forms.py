"""Input of the portal's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean_line


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Search for"), max_length=200, required=False)

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])
