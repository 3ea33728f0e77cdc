"""Giving a role, and finding people in the list of roles."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role, Scope
from accounts.people.models import User
from core.forms import PickOne
from core.text import clean_line
from core.time_display import VIENNA
from portal.roles.enums import PLACED, Standing
from portal.roles.queries import people_called
from stakeholders.appointments.forms import region_choices
from taxonomy.places.models import Country

MOST_PEOPLE = 10  # of one name; more are told apart by their address


class ListForm(forms.Form):
    """Which roles the list shows."""

    q = forms.CharField(required=False, max_length=200)
    status = forms.ChoiceField(required=False, choices=Standing)


class GiveRoleForm(forms.Form):
    """Who gets which role. `account` is asked only where several people have the name."""

    person = forms.CharField(
        label=_("Name or e-mail address of the person"),
        max_length=254,
        help_text=_("The person needs an account here with a confirmed address."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Enter the name or the address of the person.")},
    )
    account = forms.TypedChoiceField(
        label=_("Which of them?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Several people have this name. Choose one of them.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the role.")},
    )
    place = forms.ChoiceField(
        label=_("Region or country"),
        required=False,
        widget=PickOne,
        help_text=_("For a regional focal point or a State user. The other roles hold everywhere."),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("In Vienna time. Without a day, the role holds until it is ended."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.one_of = True  # not "optional": it is shown where a role needs it
        regions = [
            (group, [(f"{Scope.REGION}:{code}", name) for code, name in choices])
            for group, choices in region_choices()
        ]
        countries = [(f"{Scope.COUNTRY}:{code}", name) for code, name in Country.objects.for_choices()]
        place.choices = [
            ("", pgettext_lazy("region or country", "Choose")),
            *regions,
            (_("Countries or areas"), countries),
        ]
        self.people = self._find_people()
        account: Any = self.fields["account"]
        account.choices = [(person.pk, f"{person.name} ({person.email})") for person in self.people]
        if not 1 < len(self.people) <= MOST_PEOPLE:
            del self.fields["account"]

    def _find_people(self) -> list[User]:
        """Return the people whom the words may mean; one more than can be shown where these are many."""
        words = clean_line(self.data.get(self.add_prefix("person"), "")) if self.is_bound else ""
        return list(people_called(words)[: MOST_PEOPLE + 1]) if words else []

    def clean_person(self) -> str:
        words = clean_line(self.cleaned_data["person"])
        if not self.people:
            raise forms.ValidationError(
                _("There is no account with this name or confirmed address. Ask the person to sign up first.")
            )
        if len(self.people) > MOST_PEOPLE:
            raise forms.ValidationError(_("Many people have this name. Enter the e-mail address."))
        return words

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day and day < now().astimezone(VIENNA).date():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") in PLACED and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Choose the region or the country for which the role holds."))
        return cleaned

    @property
    def chosen_person(self) -> User:
        """The person who gets the role, once the form is valid."""
        chosen = self.cleaned_data.get("account") or self.people[0].pk
        return next(person for person in self.people if person.pk == chosen)

    def grant_fields(self) -> dict[str, Any]:
        """Return what `grant_role` takes beside the person and the actor."""
        role, day = self.cleaned_data["role"], self.cleaned_data["until"]
        # What was chosen for another role before is not asked of a role that holds everywhere.
        kind, _colon, code = (self.cleaned_data["place"] if role in PLACED else "").partition(":")
        ends_at = datetime.combine(day + timedelta(days=1), time(), VIENNA) if day else None
        return {"role": role, "scope_kind": kind or Scope.GLOBAL, "scope_code": code, "ends_at": ends_at}
