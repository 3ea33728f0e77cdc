"""What regional focal points and the desk fill in about terms, and what people write to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.queries import person_with_address
from coordination.models import Deputy
from coordination.models.regional import ABOUT_LENGTH, NOTE_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH
from core.forms import AddressField
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import TextAreaField


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class PersonField(AddressField):
    """The confirmed address of somebody's account; cleans to the person."""

    def clean(self, value: Any) -> Any:
        person = person_with_address(super().clean(value))
        if person is None:
            raise forms.ValidationError(
                _("Nobody has an account with this confirmed address. Ask the person to register first.")
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
        label=_("Who stands in"),
        empty_label=_("Choose"),
        help_text=_("The desk names deputies."),
        error_messages={"required": _("Choose one of the deputies.")},
    )
    starts_on = _day(
        _("First day of the absence"),
        error_messages={"required": _("Give the first day.")},
        help_text=_("Days are those of the desk, in Vienna."),
    )
    ends_on = _day(_("Last day of the absence"), error_messages={"required": _("Give the last day.")})

    def __init__(self, *args: Any, deputies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["deputy"]
        field.queryset = deputies

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"deputy": data["deputy"].user, "starts_on": data["starts_on"], "ends_on": data["ends_on"]}


class NotesForm(forms.Form):
    text = TextAreaField(
        label=_("Notes for deputies and for whoever comes after you"),
        max_length=NOTE_LENGTH,
        required=False,
        rows=10,
        help_text=_(
            "Read by you and the desk; by a deputy while they stand in; by your successor after a hand-over."
        ),
    )


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


class WhoForm(forms.Form):
    """The first step of a hand-over."""

    email = PersonField(
        label=_("E-mail address of the successor"),
        max_length=254,
        help_text=_("The address of their account here. They will need a second factor to work."),
        error_messages={"required": _("Give the address of the person's account.")},
    )
    starts_on = _day(
        _("First day of the successor's term"),
        required=False,
        help_text=_("Leave it empty to hand over at once, as soon as you confirm."),
    )
    ends_on = _day(
        _("Last day of the successor's term"), error_messages={"required": _("Give the last day.")}
    )


class WhatForm(forms.Form):
    """The second step."""

    note = TextAreaField(
        label=_("Note to the successor"),
        max_length=NOTE_LENGTH,
        required=False,
        rows=8,
        help_text=_("Beside the notes of the person who leaves. The desk and the successor read it."),
    )
    introduces = forms.BooleanField(
        label=_("Introduce the successor to the stakeholders of the region by mail"),
        required=False,
        help_text=_("Goes to those who look after active entries that take messages. It names both people."),
    )


class EnquiryForm(forms.Form):
    subject = forms.CharField(
        label=_("What it is about"),
        max_length=SUBJECT_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Say what it is about.")},
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


class FindForm(forms.Form):
    """Of the stakeholders of one's region. What is not understood is left out, as in every list."""

    q = forms.CharField(label=_("Part of the name"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country or area"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    lapsing = forms.BooleanField(label=_("Only those that lapse unless confirmed"), required=False)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["country"]
        field.choices = [("", _("All countries and areas")), *countries]

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, False if name == "lapsing" else "") for name in self.fields}
