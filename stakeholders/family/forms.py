"""Choosing the other end of a link between a branch and its parent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.entries.forms import FindForm, offer_stakeholders
from stakeholders.family.enums import Side


class FindOrganizationForm(FindForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Name or acronym of the organization")


class LinkForm(forms.Form):
    """Which organization was chosen, and which end of the link it is."""

    other = forms.ChoiceField(
        label=_("Organization"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an organization from the list.")},
    )
    end = forms.ChoiceField(
        label=_("What it is to yours"),
        widget=forms.RadioSelect,
        choices=[
            (Side.PARENT, _("Our parent organization: we are its branch")),
            (Side.BRANCH, _("Our branch: we are its parent organization")),
        ],
        error_messages={"required": _("Choose what it is to yours.")},
    )

    def __init__(self, *args: Any, organizations: list[Any], with_end: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_stakeholders(self.fields["other"], organizations)
        if not with_end:
            del self.fields["end"]
