"""Which source to take out, and what a person decides about an organization that a source names."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PickOne
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import LineField, WebAddressField, choices_with_blank
from stakeholders.registers.enums import LeaveOutReason
from stakeholders.registers.models import Candidate
from stakeholders.registers.queries import ListedSource
from taxonomy.places.models import Country


class SourceForm(forms.Form):
    source = forms.ChoiceField()

    def __init__(self, *args: Any, sources: Sequence[ListedSource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [source.name for source in sources]
        self.fields["source"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """What an entry needs; what is known already is filled in."""

    country = forms.ChoiceField(
        label=_("Country or area"),
        help_text=_("Where the organization is based."),
        error_messages={"required": _("Choose the country or area of its seat.")},
        widget=PickOne,
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[choice for choice in Kind.choices if choice[0] != Kind.EXPERT]
    )
    website = WebAddressField(
        label=_("Website"),
        max_length=300,
        required=False,
        help_text=_("Leave this empty unless you have opened the page."),
        error_messages={"invalid": _("Please give a full address, such as https://example.org.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = candidate.said
        self.initial = {"country": facts["country_id"], "kind": facts["kind"], "website": facts["website"]}
        self.fields["country"].choices = choices_with_blank(  # type: ignore[attr-defined]
            Country, _("Choose a country or area")
        )


class LeaveOutForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=LeaveOutReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    remark = LineField(
        label=_("Note"),
        max_length=500,
        required=False,
        help_text=_("Only the desk can read this."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == LeaveOutReason.OTHER and not cleaned.get("remark"):
            self.add_error("remark", _("Explain the reason in the note."))
        return cleaned
