"""What a regional focal point fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.entries.forms import TextAreaField
from stakeholders.recommendations.enums import View, ViewReason


class RecommendForm(forms.Form):
    view = forms.ChoiceField(
        label=_("Your view"),
        choices=View,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your view.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=ViewReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    text = TextAreaField(
        label=_("In a few words"),
        max_length=2000,
        help_text=_("Only the WhatsOn team reads it. Write only about the work, from what you know."),
        error_messages={"required": _("Give the reason in a sentence or two.")},
    )
