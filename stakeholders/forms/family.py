"""Choosing the other end of a link between a branch and its parent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean_line
from stakeholders.enums.family import Side


class FindForm(forms.Form):
    """Words by which an organization is looked for; an address, not an act."""

    q = forms.CharField(
        label=_("Name or acronym of the organization"),
        required=False,
        max_length=200,
        help_text=_("As the directory shows it; a part of the name is enough."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"] or "")


class LinkForm(forms.Form):
    """Which organization was chosen, and which end of the link it is."""

    other = forms.ChoiceField(
        label=_("Organization"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose an organization from the list.")},
    )  # fmt: skip
    end = forms.ChoiceField(
        label=_("What it is to yours"),
        widget=forms.RadioSelect,
        choices=[
            (Side.PARENT, _("Our parent organization: we are its branch")),
            (Side.BRANCH, _("Our branch: we are its parent organization")),
        ],
        error_messages={"required": _("Choose what it is to yours.")},
    )

    def __init__(self, *args: Any, found: list[Any], with_end: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.name} · {one.country.name}") for one in found
        ]
        if not with_end:
            del self.fields["end"]
