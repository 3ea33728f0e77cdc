"""What is said of an access token before it is made."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.tokens.enums import TokenScope


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What the token is for, so that you know it later.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=TokenScope,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Never more than you may do yourself, and nothing that requires a second factor. A "
            "program that may "
            "write can also read what it has written."
        ),
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        initial=90,
        choices=[
            (7, _("7 days")),
            (30, _("30 days")),
            (90, _("90 days")),
            (180, _("180 days")),
            (365, _("365 days")),
        ],
    )
