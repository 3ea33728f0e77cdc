"""Finding a stakeholder by words, and choosing one of those that were found."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean_line


class FindForm(forms.Form):
    """Words by which a stakeholder is looked for; an address, not an act."""

    q = forms.CharField(
        label=_("Name or acronym"),
        required=False,
        max_length=200,
        help_text=_("As the directory shows it; a part of the name is enough."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"] or "")


class ChooseForm(forms.Form):
    """One of the stakeholders that were found."""

    stakeholder = forms.ChoiceField(
        label=_("Select a stakeholder"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a stakeholder from the list."),
            "invalid_choice": _("Choose a stakeholder from the list."),
        },
    )

    def __init__(self, *args: Any, found: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(one.pk), f"{one.name} · {one.country.name}" if one.country else one.name) for one in found
        ]
        self.fields["stakeholder"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["stakeholder"].initial = choices[0][0]
