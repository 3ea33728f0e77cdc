"""What is filled in about deputies and absences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.queries import person_with_address
from coordination.absences.models import Deputy
from core.forms import AddressField


def day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class PersonField(AddressField):
    """The confirmed address of somebody's account; cleans to the person."""

    def clean(self, value: Any) -> Any:
        person = person_with_address(super().clean(value))
        if person is None:
            raise forms.ValidationError(
                _("There is no account with this confirmed address. Ask the person to sign up first.")
            )
        return person


class DeputyForm(forms.Form):
    email = PersonField(
        label=_("E-mail address of the deputy"),
        max_length=254,
        help_text=_("The address of their account here. They get the role on days of an absence only."),
        error_messages={"required": _("Give the address of the person's account.")},
    )


class AbsenceForm(forms.Form):
    deputy = forms.ModelChoiceField(
        Deputy.objects.none(),
        label=_("Deputy"),
        empty_label=_("Choose"),
        help_text=_("The WhatsOn team names deputies."),
        error_messages={"required": _("Choose one of the deputies.")},
    )
    starts_on = day(
        _("First day of the absence"),
        error_messages={"required": _("Give the first day.")},
        help_text=_("Days are in Vienna time."),
    )
    ends_on = day(_("Last day of the absence"), error_messages={"required": _("Give the last day.")})

    def __init__(self, *args: Any, deputies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["deputy"]
        field.queryset = deputies

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"deputy": data["deputy"].user, "starts_on": data["starts_on"], "ends_on": data["ends_on"]}
