"""What the desk fills in about a programme: its grid, rooms, official items, where a meeting goes, files."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.board.queries import (
    accepted_meetings,
    days_of,
    end_of,
    instants,
    programme_to_plan,
    read_time,
    slots_of,
)
from events.events.models import Event
from events.programme.models import Closure, OfficialItem, Programme, Room
from events.proposals.models import Proposal
from stakeholders.entries.forms import LineField
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.terms.models import Language

MOST_BYTES = 1_000_000
MOST_SLOTS = 24
_SPAN = re.compile(r"(\d{1,2}:\d{2})\s*(?:-|–|—|to)\s*(\d{1,2}:\d{2})")
_OTHER = "other"
_MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


def time_field(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": _("Give a time, such as 09:30.")},
        **kwargs,
    )


class ByTheEventsClock:
    """A form that shows and reads its instants in the zone of the event, not in that of the person."""

    event: Event
    moments: tuple[str, ...] = ()

    def localize(self) -> None:
        for name in self.moments:
            value = self.initial.get(name)  # type: ignore[attr-defined]
            if value is not None and hasattr(value, "astimezone"):
                self.initial[name] = value.astimezone(self.event.clock).replace(tzinfo=None)  # type: ignore[attr-defined]

    def as_instant(self, name: str) -> Any:
        value = self.cleaned_data.get(name)  # type: ignore[attr-defined]
        return value.replace(tzinfo=self.event.clock) if value else value


class MomentField(forms.DateTimeField):
    """A day and an hour without a zone; the form reads them in the zone of its event."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"invalid": _("Give a day and a time, such as 2027-05-03 09:30.")},
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        for pattern in _MOMENTS:
            with suppress(ValueError):
                return datetime.strptime(text, pattern)  # noqa: DTZ007  the form knows the zone
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class PlaceForm(forms.Form):
    """Which meeting is placed, in which room and when."""

    meeting = forms.ModelChoiceField(
        Proposal.objects.none(),
        label=_("Meeting"),
        empty_label=_("Choose a meeting"),
        error_messages={"required": _("Choose a meeting."), "invalid_choice": _("Choose one of the list.")},
    )
    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=_("Room"),
        empty_label=_("Choose a room"),
        error_messages={"required": _("Choose a room."), "invalid_choice": _("Choose one of the list.")},
    )
    slot = forms.ChoiceField(
        label=_("Time"),
        error_messages={"required": _("Choose a time."), "invalid_choice": _("Choose one of the list.")},
    )
    day = forms.ChoiceField(label=_("Another day"), required=False)
    starts = time_field(label=_("Begins at"), required=False)
    ends = time_field(label=_("Ends at"), required=False)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        meetings: Any = self.fields["meeting"]
        meetings.queryset = accepted_meetings(event).select_related("placement__room")
        meetings.label_from_instance = lambda meeting: f"{meeting.number} · {meeting}"
        rooms: Any = self.fields["room"]
        rooms.queryset = event.rooms.all()
        rooms.label_from_instance = lambda room: room.text_for_reader("name", event.language_id)[0]
        slots: Any = self.fields["slot"]
        slots.choices = [
            ("", _("Choose a time")),
            *slots_of(event, programme_to_plan(event)),
            (_OTHER, _("Another time, given below")),
        ]
        days: Any = self.fields["day"]
        days.choices = [
            ("", _("Choose a day")),
            *((day.isoformat(), day.isoformat()) for day in days_of(event)),
        ]

    def offer(self, shown: Iterable[Proposal]) -> Proposal | None:
        """Offer the meetings that are shown and the one that is chosen; return the chosen one.

        An event can have thousands of meetings. Any that can be placed is accepted."""
        meetings: Any = self.fields["meeting"]
        chosen_id = str(self["meeting"].value() or "")
        chosen = meetings.queryset.filter(pk=chosen_id).first() if chosen_id.isdecimal() else None
        offered = {
            meeting.pk: meetings.label_from_instance(meeting) for meeting in (*shown, chosen) if meeting
        }
        meetings.choices = [("", meetings.empty_label), *offered.items()]
        return chosen

    @property
    def is_other(self) -> bool:
        return self["slot"].value() == _OTHER

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        slot = cleaned.get("slot")
        if not slot:
            return cleaned
        if slot == _OTHER:
            for name, text in (
                ("day", _("Choose a day.")),
                ("starts", _("Enter when it begins.")),
                ("ends", _("Enter when it ends.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, text)
            if self.errors:
                return cleaned
            day, starts, ends = date.fromisoformat(cleaned["day"]), cleaned["starts"], cleaned["ends"]
        else:
            first, last = slot.split("/")
            day_text, starts_text = first.split("T")
            day, starts = date.fromisoformat(day_text), time.fromisoformat(starts_text)
            ends = time.fromisoformat(last)
        cleaned["starts_at"], cleaned["ends_at"] = instants(self.event, day, starts, ends)
        if cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends", _("The end has to come after the start."))
        return cleaned


class PlanForm(ByTheEventsClock, forms.Form):
    """The slots of a day, the rest between meetings, and from when on changes are marked."""

    moments = ("locks_at",)
    hours = forms.CharField(
        label=_("Slots of a day"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr"}),
        help_text=_("One to a line, such as 09:00-10:00, by the clock of the event."),
        error_messages={"required": _("Give at least one slot.")},
    )
    rest_minutes = forms.IntegerField(
        label=_("Minutes between two meetings in a room"),
        min_value=0,
        max_value=240,
        help_text=_("The board warns where there are fewer."),
    )
    locks_at = MomentField(
        label=_("Fixed from"),
        required=False,
        help_text=_("Everybody then sees which meetings were changed, and when."),
    )

    def __init__(self, data: Any, *, event: Event, programme: Programme) -> None:
        self.event = event
        initial = {
            "hours": "\n".join(f"{starts:%H:%M}-{end_of(ends)}" for starts, ends in programme.hours),
            "rest_minutes": programme.rest_minutes,
            "locks_at": programme.locks_at,
        }
        super().__init__(data, initial=initial)
        self.localize()

    def clean_hours(self) -> list[list[str]]:
        spans = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["hours"].splitlines())):
            match = _SPAN.fullmatch(line)
            try:
                starts, ends = map(read_time, _ends_of_span(match))
            except ValueError as wrong:
                text = _("“%(line)s” is not a time range. Write it as 09:00-10:00.")
                raise ValidationError(text, params={"line": line[:40]}) from wrong
            if ends <= starts and ends != time():
                text = _("“%(line)s” ends before it begins.")
                raise ValidationError(text, params={"line": line[:40]})
            spans.append([f"{starts:%H:%M}", f"{ends:%H:%M}"])
        if len(spans) > MOST_SLOTS:
            raise ValidationError(_("A day has 24 slots at most."))
        return sorted(map(list, {tuple(span) for span in spans}))

    def values(self) -> dict[str, Any]:
        return {
            "slots": self.cleaned_data["hours"],
            "rest_minutes": self.cleaned_data["rest_minutes"],
            "locks_at": self.as_instant("locks_at"),
        }


def _ends_of_span(match: re.Match[str] | None) -> tuple[str, str]:
    return (match[1], match[2]) if match else ("", "")


class RoomForm(forms.ModelForm):
    interpretation = forms.MultipleChoiceField(
        label=_("Interpretation is provided into"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [pair for pair in Language.objects.all().for_choices() if pair[0] in UN_LANGUAGES],
    )

    class Meta:
        model = Room
        fields = ["name", "capacity", "equipment", "position"]
        help_texts = {"position": _("Rooms are listed in this order, from the lowest number on.")}
        field_classes = {"name": LineField, "equipment": LineField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["interpretation"] = list(self.instance.interpretation.values_list("pk", flat=True))
        own = self.instance.event.language_id
        offered = Language.objects.all().for_choices()
        self.named_in = [pair for pair in offered if pair[0] in UN_LANGUAGES and pair[0] != own]
        for code, language in self.named_in:
            self.fields[f"name_{code}"] = LineField(
                label=_("Name in another language: %(language)s") % {"language": language},
                required=False,
                max_length=80,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
                initial=self.instance.translations.get(code, {}).get("name", ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = {code: cleaned.get(f"name_{code}", "") for code, _language in self.named_in}
        self.instance.translations = {code: {"name": name} for code, name in names.items() if name}
        return cleaned

    def validate_constraints(self) -> None:
        """Refuse a second room with this name.

        Django leaves this constraint out, since the event is not a field of the form.
        """
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except ValidationError as error:
            self.add_error(None, error)


class ClosureForm(ByTheEventsClock, forms.ModelForm):
    moments = ("starts_at", "ends_at")
    starts_at = MomentField(label=_("Closed from"))
    ends_at = MomentField(label=_("Closed until"))

    class Meta:
        model = Closure
        fields = ["starts_at", "ends_at", "why"]
        field_classes = {"why": LineField}

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)
        self.localize()

    def clean(self) -> dict[str, Any]:
        super().clean()
        return _clean_span(self)


class OfficialForm(ByTheEventsClock, forms.ModelForm):
    moments = ("starts_at", "ends_at")
    starts_at = MomentField(label=_("Begins at"))
    ends_at = MomentField(label=_("Ends at"))

    class Meta:
        model = OfficialItem
        fields = ["title", "language", "starts_at", "ends_at", "room", "place", "keeps_free"]
        field_classes = {"title": LineField, "place": LineField}

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)
        rooms: Any = self.fields["room"]
        rooms.queryset, rooms.empty_label = event.rooms.all(), _("In none of the rooms")
        rooms.label_from_instance = lambda room: room.text_for_reader("name", event.language_id)[0]
        languages: Any = self.fields["language"]
        languages.queryset, languages.empty_label = Language.objects.filter(official=True).in_order(), None
        self.localize()

    def clean(self) -> dict[str, Any]:
        super().clean()
        return _clean_span(self)


def _clean_span(form: Any) -> dict[str, Any]:
    cleaned: dict[str, Any] = form.cleaned_data
    for name in ("starts_at", "ends_at"):
        if cleaned.get(name):
            cleaned[name] = form.as_instant(name)
    if cleaned.get("starts_at") and cleaned.get("ends_at") and cleaned["ends_at"] <= cleaned["starts_at"]:
        form.add_error("ends_at", _("The end has to come after the start."))
    return cleaned


class ReleaseForm(forms.Form):
    """The release of a version; `seen` is the one that was public when the person looked."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = LineField(
        label=_("What everybody should know about this version"),
        required=False,
        max_length=500,
        help_text=_("It is shown above the list of changes."),
    )
    knowing = forms.BooleanField(label=_("Release it although the board has warnings"), required=False)

    def __init__(self, *args: Any, clashes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not clashes:
            del self.fields["knowing"]

    def clean_knowing(self) -> bool:
        if not self.cleaned_data["knowing"]:
            raise ValidationError(
                _("Resolve the warnings of the scheduler, or tick that you release it anyway.")
            )
        return True


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("The file (CSV, UTF-8)"),
        help_text=_("Columns number, room, day, starts, ends. All lines are applied, or none."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 1 MB."))
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise ValidationError(_("The file is not UTF-8 text.")) from wrong
        if "\x00" in text:
            raise ValidationError(_("The file is not UTF-8 text."))
        return text
