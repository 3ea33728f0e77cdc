"""What the desk fills in when it writes or decides."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.people.forms import zone_field
from core.local_times import at_zone
from news.stories.enums import HoldReason, RefuseReason
from news.stories.forms import WriteForm
from stakeholders.entries.forms import BlockField
from stakeholders.entries.models import Stakeholder


class DeskForm(WriteForm):
    """Written by the desk, of the house or on behalf of a stakeholder."""

    stakeholder = forms.ModelChoiceField(
        label=_("On behalf of"),
        required=False,
        queryset=Stakeholder.objects.none(),
        empty_label=_("No stakeholder: a story of the United Nations"),
        help_text=_("The page says that the WhatsOn team wrote it on behalf of this stakeholder."),
    )
    field_order = ("title", "language", "stakeholder", "summary", "text", "videos", "topics", "countries")

    def __init__(self, *args: Any, on_behalf: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_behalf is None:
            self.fields.pop("stakeholder")
        else:
            self.fields["stakeholder"].queryset = on_behalf  # type: ignore[attr-defined]


class _NoteForm(forms.Form):
    note = BlockField(
        label=_("Message to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class PublishForm(forms.Form):
    """Now, or from an instant that is told by one clock."""

    day = forms.DateField(
        label=_("Day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave day and time empty to publish at once."),
        error_messages={"invalid": _("Give a day, such as 2027-05-03.")},
    )
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Give a time, such as 09:30.")},
    )
    zone = zone_field()
    zone.help_text = _("Day and time in this time zone.")

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        day, time = clean.get("day"), clean.get("time")
        clean["at"] = None
        if self.errors or not (day or time):
            return clean
        if day is None or time is None:
            self.add_error("time" if day else "day", _("Give day and time, or neither to publish at once."))
            return clean
        try:
            clean["at"] = at_zone(datetime.combine(day, time), clean["zone"])
        except ValidationError as left_out:
            self.add_error("time", left_out)
        return clean


class HoldForm(_NoteForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        choices=HoldReason,
        error_messages={"required": _("Please give a reason.")},
    )
    field_order = ("reason", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("A line that its author reads")


class RefuseForm(_NoteForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=RefuseReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please give a reason.")},
    )
    field_order = ("reason", "note")


ASKED_OF = ("title", "summary", "text", "language", "topics", "countries", "videos", "images")


class ReturnForm(_NoteForm):
    """A question at each field that lacks something, and a line for the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ASKED_OF:
            self.fields[f"ask_{name}"] = BlockField(
                label=_("Images") if name == "images" else WriteForm.base_fields[name].label,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short-text"}),
            )
        self.order_fields([*(f"ask_{name}" for name in ASKED_OF), "note"])

    @property
    def questions(self) -> dict[str, str]:
        clean = self.cleaned_data
        return {name: clean[f"ask_{name}"] for name in ASKED_OF if clean.get(f"ask_{name}")}


class DecideForm(forms.Form):
    """The desk's answer to a proposed change; a refusal says why."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("approve", _("Show the new text")), ("refuse", _("Leave the story as it is"))],
    )
    note = BlockField(
        label=_("Message to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if clean.get("outcome") == "refuse" and not clean.get("note"):
            self.add_error("note", _("Please give a reason."))
        return clean
