"""The form of a suggestion, what it begins with, and what the team decides with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.forms import zone_field
from accounts.people.models import User
from coordination.offerings import actions
from coordination.offerings.enums import DeclineReason, Level, OfferingKind
from coordination.offerings.models import Offering
from coordination.offerings.queries import gaps
from core.drafts import Draft
from core.forms import PickMany, PickOne, renew_version
from core.local_times import WallClockField, at_zone, wall_clock
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import LineField, TextAreaField, WebAddressField
from stakeholders.entries.models import Stakeholder
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic

PLAIN = (
    "title",
    "provider",
    "summary",
    "link",
    "who",
    "zone",
    "amount",
    "currency",
    "hours",
    "level",
    "starts_on",
)
OF_GRANTS, OF_COURSES = ("amount", "currency"), ("hours", "level", "starts_on")
# Without an answer it is open to all, so that the page folds them.
NARROWING = ("who", "countries", "regions")
NEEDED = ("title", "provider", "summary", "link", "topics")


def _line(label: Any, most: int, **kwargs: Any) -> LineField:
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return LineField(label=label, max_length=most, required=False, widget=widget, **kwargs)


class CodeField(LineField):
    """A code in capitals, however it was typed."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper()


class BeginForm(forms.Form):
    """What is suggested, and for whom."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you suggest?"), choices=OfferingKind, widget=forms.RadioSelect
    )
    stakeholder = forms.ChoiceField(
        label=gettext_lazy("In whose name?"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Only the WhatsOn team sees who suggested it."),
        required=False,
    )

    def __init__(self, data: Any = None, *, stakeholders: list[Stakeholder], alone: bool) -> None:
        super().__init__(data)
        self.stakeholders = {str(row.pk): row for row in stakeholders}
        field: Any = self.fields["stakeholder"]
        field.choices = [(pk, row.name) for pk, row in self.stakeholders.items()]
        if alone:
            field.choices = [("", _("In my own name")), *field.choices]
        else:
            field.required = True
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]

    def chosen(self) -> Stakeholder | None:
        return self.stakeholders.get(self.cleaned_data["stakeholder"])


class OfferingForm(forms.Form):
    """Everything may be left for later: what is missing is said where it is sent."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = _line(gettext_lazy("Title"), 300)
    provider = _line(gettext_lazy("Provider"), 250)
    summary = TextAreaField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("What it is and for whom, in a few sentences of your own."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=Language.objects.for_choices, widget=PickOne
    )
    link = WebAddressField(
        label=gettext_lazy("Address of its page"),
        required=False,
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=gettext_lazy("Readers apply there. The portal opens it once a week to see that it works."),
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Largest amount"),
        required=False,
        min_value=1,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("What one applicant can get at most. Leave it empty if it is not stated."),
    )
    currency = CodeField(
        label=gettext_lazy("Currency"),
        required=False,
        validators=[RegexValidator(r"^[A-Z]{3}$", gettext_lazy("Use three letters, as USD or EUR."))],
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "size": 4}),
        help_text=gettext_lazy("Three letters, such as USD or EUR."),
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours of work"), required=False, min_value=1, max_value=5000
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        required=False,
        choices=[("", gettext_lazy("Not stated")), *Level.choices],
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Leave this and the last day empty if it can be begun at any time."),
    )
    closes = WallClockField(label=gettext_lazy("Deadline"), required=False, ends=True)
    zone = zone_field(required=False)
    who = forms.MultipleChoiceField(
        label=gettext_lazy("Who may apply"),
        required=False,
        choices=[pair for pair in Kind.choices if pair[0] in Kind.APPLYING],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none if it is open to all kinds."),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), required=False, choices=Topic.objects.for_choices, widget=PickMany()
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries or areas"),
        required=False,
        choices=Country.objects.for_choices,
        widget=PickMany(),
        help_text=gettext_lazy("Choose neither countries nor regions if it is open to all."),
    )
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Regions"), required=False, choices=Region.objects.for_choices, widget=PickMany()
    )

    def __init__(self, data: Any = None, *, offering: Offering) -> None:
        super().__init__(data, initial=_initial(offering))
        self.offering = offering
        for name in OF_COURSES if offering.is_grant else OF_GRANTS:
            del self.fields[name]
        names: Any = self.fields
        if offering.is_grant:
            names["provider"].label = _("Funder")
            names["closes"].label = _("Deadline")
            names["language"].label = _("Language of this text")
        else:
            names["who"].label = _("Who may take part")
            names["closes"].label = _("Last day of enrolment")
            names["language"].label = _("Language of the course")
        needed = (*NEEDED, "closes") if offering.is_grant else NEEDED
        for name in needed:
            names[name].one_of = True  # a draft may lack it; what is sent may not

    @property
    def questions(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in NARROWING]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """Who may apply, and where."""
        return [self[name] for name in NARROWING]

    @property
    def narrows(self) -> bool:
        """Whether one of them is answered, or was refused."""
        return any(field.value() or field.errors for field in self.narrowing)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("closes"):
            try:
                cleaned["closes"] = at_zone(cleaned["closes"], cleaned.get("zone") or self.offering.zone)
            except ValidationError as left_out:
                self.add_error("closes", left_out)
        return cleaned

    def fields_to_save(self) -> dict[str, Any]:
        """Return column → value of what could be read."""
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in PLAIN if name in cleaned}
        if "closes" in cleaned:
            values["closes_at"] = cleaned["closes"]
        if not values.get("zone"):
            values.pop("zone", None)
        if cleaned.get("language"):
            values["language_id"] = cleaned["language"]
        return values

    def lists(self) -> dict[str, list[str]]:
        return {name: self.cleaned_data[name] for name in actions.LISTS if name in self.cleaned_data}

    def take_note_of(self, offering: Offering) -> None:
        """Another window was first: what was typed stays, and the next saving goes over what that saved."""
        renew_version(self, offering.version)


def _initial(offering: Offering) -> dict[str, Any]:
    return {
        **{name: getattr(offering, name) for name in ("version", *PLAIN)},
        **{name: [row.pk for row in getattr(offering, name).all()] for name in actions.LISTS},
        "language": offering.language_id,
        "closes": wall_clock(offering.closes_at, offering.zone),
    }


def writing_form(offering: Offering, data: Any = None, _files: Any = None) -> OfferingForm:
    return OfferingForm(data, offering=offering)


def save_form(form: OfferingForm, actor: User) -> Offering:
    return actions.save(
        form.offering,
        actor=actor,
        version=form.cleaned_data["version"],
        fields=form.fields_to_save(),
        lists=form.lists(),
    )


SUGGESTION = Draft(writing_form, save_form, gaps, actions)


class NoteForm(forms.Form):
    """What the suggester is told."""

    use_required_attribute = False
    note = TextAreaField(
        label=gettext_lazy("Note to who suggested it"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Describe what should be changed.")},
    )


class DeclineForm(NoteForm):
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=DeclineReason, widget=forms.RadioSelect)
    field_order = ("reason", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == DeclineReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Describe the reason."))
        return cleaned
