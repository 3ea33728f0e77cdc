"""How a regional focal point finds stakeholders of their places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PickOne
from stakeholders.entries.enums import Kind


class FindForm(forms.Form):
    """Filters of the stakeholders of one's region. A value that is not valid is left out."""

    q = forms.CharField(label=_("Part of the name"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country or area"), required=False, widget=PickOne)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    lapsing = forms.BooleanField(label=_("Only those that lapse unless confirmed"), required=False)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["country"]
        field.choices = [("", _("All countries and areas")), *countries]

    def values(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, False if name == "lapsing" else "") for name in self.fields}
