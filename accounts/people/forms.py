"""What people fill in about themselves: name, language, time zone, consent."""

import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.text import clean_line


class PortalWords(forms.Form):
    """Mixed into allauth's forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_the_portals_words(self)


def _in_the_portals_words(form: forms.BaseForm) -> None:
    """One label above each field, nothing inside it that vanishes while typing."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in ("email", "login"):
            field.label = _("E-mail address")
            field.widget.attrs["autocomplete"] = "username"
            field.widget.attrs["dir"] = "ltr"
        if name == "code":
            field.widget.attrs |= {
                "autocomplete": "one-time-code",
                "dir": "ltr",
                "autocapitalize": "characters",
            }
        if name in ("password1", "password2", "oldpassword", "password"):
            field.widget.attrs["dir"] = "ltr"


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Your name"),
            max_length=150,
            help_text=_("Your preferred name, in any script."),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return super().clean(clean_line(value or ""))


def zone_field(*, empty: Any = None, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [*([("", empty)] if empty else []), *_zone_choices()],
        help_text=_("Deadlines are shown in the time of the event, and in yours beside it."),
        **kwargs,
    )


def _zone_choices() -> list[tuple[str, str]]:
    names = sorted(
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return [(name, name.replace("_", " ")) for name in names]


def consent_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=lazy(_consent_label, SafeString)(),
        error_messages={
            "required": _("Please read both texts and tick the box; without it we cannot go on.")
        },
    )


def _consent_label() -> SafeString:
    return format_html(
        str(
            _(
                'I have read and accept the <a href="{terms}">terms of use</a> and the '
                '<a href="{privacy}">privacy notice</a>.'
            )
        ),
        terms=reverse("portal:page", args=["terms"]),
        privacy=reverse("portal:page", args=["privacy"]),
    )


class ProfileForm(forms.ModelForm):
    name = NameField()
    time_zone = zone_field()

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone not in zoneinfo.available_timezones():
            raise ValidationError(_("Please choose a time zone from the list."))
        return str(zone)


class ConsentForm(forms.Form):
    agreed = consent_field()
