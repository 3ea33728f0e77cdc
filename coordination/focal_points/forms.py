"""What regional focal points say of themselves, and what people write to them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.focal_points.models import ABOUT_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH
from stakeholders.entries.forms import TextAreaField


class NamedForm(forms.Form):
    agrees = forms.BooleanField(
        label=_("Name me on the public page of regional focal points"),
        required=False,
        help_text=_(
            "Your name, your places and the words below. Never your address: the portal passes messages on."
        ),
    )
    about = TextAreaField(
        label=_("About you and your work for the region"), max_length=ABOUT_LENGTH, required=False
    )


class EnquiryForm(forms.Form):
    subject = forms.CharField(
        label=_("What it is about"),
        max_length=SUBJECT_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Describe what it is about.")},
    )
    text = TextAreaField(
        label=_("Your message"),
        max_length=TEXT_LENGTH,
        rows=8,
        help_text=_("Plain text. Deputies and successors of the regional focal point can read it too."),
        error_messages={"required": _("Write your message.")},
    )


class LineForm(forms.Form):
    text = TextAreaField(
        label=_("Your message"),
        max_length=TEXT_LENGTH,
        rows=6,
        error_messages={"required": _("Write your message.")},
    )
