"""What of participation is counted, and under which title it is frozen."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.participation.queries import Selection
from coordination.period_reports.forms import day_field
from coordination.period_reports.queries_numbers import Span
from core.forms import PickOne
from events.events.enums import EventStatus
from events.events.forms import languages
from events.events.models import Event
from stakeholders.appointments.models import today
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import LineField
from taxonomy.places.enums import RegionLevel
from taxonomy.places.models import Region


class ParticipationForm(forms.Form):
    """The filters in the address; without any, this year until today."""

    first_day = day_field(gettext_lazy("First day"), required=False)
    last_day = day_field(gettext_lazy("Last day"), required=False)
    event = forms.ChoiceField(
        label=gettext_lazy("One event"),
        required=False,
        help_text=gettext_lazy("Then the days do not count."),
        widget=PickOne,
    )
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False, widget=PickOne)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of stakeholder"), required=False, widget=PickOne)

    def __init__(self, data: Any) -> None:
        ends = today()
        super().__init__({"first_day": ends.replace(month=1, day=1), "last_day": ends, **data.dict()})
        held = Event.objects.filter(status=EventStatus.PUBLISHED, starts_at__isnull=False)
        self.events = {str(event.pk): event for event in held.order_by("-starts_at", "-pk")}
        nothing = ("", _("All"))
        choices: dict[str, Any] = {
            "event": [(pk, event.told_title[0]) for pk, event in self.events.items()],
            "region": Region.objects.filter(level=RegionLevel.REGION).for_choices(),
            "kind": Kind.choices,
        }
        for name, pairs in choices.items():
            field: Any = self.fields[name]
            field.choices = [nothing, *pairs]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        for name in ("first_day", "last_day"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Give a day, such as 2027-05-03."))
        return cleaned

    def selection(self) -> Selection:
        clean = self.cleaned_data
        span = Span(clean["first_day"], clean["last_day"])
        return Selection(span, self.events.get(clean["event"]), clean["region"], clean["kind"])

    def query(self) -> str:
        """Return the filters as an address has them."""
        return urlencode({name: str(value) for name, value in self.cleaned_data.items() if value})


class FreezeForm(forms.Form):
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the report a title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the report"), choices=languages, widget=PickOne
    )
