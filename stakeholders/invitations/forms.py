"""Whom the desk invites: one person, or a list."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import LineField
from stakeholders.invitations.actions_waves import Origin
from stakeholders.invitations.address_lists import COLUMNS, Listed, Read, read
from stakeholders.invitations.queries import country_words
from stakeholders.registers.outcomes import Unreadable
from taxonomy.places.models import Country

SALT = "stakeholders.membership_list"
_KEPT = ("row", *COLUMNS)
LASTS = 4 * 3600  # seconds for which a checked list may be taken in


def _plain(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attrs})


class AddressForm(forms.Form):
    """Where an invitation is written again."""

    address = AddressField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"})
    )

    def clean_address(self) -> str:
        return self.cleaned_data["address"].lower()


class DeskInviteForm(AddressForm):
    """`country` is an ISO alpha-3 code, or empty."""

    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, help_text=_("The person can put it right."))
    name = LineField(
        label=_("Name"),
        max_length=250,
        required=False,
        widget=_plain(),
        help_text=_("Of the organization or expert, as far as you know it. It appears in the e-mail."),
    )
    country = forms.ChoiceField(label=_("Country or area"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = _(
            "The invitation can be accepted only by the person who holds this address."
        )
        self.fields["country"].choices = [("", _("Not known")), *Country.objects.for_choices()]  # type: ignore[attr-defined]


class AddForm(DeskInviteForm):
    """One more person for a wave. From a membership list each has an entry, which needs name and country."""

    def __init__(self, *args: Any, former: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "country"):
            self.fields[name].required = former


class RefuseForm(forms.Form):
    """The invited person's no."""

    reason = LineField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=_plain(),
        help_text=_("Optional. The person who invited you reads it."),
    )


class ListForm(forms.Form):
    """A list to check. `cleaned_data["file"]` is what was read of it, with its problems."""

    name = LineField(label=_("Name of the wave"), max_length=120, widget=_plain())
    former = forms.BooleanField(
        label=_("These were members of the former hub"),
        required=False,
        help_text=_(
            "Each row becomes a profile that only the desk sees until the person behind it confirms."
        ),
    )
    source = LineField(
        label=_("Source"),
        max_length=200,
        required=False,
        widget=_plain(),
        help_text=_("For a former membership list: which list it is. It stays with each profile."),
    )
    source_date = forms.DateField(
        label=_("Date of the list"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The day to which the list is true."),
    )
    vetted_before = forms.BooleanField(
        label=_("Vetted before"),
        required=False,
        help_text=_(
            "Vetting officers see this. Each registration is still approved by a person, "
            "after screening and the checklist."
        ),
    )
    file = forms.FileField(
        label=_("List"),
        help_text=_("CSV (UTF-8) or XLSX with a heading. Nothing is saved until you have seen the check."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": _("This file is empty. Nothing was changed.")},
    )

    def clean_source_date(self) -> Any:
        day = self.cleaned_data["source_date"]
        if day and day > now().date():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean_file(self) -> Read:
        upload = self.cleaned_data["file"]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(_("This file is too large for a list of members. Nothing was changed."))
        try:
            return read(upload, country_words())
        except Unreadable as problem:
            raise ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("former"):
            if not said.get("source"):
                self.add_error("source", _("Enter which list this is."))
            if not said.get("source_date") and "source_date" not in self.errors:
                self.add_error("source_date", _("Enter to which day the list is true."))
        return said

    def origin(self) -> Origin:
        said = self.cleaned_data
        former = said["former"]
        return Origin(
            name=said["name"],
            former=former,
            vetted_before=said["vetted_before"],
            source=said["source"] if former else "",
            source_date=said["source_date"] if former else None,
        )


def seal(origin: Origin, rows: list[Listed], person: int) -> str:
    """A checked list as one text that only this portal can have made, for the page to send back."""
    day = origin.source_date.isoformat() if origin.source_date else ""
    data = {
        "by": person,
        "name": origin.name,
        "former": origin.former,
        "vetted": origin.vetted_before,
        "source": origin.source,
        "date": day,
        "rows": [[row.as_data()[name] for name in _KEPT] for row in rows],
    }
    return signing.dumps(data, salt=SALT, compress=True)


class SealedForm(forms.Form):
    """A checked list sent back. Afterwards `origin` and `rows` are what was checked."""

    checked = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_checked(self) -> str:
        try:
            data = signing.loads(self.cleaned_data["checked"], salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            data = {}
        if data.get("by") != self.person:
            raise ValidationError(_("This check is too old. Please choose the file again."))
        self.origin = Origin(
            name=data["name"],
            former=data["former"],
            vetted_before=data["vetted"],
            source=data["source"],
            source_date=date.fromisoformat(data["date"]) if data["date"] else None,
        )
        self.rows = [Listed(**dict(zip(_KEPT, row, strict=True))) for row in data["rows"]]
        return ""


class BeginForm(forms.Form):
    """The invited person's yes."""

    consent = forms.BooleanField(
        label=_("I agree that the portal uses these data for my registration"),
        help_text=_("Nothing is visible to others until you have checked the data and submitted them."),
        error_messages={"required": _("Without your consent nothing begins.")},
    )
