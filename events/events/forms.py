"""What the desk, or a stakeholder, fills in about an event."""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.people.forms import zone_field
from accounts.people.models import User
from core.drafts import Draft, Gap
from core.forms import PickMany, PickOne, renew_version
from core.local_times import at_zone
from core.markdown_editor import MarkdownTextarea
from events.events import actions
from events.events.dates import days_of
from events.events.enums import EventKind, EventReason, MeetingWord, Mode
from events.events.models import Body, Event
from stakeholders.entries.forms import BlockField, LineField, WebAddressField, choices_with_blank
from taxonomy.names.enums import UN_LANGUAGES
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic
from workflow.items.queries import open_requests
from workflow.writing.forms import Steps

LONGEST_TEXT = 10_000
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
# Fields of the form that stand for columns of the event.
COLUMNS = {"starts_at": "first_day", "ends_at": "last_day"}


def languages() -> list[tuple[str, Any]]:
    """Return the six languages, by name."""
    return [pair for pair in Language.objects.for_choices() if pair[0] in UN_LANGUAGES]


def instant(day: date, clock: time, zone: str) -> datetime:
    """Return the instant in UTC. Raises ValidationError for an hour that the change of clocks leaves out."""
    return at_zone(datetime.combine(day, clock), zone)


def _day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(
            attrs={"type": "date", "min": FIRST.isoformat(), "max": LAST.isoformat()}, format="%Y-%m-%d"
        ),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Give a day, such as 2027-05-03.")},
        **kwargs,
    )


def _time_field(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
        required=False,
        error_messages={"invalid": _("Give a time, such as 09:30.")},
        **kwargs,
    )


class WhenAndWhere(forms.Form):
    """Days and hours by the event's clock, and the place. A draft may leave all of it for later."""

    first_day = _day_field(label=_("First day"), required=False)
    start_time = _time_field(
        label=_("Begins at"), help_text=_("Leave both times empty for an event of whole days.")
    )
    last_day = _day_field(
        label=_("Last day"), required=False, help_text=_("Leave it empty for an event of one day.")
    )
    end_time = _time_field(label=_("Ends at"))
    zone = zone_field()
    zone.help_text = _(
        "Dates and times are in this time zone. Readers in another time zone also see their own."
    )
    mode = forms.ChoiceField(label=_("Format"), choices=Mode, widget=forms.RadioSelect)
    city = LineField(label=_("City"), max_length=120, required=False)
    country = forms.ChoiceField(
        label=_("Country or area"),
        required=False,
        choices=lambda: choices_with_blank(Country, _("None: it is online")),
        widget=PickOne,
    )
    venue = LineField(
        label=_("Venue"),
        max_length=200,
        required=False,
        help_text=_("Building and room, as a visitor needs it."),
    )
    link = WebAddressField(
        label=_("Link for taking part online"),
        required=False,
        help_text=_("It is never on the public page. Only those whose seat is confirmed are given it."),
    )

    def clean(self) -> dict[str, Any]:
        """Set the instants where day, hours and zone can be read; else the zone stays as it is, too."""
        clean = super().clean() or self.cleaned_data
        if "first_day" not in self.fields:
            return clean
        self._set_instants(clean)
        if "starts_at" not in clean:
            clean.pop("zone", None)
        return clean

    def _set_instants(self, clean: dict[str, Any]) -> None:
        first, last = clean.get("first_day"), clean.get("last_day")
        start, end = clean.get("start_time"), clean.get("end_time")
        for name, day in (("first_day", first), ("last_day", last)):
            if day and not FIRST <= day <= LAST:
                self.add_error(name, _("Choose a day of this century or the next."))
                return
        if first is None:
            if (last or start or end) and "first_day" not in self.errors:
                self.add_error("first_day", _("Enter the start date."))
            elif not self.errors:
                clean.update(starts_at=None, ends_at=None, whole_days=False)
            return
        last = last or first
        if (start is None) != (end is None) and not {"start_time", "end_time"} & set(self.errors):
            self.add_error(
                "end_time" if end is None else "start_time",
                _("Give both times, or neither for an event of whole days."),
            )
        if not self.errors:
            self._as_instants(clean, first, last)

    def _as_instants(self, clean: dict[str, Any], first: date, last: date) -> None:
        whole = clean.get("start_time") is None
        moments = {}
        for name, field, day, clock in (
            ("starts_at", "start_time", first, clean.get("start_time") or time()),
            ("ends_at", "end_time", last + timedelta(days=whole), clean.get("end_time") or time()),
        ):
            try:
                moments[name] = instant(day, clock, clean["zone"])
            except ValidationError as wrong:
                self.add_error(field, wrong)
        if len(moments) == 2 and moments["ends_at"] <= moments["starts_at"]:
            on_a_day = last < first
            self.add_error("last_day" if on_a_day else "end_time", _("The end has to come after the start."))
        elif len(moments) == 2:
            clean.update(moments, whole_days=whole)

    PLAIN: ClassVar[tuple[str, ...]] = (
        "starts_at",
        "ends_at",
        "whole_days",
        "zone",
        "mode",
        "city",
        "venue",
        "link",
    )

    def values(self) -> dict[str, Any]:
        """Return the columns of what could be read."""
        clean = self.cleaned_data
        values = {name: clean[name] for name in self.PLAIN if name in clean}
        if "country" in clean:
            values["country"] = Country.objects.filter(pk=clean["country"]).first()
        return values


