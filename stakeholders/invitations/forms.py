"""Whom the desk invites: one person, or a list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField, PickOne
from core.spreadsheet_reader import rows
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import LineField
from stakeholders.imports.enums import ImportPurpose
from stakeholders.imports.forms import ColumnsForm, SendForm
from stakeholders.invitations.actions_waves import Origin
from stakeholders.invitations.enums import MemberDecision
from taxonomy.places.models import Country

MOST_MEMBERS = 5_000


def _plain_input(**attrs: str) -> forms.TextInput:
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
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, help_text=_("The person can correct it."))
    name = LineField(
        label=_("Name"),
        max_length=250,
        required=False,
        widget=_plain_input(),
        help_text=_("Of the organization or expert, as far as you know it. It appears in the e-mail."),
    )
    country = forms.ChoiceField(label=_("Country or area"), required=False, widget=PickOne)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = _(
            "The invitation can be accepted only by the owner of this address."
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
        widget=_plain_input(),
        help_text=_("Optional. The person who invited you reads it."),
    )


class ListForm(SendForm):
    """A list of members. What it is and where it comes from is asked first; what its columns mean, next."""

    purpose = ImportPurpose.MEMBERS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["url"]
        self.fields["file"].help_text = format_lazy(
            _("CSV or XLSX; at most 25 MB and {most} rows. A title above the column headings is ignored."),
            most=intcomma(MOST_MEMBERS),
        )
        self.fields["source"].help_text = _(
            "Who made the list; it stays with each profile. The meaning of its columns is remembered."
        )

    def clean_file(self) -> UploadedFile:
        upload = super().clean_file()
        for number, _line in enumerate(rows(upload, self.sheet), start=1):
            if number > MOST_MEMBERS:
                raise ValidationError(
                    _("At most %(most)s rows fit in one list. Please send it in parts."),
                    params={"most": intcomma(MOST_MEMBERS)},
                )
        upload.seek(0)
        return upload


class MemberColumnsForm(ColumnsForm):
    language = forms.ChoiceField(
        label=_("Language of the e-mail, where a row does not give it"), choices=settings.LANGUAGES
    )
    needed = (("email",), ("name",))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = self.of.default_language or "en"
        kinds = [(code, Kind(code).label) for code in Kind.APPLYING]
        self.fields["kind"].choices = [("", "–"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("kind", "country"):
            if name not in self.columns.values() and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("No column says this: choose one for all rows."))
        return cleaned


class MemberDecisionsForm(forms.Form):
    """What is said about each row shown, and about all that wait for the same reason."""

    def __init__(self, data: Any, *, rows: Sequence[int], reasons: Sequence[str]) -> None:
        super().__init__(data)
        names = [*(f"row_{row}" for row in rows), *(f"all_{reason}" for reason in reasons)]
        for name in names:
            self.fields[name] = forms.ChoiceField(choices=[("", ""), *MemberDecision.choices], required=False)

    def _decisions_below(self, start: str) -> dict[str, str]:
        return {
            name.removeprefix(start): decision
            for name, decision in self.cleaned_data.items()
            if decision and name.startswith(start)
        }

    def decisions(self) -> dict[int, str]:
        return {int(row): decision for row, decision in self._decisions_below("row_").items()}

    def by_reason(self) -> dict[str, str]:
        return self._decisions_below("all_")


class WaveForm(forms.Form):
    """The wave that a list becomes."""

    name = LineField(label=_("Name of the wave"), max_length=120, widget=_plain_input())
    former = forms.BooleanField(
        label=_("These were members of the former hub"),
        required=False,
        help_text=_(
            "Each row becomes a profile that only the desk sees until the person behind it confirms."
        ),
    )
    vetted_before = forms.BooleanField(
        label=_("Vetted before"),
        required=False,
        help_text=_(
            "Vetting officers see this. Each registration is still approved by a person, "
            "after screening and the checklist."
        ),
    )

    def origin(self) -> Origin:
        return Origin(**self.cleaned_data)


class BeginForm(forms.Form):
    """The invited person's yes."""

    consent = forms.BooleanField(
        label=_("I agree that the portal uses these data for my registration"),
        help_text=_("Nothing is visible to others until you have checked the data and submitted them."),
        error_messages={"required": _("Without your consent nothing begins.")},
    )
