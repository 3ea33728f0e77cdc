"""Changing an entry: the questions of the registration again, in two parts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from stakeholders.applications.forms import KIND_CHOICES, AnswersForm
from stakeholders.applications.queries import rows_of, value_of
from stakeholders.changes.enums import (
    VETTED,
    direct_of,
    entry_label,
    fields_changed_at_once,
    part_of,
    vetted_of,
)
from stakeholders.entries.enums import Kind, Listing
from stakeholders.entries.forms import NoteField
from stakeholders.entries.models import Stakeholder
from stakeholders.hooks import published_by


class EntryForm(AnswersForm):
    """What changes at once. `version` is the instant of the last change, so that two windows notice."""

    version = forms.CharField(widget=forms.HiddenInput)  # type: ignore[assignment]  # an instant

    def __init__(self, *args: Any, stakeholder: Stakeholder, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(stakeholder, self.names_for(stakeholder)))
        super().__init__(
            *args,
            application=stakeholder,  # type: ignore[arg-type]  # only its kind is asked for
            only=self.names_for(stakeholder),
            **kwargs,
        )

    @staticmethod
    def names_for(stakeholder: Stakeholder) -> list[str]:
        return direct_of(stakeholder.kind)

    def clean_version(self) -> Any:
        try:
            moment = parse_datetime(self.cleaned_data["version"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError(_("Please reload the page."), code="invalid")
        return moment

    def clean_mission_language(self) -> str:
        """Another language than before is not one in which there is a further text."""
        code: str = self.cleaned_data["mission_language"]
        is_other = code != self.application.mission_language_id
        if is_other and rows_of(self.application, "missions").filter(language=code).exists():
            raise forms.ValidationError(
                _("There is a text in this language already. Keep one."), code="twice"
            )
        return code


class WholeForm(EntryForm):
    """All that changes at once, of all pages together: for programs."""

    @staticmethod
    def names_for(stakeholder: Stakeholder) -> list[str]:
        return fields_changed_at_once(stakeholder.kind)


class PartForm(EntryForm):
    """One of the further pages of what changes at once."""

    def __init__(self, *args: Any, stakeholder: Stakeholder, part: str, **kwargs: Any) -> None:
        self.part = part
        super().__init__(*args, stakeholder=stakeholder, **kwargs)

    def names_for(self, stakeholder: Stakeholder) -> list[str]:  # type: ignore[override]  # knows its page
        return part_of(stakeholder.kind, self.part)


class VettedForm(EntryForm):
    """What the desk has judged. The kind changes among organizations only."""

    kind = forms.ChoiceField(
        choices=[choice for choice in KIND_CHOICES if choice[0] != Kind.EXPERT], widget=forms.RadioSelect
    )
    field_order = VETTED

    @staticmethod
    def names_for(stakeholder: Stakeholder) -> list[str]:
        return vetted_of(stakeholder.kind)

    def _name_the_questions(self) -> None:
        kind = self.fields.pop("kind", None)
        super()._name_the_questions()
        if kind is not None:
            kind.label = str(entry_label("kind", self.application.kind))
            self.fields["kind"] = kind
            self.order_fields(self.field_order)


class HideForm(forms.Form):
    """Who still reads the name, and what is taken down with it; `published` as `published_of` gives it."""

    listing = forms.ChoiceField(
        label=_("Who may find the profile in the directory"),
        choices=[(code, Listing(code).label) for code in Listing.HIDDEN],
        widget=forms.RadioSelect,
    )
    take_down = forms.MultipleChoiceField(
        label=_("What is taken down"),
        help_text=_("What you do not choose stays public, without your name."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, published: Mapping[str, Sequence[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not published:
            del self.fields["take_down"]
            return
        choices = [
            (name, f"{published_by[name].take_down} ({number_format(len(rows))})")
            for name, rows in published.items()
        ]
        self.fields["take_down"].choices = choices  # type: ignore[attr-defined]


class ApproveChangeForm(forms.Form):
    note = NoteField(required=False, label=_("Note to the administrators of the profile"), help_text="")


class RefuseChangeForm(forms.Form):
    note = NoteField(
        label=_("Note to the administrators of the profile"),
        help_text=_("They read it, in the e-mail and on the page of the profile."),
        error_messages={"required": _("Explain the decision to the administrators of the profile.")},
    )


def initial_of(stakeholder: Stakeholder, names: list[str]) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": stakeholder.updated_at.isoformat()}
    for name in names:
        initial[name] = value_of(stakeholder, name)
    return initial
