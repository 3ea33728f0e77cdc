"""Input of the portal's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean_line


class SearchForm(forms.Form):
    """What an address asks of the search. What cannot be understood is left out: `asked` is always there."""

    q = forms.CharField(label=_("Search for"), required=False)
    kind = forms.CharField(required=False)
    country = forms.CharField(required=False)
    region = forms.CharField(required=False)
    topic = forms.CharField(required=False)
    language = forms.CharField(required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)
    exact = forms.BooleanField(required=False)

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])[:200]

    @property
    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}
