from django import forms
from django.utils.translation import gettext_lazy as _


class TrustForm(forms.Form):
    domain = forms.CharField(
        label=_("Mail domain"),
        max_length=190,
        help_text=_("As in example.org; what lies below it counts too."),
    )
    note = forms.CharField(label=_("Why it is trusted"), max_length=300)
