from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taxonomy.terms.models import Term


class MergeForm(forms.Form):
    """Which term the given ones are merged into: a living one of the same list and kind."""

    into = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, *args: Any, terms: list[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager: Any = type(terms[0])._default_manager
        chosen = {term.pk for term in terms}
        kinds = {term.kind_key for term in terms}
        everything: Any = self.manager.all()
        living = [term for term in everything.offered().in_order() if term.kind_key in kinds]
        self.terms = {term.pk: term for term in living if term.pk not in chosen}
        into: Any = self.fields["into"]
        into.choices = [("", "—"), *((pk, str(term)) for pk, term in self.terms.items())]

    def clean_into(self) -> Term:
        return self.terms[self.cleaned_data["into"]]
