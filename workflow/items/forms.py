"""Giving work to a colleague, and asking for single answers: a tick and a text for each of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.items.models import WorkItem
from workflow.items.queries import colleagues_for


class AssignForm(forms.Form):
    """Which colleague gets a piece of work."""

    to: Any = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=None,
        empty_label=_("Choose"),
        error_messages={"required": _("Choose from the list."), "invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = people


def assign_form(item: WorkItem | None, data: Any = None) -> AssignForm | None:
    """The form where the item can be given to somebody else of the desk."""
    if item is None or item.is_paused:
        return None
    return AssignForm(data, people=colleagues_for(item), prefix="assign")


class RequestsForm(forms.Form):
    """At least one answer is ticked, each with a text ("workflow/request_fields.html").

    `text_missing`, `none_chosen`: what is said where it is not so.
    """

    text_missing: str | Promise
    none_chosen: str | Promise

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.askable: list[str] = []

    def add_request(self, name: str, label: str, text: forms.CharField, *, ticked: bool = False) -> None:
        """One more answer that may be asked about, with the field in which that is written."""
        self.askable.append(name)
        self.fields[f"ask_{name}"] = forms.BooleanField(label=label, required=False, initial=ticked)
        self.fields[f"text_{name}"] = text

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"ask_{name}"], self[f"text_{name}"]) for name in self.askable]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        for name in self.askable:
            field = f"text_{name}"
            if clean.get(f"ask_{name}") and not clean.get(field) and field not in self.errors:
                self.add_error(field, self.text_missing)  # type: ignore[arg-type]
        if not self.errors and not self.requests():
            raise ValidationError(self.none_chosen)  # type: ignore[arg-type]
        return clean

    def requests(self) -> dict[str, str]:
        """What is asked, by the name of the answer."""
        clean = self.cleaned_data
        return {name: clean[f"text_{name}"] for name in self.askable if clean.get(f"ask_{name}")}
