"""Where the desk knows of a copy of what no longer answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.entries.forms import WebAddressField


class ArchivedForm(forms.Form):
    use_required_attribute = False
    archived_url = WebAddressField(
        label=_("Address of an archived copy"),
        required=False,
        help_text=_("Readers are offered it while the link is broken."),
    )
