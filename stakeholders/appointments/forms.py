"""What the desk fills in about appointments."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.queries import person_with_address
from core.forms import AddressField, PickMany
from stakeholders.appointments.enums import EndReason
from stakeholders.appointments.models import Appointment
from stakeholders.entries.forms import TextAreaField
from taxonomy.places.enums import RegionLevel
from taxonomy.places.models import Country, Region


def region_choices() -> list[tuple[str | Promise, list[tuple[str, str]]]]:
    """Return each region with the places that lie in it, in the order of their names."""
    rows = {region.pk: region for region in Region.objects.in_order()}

    def containing_region(region: Region) -> Region:
        while region.parent_id:
            region = rows[region.parent_id]
        return region

    groups: dict[str, list[tuple[str, str]]] = {}
    for region in rows.values():
        if region.level == RegionLevel.REGION:
            groups[region.pk] = [(region.pk, str(_("All of %(region)s")) % {"region": region.name})]
    for region in rows.values():
        if region.level != RegionLevel.REGION:
            groups[containing_region(region).pk].append((region.pk, region.name))
    return [(rows[pk].name, choices) for pk, choices in groups.items()]


class PlacesForm(forms.Form):
    """Places and days of an appointment, made from `version` of it."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        widget=PickMany,
        help_text=_("A region counts with everything that lies in it."),
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries or areas"),
        required=False,
        widget=PickMany,
        help_text=_("Beside the regions, or instead of them."),
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Days are in Vienna time."),
        error_messages={"required": _("Give the first day.")},
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the last day.")},
    )
    note = TextAreaField(
        label=_("Desk note"), max_length=2000, required=False, help_text=_("Only the WhatsOn team reads it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions: Any = self.fields["regions"]
        countries: Any = self.fields["countries"]
        regions.choices = region_choices()
        countries.choices = Country.objects.for_choices()

    def appointment_fields(self) -> dict[str, Any]:
        names = ("regions", "countries", "starts_on", "ends_on", "note")
        return {name: self.cleaned_data[name] for name in names}

    @classmethod
    def of(cls, appointment: Appointment, **kwargs: Any) -> "PlacesForm":
        initial = {
            "version": appointment.version,
            "regions": [region.pk for region in appointment.regions.all()],
            "countries": [country.pk for country in appointment.countries.all()],
            "starts_on": appointment.starts_on,
            "ends_on": appointment.ends_on,
            "note": appointment.note,
        }
        return cls(initial=initial, **kwargs)


class AppointForm(PlacesForm):
    email = AddressField(
        label=_("E-mail address of the person"),
        max_length=254,
        help_text=_("The address of their account here. They will need a second factor to work."),
        error_messages={"required": _("Give the address of the person's account.")},
    )
    field_order = ("email", "regions", "countries", "starts_on", "ends_on", "note")

    def clean_email(self) -> str:
        """Return the confirmed address, and set `person` to its account."""
        address = str(self.cleaned_data["email"])
        self.person = person_with_address(address)
        if self.person is None:
            raise forms.ValidationError(
                _("There is no account with this confirmed address. Ask the person to sign up first.")
            )
        return address


class EndForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.ChoiceField(
        label=pgettext_lazy("why an appointment ends", "Reason"),
        choices=[(code, EndReason(code).label) for code in EndReason.BY_DESK],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    end_note = TextAreaField(label=_("Desk note"), max_length=1000, required=False, rows=2)
