"""How much to hear of one follow."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.follows.enums import Level


class LevelForm(forms.Form):
    """How much of what is followed a person wants to hear."""

    level = forms.ChoiceField(
        label=_("How much do you want to hear?"),
        choices=Level,
        initial=Level.ALL,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose how much you want to hear.")},
    )
