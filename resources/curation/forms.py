"""What the desk fills in when it does something with a record."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import offer_found
from resources.curation.actions import ASKABLE
from resources.curation.forms_record import RecordForm
from resources.records.enums import RefusalReason, StakeholderRole, WithdrawalReason
from stakeholders.entries.forms import BlockField, LineField


def _note(label: Any, **kwargs: Any) -> BlockField:
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return BlockField(label=label, max_length=2000, widget=widget, **{"required": False, **kwargs})


class PublishForm(forms.Form):
    note = _note(_("Message to the contributor"))


class HoldForm(forms.Form):
    """A question at each field that lacks something, and a line for the rest."""

    note = _note(
        _("Reason for the hold"), help_text=_("The contributor reads it, where the resource has one.")
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ASKABLE if asks else ():
            self.fields[f"ask_{name}"] = BlockField(
                label=RecordForm.base_fields[name].label,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short-text"}),
            )
        self.order_fields([*(f"ask_{name}" for name in ASKABLE), "note"])

    @property
    def questions(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[f"ask_{name}"] for name in ASKABLE if self.cleaned_data.get(f"ask_{name}")
        }


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=RefusalReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please give a reason.")},
    )
    note = _note(_("Message to the contributor"))


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=WithdrawalReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please give a reason.")},
    )
    note = _note(_("Public note"), help_text=_("It stays on the remaining page, for everybody and for good."))


class SplitForm(forms.Form):
    title = LineField(
        label=_("Title of the second resource"),
        max_length=300,
        error_messages={"required": _("Give it a title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class CreditForm(forms.Form):
    stakeholder = forms.ChoiceField(
        label=_("Which stakeholder?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a stakeholder from the list."),
            "invalid_choice": _("Choose a stakeholder from the list."),
        },
    )
    role = forms.ChoiceField(label=_("Role"), choices=StakeholderRole)

    def __init__(self, *args: Any, stakeholders: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_found(
            self.fields["stakeholder"],
            ((str(stakeholder.pk), stakeholder.name) for stakeholder in stakeholders),
        )


class DecideForm(forms.Form):
    """On a proposed change."""

    note = _note(
        _("Message to the person who proposed it"), help_text=_("Required if the change is not made.")
    )
