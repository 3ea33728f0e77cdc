"""What the desk fills in about mail domains and sources."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from stakeholders.entries.forms import LineField
from stakeholders.trust.enums import Trust


class TrustForm(forms.Form):
    domain = forms.CharField(
        label=_("Mail domain"),
        max_length=190,
        help_text=_("As in example.org; what lies below it counts too."),
    )
    note = forms.CharField(label=_("Why it is trusted"), max_length=300)


# --- What the desk fills in when it says how far a source is trusted ---------------------------------


class SourceForm(forms.Form):
    """One source, named by exactly one of three."""

    person = AddressField(label=_("E-mail address of a person"), required=False)
    stakeholder = forms.IntegerField(
        label=_("Number of a stakeholder"),
        required=False,
        min_value=1,
        help_text=_("The number at the end of the profile's address."),
    )
    domain = LineField(label=_("Mail domain"), required=False, max_length=190)
    level = forms.TypedChoiceField(
        label=_("How far it is trusted"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[pair for pair in Trust.choices if pair[0] in Trust.BY_DESK],
    )
    note = LineField(label=_("Why"), max_length=300, error_messages={"required": _("Give the reason.")})
