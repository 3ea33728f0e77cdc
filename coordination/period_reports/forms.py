"""What a report for a period is about."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import places_for
from core.forms import PickOne
from core.markdown_editor import MarkdownTextarea
from events.events.forms import languages
from stakeholders.appointments.models import today
from stakeholders.entries.forms import BlockField, LineField

FIRST = date(2000, 1, 1)


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Give a day, such as 2027-05-03."),
            "invalid": gettext_lazy("Give a day, such as 2027-05-03."),
        },
        **kwargs,
    )


class PeriodReportForm(forms.Form):
    place = forms.ChoiceField(
        label=gettext_lazy("For which place"),
        required=False,
        help_text=gettext_lazy(
            "A region or country that you cover; the WhatsOn team also reports on all of them."
        ),
        error_messages={"invalid_choice": gettext_lazy("Choose a place from the list.")},
        widget=PickOne,
    )
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the report a title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    first_day = day_field(gettext_lazy("First day"))
    last_day = day_field(gettext_lazy("Last day"), help_text=gettext_lazy("Days are those of Vienna."))
    other_first_day = day_field(gettext_lazy("Compare with a period: its first day"), required=False)
    other_last_day = day_field(gettext_lazy("Compare with a period: its last day"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of this text"), choices=languages)
    narrative = BlockField(
        label=gettext_lazy("Narrative"),
        required=False,
        max_length=12_000,
        help_text=gettext_lazy("What was done and what came of it. It is shown above the figures."),
        widget=MarkdownTextarea(rows=12),
    )

    def __init__(self, *args: Any, user: Any, counted: bool = False, **kwargs: Any) -> None:
        """`counted`: its figures are frozen, so what they are about stays."""
        super().__init__(*args, **kwargs)
        if counted:
            self.fields = {name: self.fields[name] for name in ("title", "narrative")}
            return
        place: Any = self.fields["place"]
        place.choices = places_for(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for first, last in (("first_day", "last_day"), ("other_first_day", "other_last_day")):
            begins, ends = cleaned.get(first), cleaned.get(last)
            for name, day in ((first, begins), (last, ends)):
                if day and not FIRST <= day <= today():
                    self.add_error(name, _("Choose a day that is not in the future."))
            if begins and ends and ends < begins and last not in self.errors:
                self.add_error(last, _("The last day comes before the first."))
        missing = [name for name in ("other_first_day", "other_last_day") if not cleaned.get(name)]
        if len(missing) == 1 and missing[0] not in self.errors:
            self.add_error(missing[0], _("Give both days, or neither."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {
            {"language": "language_id"}.get(name, name): value for name, value in self.cleaned_data.items()
        }


def initial_of(report: PeriodReport) -> dict[str, Any]:
    names = ("place", "title", "first_day", "last_day", "other_first_day", "other_last_day", "narrative")
    return {**{name: getattr(report, name) for name in names}, "language": report.language_id}


class WithdrawForm(forms.Form):
    note = BlockField(
        label=gettext_lazy("Why it is taken from public view"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Please give a reason.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
