"""A link of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.meeting_reports.enums import LinkKind
from stakeholders.entries.forms import LineField, WebAddressField


class LinkForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=LinkKind,
        widget=forms.RadioSelect,
        help_text=_("Recordings and slides are also suggested to the library."),
    )
    title = LineField(label=_("Title"), max_length=200)
    url = WebAddressField(
        label=_("Address"), help_text=_("A full address, such as https://example.org/slides.pdf.")
    )