class MoveForm(WhenAndWhere):
    note = BlockField(
        label=_("Message to the participants"),
        required=False,
        max_length=2000,
        help_text=_("Why it is moved, and what they should do. It is sent with the new date."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class OwnEventForm(Steps, WhenAndWhere):
    """An event that a stakeholder holds itself: all of it, or one step."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Kind of event"),
        widget=forms.RadioSelect,
        choices=[pair for pair in EventKind.choices if pair[0] in EventKind.STAKEHOLDERS],
        error_messages={"required": _("Choose a kind of event from the list.")},
    )
    title = LineField(
        label=_("Title"),
        max_length=250,
        error_messages={"required": _("Give the event a title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of this text"), choices=languages)
    about = BlockField(
        label=_("Description"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("What it is about, for whom, and what it costs."),
        widget=MarkdownTextarea(),
    )
    url = WebAddressField(
        label=_("Page of the event"), required=False, help_text=_("Where people find out more and enrol.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken or interpreted"),
        required=False,
        choices=languages,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, choices=Topic.objects.for_choices, widget=PickMany()
    )
    STEPS: ClassVar[dict[str, tuple[Any, tuple[str, ...]]]] = {
        "what": (_("What it is"), ("kind", "title", "language", "about", "url")),
        "when": (_("When it is held"), ("first_day", "start_time", "last_day", "end_time", "zone")),
        "where": (_("Where it is held"), ("mode", "city", "country", "venue", "link")),
        "topics": (_("Topics and languages"), ("topics", "languages")),
    }
    NEEDED: ClassVar[tuple[str, ...]] = ("about",)
    PLAIN = (*WhenAndWhere.PLAIN, "kind", "title", "about", "url", "languages", "topics")

    def __init__(self, *args: Any, event: Event | None = None, step: str = "", **kwargs: Any) -> None:
        if event is not None:
            kwargs["initial"] = initial_of(event)
        super().__init__(*args, **kwargs)
        self.event = event
        if event is None:
            del self.fields["version"]
        if step:
            self.keep_step(step)
        self.order_fields([name for _label, names in self.STEPS.values() for name in names])
        for name in {"first_day", "city", "country", *self.NEEDED} & set(self.fields):
            self.fields[name].one_of = True  # type: ignore[attr-defined]  # a draft may lack it

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "language" in self.cleaned_data:
            values["language_id"] = self.cleaned_data["language"]
        return values

    def take_note_of(self, stored: Event) -> None:
        """Set the version that another window saved, so that the next save replaces it."""
        renew_version(self, stored.version)


class DeskEventForm(OwnEventForm):
    """An event of the house."""

    kind = forms.ChoiceField(label=_("Kind of event"), choices=EventKind)
    body = forms.ChoiceField(
        label=_("Body"), required=False, choices=lambda: choices_with_blank(Body, _("None"))
    )
    part_of = forms.ModelChoiceField(
        label=_("Takes place with"),
        required=False,
        queryset=Event.objects.none(),
        empty_label=_("None"),
        help_text=_("The session that a dialogue or a preparation day belongs to."),
    )
    meeting_word = forms.ChoiceField(
        label=_("Word for a meeting held at it"), choices=MeetingWord, initial=MeetingWord.SIDE_EVENT
    )
    has_programme = forms.BooleanField(label=_("It has a programme of meetings"), required=False)
    source = LineField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Where the dates were read, where it is not the house's own event."),
    )
    source_url = WebAddressField(label=_("Address of the source"), required=False)
    STEPS = {
        **OwnEventForm.STEPS,
        "what": (_("What it is"), ("kind", "body", "part_of", "title", "language", "about", "url")),
        "programme": (_("Programme and source"), ("has_programme", "meeting_word", "source", "source_url")),
    }
    NEEDED = ()
    PLAIN = (*OwnEventForm.PLAIN, "part_of", "meeting_word", "has_programme", "source", "source_url")

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        if "part_of" in self.fields:
            sessions = Event.objects.filter(organizer=None, part_of=None).order_by("-starts_at", "-pk")
            field: Any = self.fields["part_of"]
            field.queryset = sessions.exclude(pk=event.pk) if event else sessions

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "body" in self.cleaned_data:
            values["body_id"] = self.cleaned_data["body"] or None
        return values


class TranslationForm(forms.Form):
    title = LineField(
        label=_("Title"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("If you leave it empty, the translation is removed."),
    )
    about = BlockField(
        label=_("Description"), required=False, max_length=LONGEST_TEXT, widget=MarkdownTextarea()
    )


class CancelForm(forms.Form):
    note = BlockField(
        label=_("Why it is cancelled"),
        max_length=2000,
        help_text=_("Everybody can read it, on the page and in the e-mail to participants."),
        error_messages={"required": _("Please give a reason.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=EventReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please give a reason.")},
    )
    note = BlockField(
        label=_("Message to the organizer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


# What the desk may ask about: field of the form → column of the event.
ASKED_OF = {
    "title": "title",
    "about": "about",
    "kind": "kind",
    "first_day": "starts_at",
    "mode": "mode",
    "venue": "venue",
    "url": "url",
    "topics": "topics",
}


class ReturnForm(forms.Form):
    """A question at each field that lacks something, and a line for the rest."""

    note = BlockField(
        label=_("Message to the organizer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column in ASKED_OF.items():
            label = OwnEventForm.base_fields[name].label if name != "first_day" else _("Day and time")
            self.fields[f"ask_{column}"] = BlockField(
                label=label,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short-text"}),
            )
        self.order_fields([*(f"ask_{column}" for column in ASKED_OF.values()), "note"])

    @property
    def questions(self) -> dict[str, str]:
        return {
            column: self.cleaned_data[f"ask_{column}"]
            for column in ASKED_OF.values()
            if self.cleaned_data.get(f"ask_{column}")
        }


def initial_of(event: Event) -> dict[str, Any]:
    """Return the initial values of the event's form."""
    initial = {
        name: getattr(event, name)
        for name in (
            "version",
            "kind",
            "title",
            "about",
            "url",
            "zone",
            "mode",
            "city",
            "venue",
            "link",
            "meeting_word",
            "has_programme",
            "source",
            "source_url",
            "part_of",
        )
    }
    initial |= {
        "language": event.language_id,
        "country": event.country_id or "",
        "body": event.body_id or "",
        "languages": list(event.languages.values_list("pk", flat=True)),
        "topics": list(event.topics.values_list("pk", flat=True)),
    }
    if event.starts_at and event.ends_at:
        first, last = days_of(event)
        initial |= {"first_day": first, "last_day": None if last == first else last}
        if not event.whole_days:
            ends = event.ends_at.astimezone(event.clock)
            initial |= {
                "start_time": event.starts_at.astimezone(event.clock).time(),
                "end_time": ends.time(),
                "last_day": None if ends.date() == first else ends.date(),
            }
    return initial


# --- Written in steps ---------------------------------------------------------------------------------------
def save_form(form: OwnEventForm, actor: User) -> Event:
    """Save what could be read."""
    event: Any = form.event
    return actions.save_event(event, actor=actor, version=form.cleaned_data["version"], values=form.values())


def _own_form(event: Event, data: Any = None, _files: Any = None, *, step: str = "") -> OwnEventForm:
    """Return the form with the questions of the desk at their fields."""
    form = OwnEventForm(data, event=event, step=step)
    for column, text in open_requests(event).items():
        name = COLUMNS.get(column, column)
        if name in form.fields:
            form.fields[name].help_text = _("Question: %(question)s") % {"question": text}
    return form


def _desk_form(event: Event, data: Any = None, _files: Any = None, *, step: str = "") -> DeskEventForm:
    return DeskEventForm(data, event=event, step=step)


def _own_gaps(event: Event) -> list[Gap]:
    return [Gap(*gap) for gap in actions.gaps_to_submit(event).items()]


def _desk_gaps(event: Event) -> list[Gap]:
    return [Gap(*gap) for gap in actions.gaps_of(event).items()]


OWN_EVENT = Draft(_own_form, save_form, _own_gaps, actions)
DESK_EVENT = Draft(_desk_form, save_form, _desk_gaps, actions)
