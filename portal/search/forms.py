"""Input of the search over everything."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.facets import current_codes, printable_code
from core.text import clean_line
from portal.search.queries import SearchQuery
from search.hooks import documents
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Term, Topic

LAST_PAGE = 10_000


class CodeField(forms.CharField):
    """A code, or whatever was typed in its place."""

    def clean(self, value: Any) -> str:
        return printable_code(super().clean(value))


class SearchForm(forms.Form):
    """What an address asks of the search. What cannot be understood is left out: `query` is always there.

    A code that is unknown stays, so that nothing is found; that of a merged term leads on.
    """

    q = forms.CharField(label=_("Search for"), required=False)
    kind = forms.CharField(required=False)
    country = CodeField(required=False)
    region = CodeField(required=False)
    topic = CodeField(required=False)
    language = CodeField(required=False)
    page = forms.IntegerField(min_value=1, max_value=LAST_PAGE, required=False)
    exact = forms.BooleanField(required=False)

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])[:200]

    def clean_kind(self) -> str:
        return printable_code(self.cleaned_data["kind"])

    def clean_topic(self) -> str:
        return self._current("topic", Topic)

    def clean_language(self) -> str:
        return self._current("language", Language)

    def _current(self, name: str, model: type[Term]) -> str:
        code: str = self.cleaned_data[name]
        if not code or code in dict(choices_of(model)[0]):
            return code
        return current_codes(name, [code])[0]

    @property
    def query(self) -> SearchQuery:
        self.is_valid()
        understood = {name: value for name, value in self.cleaned_data.items() if value}
        return SearchQuery(**understood)


class StrictSearchForm(SearchForm):
    """The same for programs: needs words, and refuses what cannot be understood."""

    q = forms.CharField(label=_("Search for"))

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind and kind not in documents:
            raise ValidationError(_("There is no such kind."), "unknown")
        return kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = ("region", "country", "topic", "language")
        known = choices_of(Region, Country, Topic, Language)
        for name, choices in zip(names, known, strict=True):
            if (code := cleaned.get(name)) and code not in dict(choices):
                self.add_error(name, ValidationError(_("There is no such code."), "unknown"))
        return cleaned
