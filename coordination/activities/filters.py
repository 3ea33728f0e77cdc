"""What may be asked of the list of activities; the same for the page, the table and the calendar file.

`?kind=visit&status=held&country=KEN&mine=1&from=2027-01-01&to=2027-03-31`: neutral codes; what is not
understood is left out and told.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.absences.models import acts_as
from coordination.activities.enums import ActivityKind, ActivityStatus
from coordination.activities.models import Activity
from coordination.activities.queries import own_places
from core.time_display import VIENNA
from stakeholders.entries.forms import LineField


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ActivityFilter(forms.Form):
    q = LineField(label=_("Words in title or purpose"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind of activity"), required=False, choices=[("", _("All")), *ActivityKind.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *ActivityStatus.choices]
    )
    country = forms.ChoiceField(label=_("Country or area"), required=False)
    since = _day(pgettext_lazy("a day", "From"))
    until = _day(pgettext_lazy("a day", "To"))
    mine = forms.BooleanField(label=_("Only what I planned"), required=False)

    def __init__(self, data: QueryDict, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        country: Any = self.fields["country"]
        country.choices = [("", _("All")), *own_places(user)]
        self.is_valid()

    @property
    def not_understood(self) -> list[str]:
        return [str(self.fields[name].label) for name in self.errors if name in self.fields]

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    @property
    def query(self) -> str:
        """What was asked and understood, as the end of an address."""
        asked = QueryDict(mutable=True)
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if value:
                asked[name] = "1" if value is True else str(value)
        return asked.urlencode()

    def narrow(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        asked = self.cleaned_data
        for name in ("kind", "status"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        if asked.get("country"):
            rows = rows.in_countries([asked["country"]])  # type: ignore[attr-defined]
        if asked.get("since"):
            rows = rows.filter(ends_at__gt=datetime.combine(asked["since"], time(), VIENNA))
        if asked.get("until"):
            end = datetime.combine(asked["until"] + timedelta(days=1), time(), VIENNA)
            rows = rows.filter(starts_at__lt=end)
        if asked.get("mine"):
            rows = rows.filter(author__in=acts_as(self.user))
        if asked.get("q"):
            rows = rows.filter(title__icontains=asked["q"]) | rows.filter(purpose__icontains=asked["q"])
        return rows
