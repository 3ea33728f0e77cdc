"""What a regional focal point fills in about an activity."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.people.models import User
from coordination.activities.enums import ActivityKind, Sharing
from coordination.activities.models import Activity
from coordination.activities.queries import own_places, owners_for
from core.forms import PickMany
from core.uploads import UploadField
from events.events.dates import days_of
from events.events.forms import WhenAndWhere
from stakeholders.appointments.models import today
from stakeholders.entries.forms import BlockField, LineField, offer_stakeholders
from stakeholders.entries.models import Stakeholder
from taxonomy.terms.models import Topic

# Fields of the form that stand for columns of the activity.
COLUMNS = {"starts_at": "first_day", "ends_at": "last_day"}
NOT_ENDED = gettext_lazy("It has not ended yet. Plan it instead, and report the outcome afterwards.")


class OutcomeForm(forms.Form):
    outcome = BlockField(
        label=gettext_lazy("Outcome"),
        max_length=6000,
        error_messages={"required": gettext_lazy("Describe the outcome, even if there was none.")},
        help_text=gettext_lazy(
            "What was discussed, agreed and learnt. It closes the activity; you can open it again."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    took_part = forms.IntegerField(
        label=gettext_lazy("People who took part"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("As counted. Leave it empty if there was no count."),
    )


class ActivityForm(WhenAndWhere):
    """The plan. It offers the countries that the person covers, and those that the activity has."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of activity"),
        widget=forms.RadioSelect,
        choices=ActivityKind,
        error_messages={"required": gettext_lazy("Choose a kind of activity from the list.")},
    )
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the activity a title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    purpose = BlockField(
        label=gettext_lazy("Purpose"),
        max_length=4000,
        error_messages={"required": gettext_lazy("Describe what it is for.")},
        help_text=gettext_lazy("What it is for, and the expected outcome."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries or areas"),
        widget=PickMany(),
        help_text=gettext_lazy(
            "The countries that it is about, wherever it is held. You can choose among those that you cover."
        ),
        error_messages={"required": gettext_lazy("Choose at least one country or area from the list.")},
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), required=False, choices=Topic.objects.for_choices, widget=PickMany()
    )
    others = BlockField(
        label=gettext_lazy("Others who take part"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "Ministries, offices and bodies that are not stakeholders here. Name offices rather than people."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    sharing = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        widget=forms.RadioSelect,
        choices=Sharing,
        initial=Sharing.REGION,
        help_text=gettext_lazy("The WhatsOn team always does. Stakeholders and States never do."),
    )
    country = None  # type: ignore[assignment]
    link = None  # type: ignore[assignment]
    field_order: tuple[str, ...] = (
        "kind",
        "title",
        "purpose",
        "first_day",
        "start_time",
        "last_day",
        "end_time",
        "zone",
        "mode",
        "city",
        "venue",
        "countries",
        "topics",
        "others",
        "sharing",
    )

    def __init__(self, *args: Any, user: Any, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first: Any = self.fields["first_day"]
        first.required = True
        first.error_messages["required"] = _("Enter the start date.")
        self.fields["start_time"].help_text = _("Leave both times empty for whole days.")
        self.fields["last_day"].help_text = _("Leave it empty where it lasts one day.")
        choices = own_places(user)
        if activity is not None:
            known = {code for code, _name in choices}
            choices = choices + [
                (country.pk, country.name) for country in activity.countries.all() if country.pk not in known
            ]
        countries: Any = self.fields["countries"]
        countries.choices = choices

    def values(self) -> dict[str, Any]:
        names = (
            "kind",
            "title",
            "purpose",
            "starts_at",
            "ends_at",
            "whole_days",
            "zone",
            "mode",
            "city",
            "venue",
            "countries",
            "topics",
            "others",
            "sharing",
        )
        return {name: self.cleaned_data[name] for name in names}


class HeldActivityForm(OutcomeForm, ActivityForm):
    """One that was held already, with what came of it."""

    field_order = (*ActivityForm.field_order[:-1], "outcome", "took_part", "sharing")
    folded = ("venue", "topics", "others")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].help_text = _("What was discussed, agreed and learnt.")

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        if (ends_at := clean.get("ends_at")) and ends_at > now():
            day = "last_day" if clean.get("last_day") else "first_day"
            self.add_error(day, NOT_ENDED)
        return clean

    @property
    def folded_wrong(self) -> bool:
        return not self.errors.keys().isdisjoint(self.folded)

    def outcome_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("outcome", "took_part")}


def initial_of(activity: Activity) -> dict[str, Any]:
    """Return the initial values of the form, by the activity's own clock."""
    with_dates: Any = activity
    first, last = days_of(with_dates)
    starts, ends = activity.starts_at.astimezone(activity.clock), activity.ends_at.astimezone(activity.clock)
    if not activity.whole_days:
        last = ends.date()
    names = ("kind", "title", "purpose", "zone", "mode", "city", "venue", "others", "sharing")
    return {
        **{name: getattr(activity, name) for name in names},
        "first_day": first,
        "last_day": last,
        "start_time": None if activity.whole_days else starts.time(),
        "end_time": None if activity.whole_days else ends.time(),
        "countries": [country.pk for country in activity.countries.all()],
        "topics": [topic.pk for topic in activity.topics.all()],
    }


class CancelForm(forms.Form):
    note = BlockField(
        label=gettext_lazy("Why it is cancelled"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Please give a reason.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class NoteForm(forms.Form):
    prefix = "note"
    text = BlockField(
        label=pgettext_lazy("on an activity", "Note"),
        max_length=4000,
        error_messages={"required": gettext_lazy("Write the note first.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("Share it with everybody who reads this activity"),
        required=False,
        help_text=gettext_lazy(
            "Unless you tick this box, only you can read the note; the WhatsOn team cannot."
        ),
    )


class FollowUpForm(forms.Form):
    prefix = "todo"
    text = LineField(
        label=gettext_lazy("What is to be done"),
        max_length=300,
        error_messages={"required": gettext_lazy("Describe what is to be done.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who does it"),
        queryset=User.objects.none(),
        empty_label=None,
        help_text=gettext_lazy(
            "They are informed by e-mail, find it in their tasks and may read this activity."
        ),
        error_messages={"invalid_choice": gettext_lazy("Choose a person from the list.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Enter the due date."),
            "invalid": gettext_lazy("Give a day, such as 2027-05-03."),
        },
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = owners_for(user)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        owner.choices = [(person.pk, person.name) for person in people]

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if not today() - timedelta(days=1) <= day <= today() + timedelta(days=3660):
            raise forms.ValidationError(_("Choose a day in the future."))
        return day


class FileForm(forms.Form):
    prefix = "file"
    title = LineField(
        label=gettext_lazy("Title of the file"),
        max_length=200,
        error_messages={"required": gettext_lazy("Describe what the file is.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    upload = UploadField(label=gettext_lazy("File"), help_text=gettext_lazy("PDF, PNG or JPEG."))


class InvolveForm(forms.Form):
    """A choice among the stakeholders that were found by words."""

    prefix = "involve"
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Who was found"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one from the list."),
            "invalid_choice": gettext_lazy("Choose at least one from the list."),
        },
    )

    def __init__(self, *args: Any, stakeholders: list[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_stakeholders(self.fields["chosen"], stakeholders)
