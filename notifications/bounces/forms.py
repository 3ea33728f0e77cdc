"""An address that the desk notes by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField


class HoldForm(forms.Form):
    """An address that does not work, noted by hand."""

    address = AddressField(label=_("E-mail address"))
    reason = forms.CharField(
        label=_("How you know"),
        max_length=500,
        help_text=_("As “a letter came back by post”. Only administrators read it."),
    )
