"""What the desk fills in about a round of proposals: its rules, more time for one, who reviews what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.forms import zone_field
from core.forms import Folded, PickMany, PickOne
from core.local_times import WallClockField, at_zone, wall_clock
from core.text import clean_line
from events.events.models import Event
from events.proposals.models import ProposalRound
from events.proposals.queries_reviewers import reviewers
from events.registrations.models import RETENTION_MOST
from stakeholders.entries.enums import Status
from stakeholders.entries.forms import BlockField, LineField
from stakeholders.entries.models import Stakeholder
from taxonomy.places.enums import RegionLevel
from taxonomy.places.models import Region
from taxonomy.terms.models import Topic
from workflow.windows.models import Window

INSTANTS = ("opens_at", "closes_at", "edits_until", "link_until")
PLAIN = (
    "guidance",
    "preference",
    "one_lead_each",
    "most_words",
    "most_speakers",
    "minutes",
    "retention_days",
)


class RoundForm(Folded, forms.Form):
    """Day and time are those of the clock in `zone`."""

    use_required_attribute = False
    folded = ("one_lead_each", "most_words", "most_speakers", "minutes", "retention_days")
    folded_label = _("Lengths and numbers")

    opens_at = WallClockField(
        label=_("Opens"),
        error_messages={"required": _("Enter the day from which proposals may be submitted.")},
    )
    closes_at = WallClockField(
        ends=True,
        label=_("Closes"),
        help_text=_("The server refuses submissions even one second later. The organizers are locked then."),
        error_messages={"required": _("Enter the day until which proposals may be submitted.")},
    )
    edits_until = WallClockField(
        ends=True,
        label=_("All fields except the organizers can be changed until"),
        required=False,
        help_text=_("A second date after the closing; empty: nothing is edited after the closing."),
    )
    link_until = WallClockField(ends=True, label=_("Link of an online meeting due by"), required=False)
    zone = zone_field()
    guidance = BlockField(
        label=_("Guidance"),
        required=False,
        max_length=8000,
        help_text=_("Who may propose what, in the language of the event."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    preference = BlockField(
        label=_("Order of preference"),
        required=False,
        max_length=4000,
        help_text=_("If there are more proposals than places, as announced. Shown to proposers."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        choices=Topic.objects.for_choices,
        widget=PickMany,
        help_text=_("None chosen: every topic."),
    )
    one_lead_each = forms.BooleanField(label=_("Each organization leads one proposal"), required=False)
    most_words = forms.IntegerField(
        label=_("Maximum length of the summary, in words"), min_value=20, max_value=5000
    )
    most_speakers = forms.IntegerField(label=_("Speakers at most"), min_value=1, max_value=20)
    minutes = forms.IntegerField(label=_("Minutes of a meeting"), min_value=5, max_value=600)
    retention_days = forms.IntegerField(
        label=_("Days until sensitive answers are erased"),
        min_value=0,
        max_value=RETENTION_MOST,
        help_text=_("Access needs, and the gender of speakers. Counted from the end of the event."),
    )

    def __init__(self, *args: Any, event: Event, rules: ProposalRound | None, **kwargs: Any) -> None:
        zone = rules.zone if rules else event.zone
        shown = rules or ProposalRound(zone=zone)
        initial = {
            **{name: getattr(shown, name) for name in PLAIN},
            **{name: wall_clock(getattr(shown, name), zone) for name in INSTANTS},
            "zone": zone,
            "themes": list(rules.themes.values_list("pk", flat=True)) if rules else [],
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in INSTANTS:
            if cleaned.get(name) and cleaned.get("zone"):
                try:
                    cleaned[name] = at_zone(cleaned[name], cleaned["zone"])
                except ValidationError as wrong:
                    self.add_error(name, wrong)
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*INSTANTS, *PLAIN, "zone")}


class StakeholderField(forms.Field):
    """One that takes part, by its exact name as the directory shows it."""

    def to_python(self, value: Any) -> Stakeholder | None:
        name = clean_line(str(value or ""))[:250]
        if not name:
            return None
        rows = Stakeholder.objects.filter(name__iexact=name, status__in=Status.TAKING_PART)
        stakeholders = list(rows.order_by("pk")[:2])
        if len(stakeholders) != 1:
            raise ValidationError(
                _("Give the name of one stakeholder exactly as the directory shows it."), code="unknown"
            )
        return stakeholders[0]


def _stakeholder() -> StakeholderField:
    return StakeholderField(
        label=_("Stakeholder"),
        help_text=_("Its name exactly as the directory shows it."),
        error_messages={"required": _("Give the name of the stakeholder.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def _reason(label: Any) -> LineField:
    return LineField(
        label=label,
        max_length=300,
        error_messages={"required": _("Please give a reason.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class TimeForm(forms.Form):
    """More time for one stakeholder; the clock is that of the window."""

    stakeholder = _stakeholder()
    until = WallClockField(ends=True, label=_("Until"), error_messages={"required": _("Enter the due date.")})
    reason = _reason(_("Why it needs more time"))

    def __init__(self, *args: Any, rules: Window, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules

    def clean_until(self) -> Any:
        return at_zone(self.cleaned_data["until"], self.rules.zone)


class SecondForm(forms.Form):
    stakeholder = _stakeholder()
    note = _reason(_("Why a second proposal is allowed"))


class TrustForm(forms.Form):
    stakeholder = _stakeholder()
    note = _reason(_("Why its proposals need no checklist"))


class EndTrustForm(forms.Form):
    note = _reason(_("Why the trust ends"))


class AreaForm(forms.Form):
    """Who reviews the proposals of one theme, or of one region."""

    reviewer = forms.ChoiceField(label=_("Reviewer"))
    theme = forms.ChoiceField(label=_("Theme"), required=False, widget=PickOne)
    region = forms.ChoiceField(
        label=_("Region of the lead"),
        required=False,
        help_text=_("Choose a theme or a region."),
        widget=PickOne,
    )

    def __init__(self, *args: Any, rules: ProposalRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = set(rules.themes.values_list("pk", flat=True))
        topics = [(code, name) for code, name in Topic.objects.for_choices() if not among or code in among]
        regions = Region.objects.filter(level=RegionLevel.REGION).in_order()
        fields: Any = self.fields
        fields["reviewer"].choices = [
            ("", _("Choose a person")),
            *((person.pk, person.name) for person in reviewers()),
        ]
        fields["theme"].choices = [("", pgettext_lazy("no theme", "None")), *topics]
        fields["region"].choices = [
            ("", pgettext_lazy("no region", "None")),
            *((region.pk, region.name) for region in regions),
        ]
