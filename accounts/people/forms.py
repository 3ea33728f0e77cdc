"""What people fill in about themselves: name, language, time zone, consent."""

from functools import cache
from importlib.resources import files
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.forms import PickOne
from core.text import clean_line
from core.time_display import place_of


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
            field.widget.template_name = "components/password.html"


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


@cache
def _zones() -> dict[str, list[str]]:
    """The zones of places, one name each → names that they had before, which some browsers still give."""
    database = files("tzdata.zoneinfo")
    rows = (database / "zone.tab").read_text(encoding="utf-8").splitlines()
    zones: dict[str, list[str]] = {
        name: [] for name in sorted(row.split("\t")[2] for row in rows if row[0] != "#")
    }
    for line in (database / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        kind, *names = line.split()
        if kind == "L" and names[0] in zones and names[1] not in zones:
            zones[names[0]].append(names[1])
    return zones


class ZonePicker(PickOne):
    """Finds a zone by its former names too; where none is chosen, `picker.js` suggests that of the device."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-zone": True})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["also"] = " ".join(_zones().get(value, ()))
        return option


class ZoneField(forms.ChoiceField):
    """A former name stands for the present one."""

    def prepare_value(self, value: Any) -> Any:
        return next((name for name, former in _zones().items() if value in former), value)

    def to_python(self, value: Any) -> str:
        return super().to_python(self.prepare_value(value))


def zone_field(*, empty: Any = None, **kwargs: Any) -> ZoneField:
    return ZoneField(
        label=_("Time zone"),
        choices=lambda: [
            *([("", empty)] if empty else []),
            *((name, f"{place_of(name)} ({name})") for name in _zones()),
        ],
        help_text=_("Deadlines are shown in the time zone of the event, and in your own."),
        widget=ZonePicker,
        **kwargs,
    )


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("The language of the portal and of the e-mail that we send you."),
    )


def affiliation_field() -> forms.TypedChoiceField:
    """Return the question whose answer is `User.is_unaffiliated`."""
    return forms.TypedChoiceField(
        label=_("What brings you here?"),
        choices=[
            (False, _("I work for an organization, or as an expert")),
            (True, _("I am here for myself, for example as a journalist, a student or an official")),
        ],
        coerce=lambda value: value == str(True),
        widget=forms.RadioSelect,
        help_text=_("It decides which next steps we suggest to you. You can change it in your settings."),
        error_messages={"required": _("Choose what fits best.")},
    )


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
    is_unaffiliated = affiliation_field()
    time_zone = zone_field()

    class Meta:
        model = User
        fields = ["name", "is_unaffiliated", "language", "time_zone"]


class ConsentForm(forms.Form):
    agreed = consent_field()
