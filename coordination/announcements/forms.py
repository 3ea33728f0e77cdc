"""What coordinators fill in about announcements, meetings and documents of a network."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.networks.enums import Shown
from coordination.networks.forms import day, shown_choices
from coordination.networks.models import Network
from coordination.networks.models_parts import Announcement, NetworkMeeting
from core.forms import offer_found
from events.events.models import Event
from stakeholders.entries.forms import LineField
from taxonomy.terms.models import Language


class MeetingForm(forms.ModelForm):
    """An event of the calendar, or title and day of a meeting that is told here alone."""

    class Meta:
        model = NetworkMeeting
        fields = ("event", "title", "held_on", "with_whom", "summary", "shown_to")
        widgets = {
            "held_on": day(),
            "with_whom": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 5}),
            "shown_to": forms.RadioSelect,
        }
        help_texts = {
            "event": gettext_lazy(
                "Events of the network's members that are on the calendar. Add a new event to "
                "the calendar first."
            ),
            "title": gettext_lazy("If it is not on the calendar, such as a meeting to prepare a pilot."),
        }

    def __init__(self, *args: Any, network: Network, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event: Any = self.fields["event"]
        event.queryset, event.empty_label = events, gettext_lazy("Not on the calendar")
        event.label_from_instance = _event_label
        shown: Any = self.fields["shown_to"]
        shown.choices = shown_choices(network)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        filled_in = [bool(cleaned.get(name)) for name in ("title", "held_on")]
        if cleaned.get("event"):
            if any(filled_in):
                self.add_error("event", _("Choose an event, or write title and day; not both."))
        elif not cleaned.get("title"):
            self.add_error("title", _("Describe the subject of the meeting, or choose an event."))
        elif not cleaned.get("held_on"):
            self.add_error("held_on", _("Enter the day."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def _event_label(event: Event) -> str:
    when = f"{event.starts_at:%Y-%m-%d} · " if event.starts_at else ""
    return f"{when}{event.told_title[0]}"


class AnnouncementForm(forms.ModelForm):
    class Meta:
        model = Announcement
        fields = ("title", "text", "language")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "text": gettext_lazy("Plain text. It is mailed as it is, and cannot be changed afterwards.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.queryset, language.empty_label = Language.objects.in_order(), "—"


class DocumentForm(forms.Form):
    """One of the resources that were found, and who reads here that the network works with it."""

    resource = forms.ChoiceField(
        label=gettext_lazy("Document"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one from the list."),
            "invalid_choice": gettext_lazy("Choose one from the list."),
        },
    )
    shown_to = forms.ChoiceField(
        label=gettext_lazy("Who reads it here"),
        widget=forms.RadioSelect,
        initial=Shown.PUBLIC,
        help_text=gettext_lazy("Readers who may not open it in the library do not see it here either."),
    )

    def __init__(self, *args: Any, lines: list[Any], network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_found(self.fields["resource"], ((str(line.resource.pk), line.title) for line in lines))
        self.fields["shown_to"].choices = shown_choices(network)  # type: ignore[attr-defined]


class FindDocumentForm(forms.Form):
    q = LineField(
        label=gettext_lazy("Words of the document"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As the library is searched."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
