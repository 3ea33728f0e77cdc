"""A form for each step; the second and third are parts of the one form of a record."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import offer_found, renew_version
from resources.curation.forms_record import SECTIONS, RecordForm
from resources.files.forms import FileForm
from resources.records.models import Resource
from stakeholders.entries.models import Stakeholder

SHOWN = ("kind", "language", "title", "abstract", "topics", "countries")
CHECKED = ("audience", "embargo", "embargo_zone", "note")
ELSEWHERE = {"link", *SHOWN, *CHECKED}
MORE = tuple(
    (heading, rest)
    for heading, names in SECTIONS
    if (rest := [name for name in names if name not in ELSEWHERE])
)
DESCRIBED = (*SHOWN, *(name for _heading, names in MORE for name in names))


class FileOrLinkForm(forms.Form):
    """`stakeholders`: one of them suggests it; None at the desk, and once the draft exists."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    stakeholder = forms.ChoiceField(
        label=_("For which stakeholder?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for which stakeholder you suggest it.")},
    )
    upload = FileForm.base_fields["upload"]
    link = RecordForm.base_fields["link"]

    def __init__(self, *args: Any, stakeholders: Sequence[Stakeholder] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = False
        if stakeholders is None:
            del self.fields["stakeholder"]
        else:
            offer_found(
                self.fields["stakeholder"],
                [(str(stakeholder.pk), stakeholder.name) for stakeholder in stakeholders],
            )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if self.errors:
            self.ask_again()
        return clean

    def ask_again(self) -> None:
        """Say that the file must be chosen again, as browsers forget it when the page comes back."""
        if self.cleaned_data.get("upload"):
            self.add_error("upload", _("The file is not saved yet. Choose it again before you save."))

    def take_note_of(self, stored: Resource) -> None:
        renew_version(self, stored.version)


class DescribeForm(RecordForm):
    """What the resource is. `proposed`: what its file says, for fields that nobody has filled in."""

    def __init__(
        self, *args: Any, resource: Resource, proposed: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        desk = not resource.is_suggestion
        super().__init__(*args, resource=resource, desk=desk, only=DESCRIBED, **kwargs)
        for name, text in (proposed or {}).items():
            self.initial[name] = text
            self.fields[name].help_text = _("Read from the file; please check.")

    @property
    def shown(self) -> list[Any]:
        return [self[name] for name in SHOWN]

    @property
    def more(self) -> list[tuple[Any, list[Any], bool]]:
        """Return (heading, its fields, whether any of them is filled)."""
        self.is_valid()
        answers = self.cleaned_data if self.is_bound else self.initial
        parts = [(title, [name for name in names if name in self.fields]) for title, names in MORE]
        return [
            (title, [self[name] for name in names], any(answers.get(name) for name in names))
            for title, names in parts
            if names
        ]

    @property
    def more_is_wrong(self) -> bool:
        return any(field.errors for _title, fields, _filled in self.more for field in fields)


class CheckForm(RecordForm):
    """Who may read it, and from when."""

    def __init__(self, *args: Any, resource: Resource, **kwargs: Any) -> None:
        desk = not resource.is_suggestion
        super().__init__(*args, resource=resource, desk=desk, only=CHECKED, **kwargs)
