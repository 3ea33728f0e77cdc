"""What coordinators fill in about plans: the plan, its objectives, their activities."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.networks.enums import PlanKind
from coordination.networks.forms import day, shown_choices
from coordination.networks.models import Network
from coordination.networks.models_parts import NetworkPlan, PlanGoal, PlanStep
from core.forms import PickMany, PickOne
from taxonomy.law.models import Instrument
from taxonomy.places.models import Country
from taxonomy.terms.models import Language

FIRST, LAST = 2000, 2199
MOST_YEARS = 10


class PlanForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = NetworkPlan
        fields = ("kind", "title", "about", "language", "starts_on", "ends_on", "shown_to")
        widgets = {
            "kind": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 5}),
            "starts_on": day(),
            "ends_on": day(),
            "shown_to": forms.RadioSelect,
        }
        help_texts = {
            "kind": gettext_lazy(
                "A work plan has objectives and activities. A roadmap has priorities by "
                "Convention and Protocol, and items for stakeholders and the State."
            ),
            "shown_to": gettext_lazy(
                "The plan with everything in it. A stakeholder that is not in the public directory is named"
                " within the network alone."
            ),
        }

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        language: Any = self.fields["language"]
        language.queryset, language.empty_label = Language.objects.in_order(), "—"
        kind: Any = self.fields["kind"]
        kind.choices = PlanKind.choices
        shown: Any = self.fields["shown_to"]
        shown.choices = shown_choices(network)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and not FIRST <= first.year <= LAST:
            self.add_error(
                "starts_on", _("Give a day between %(first)s and %(last)s.") % {"first": FIRST, "last": LAST}
            )
        if first and last and last < first:
            self.add_error("ends_on", _("The end has to come after the beginning."))
        elif first and last and (last - first).days > MOST_YEARS * 366:
            self.add_error("ends_on", _("A plan lasts %(years)s years at most.") % {"years": MOST_YEARS})
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class GoalForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PlanGoal
        fields = ("instrument", "title", "about", "position")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, plan: NetworkPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = plan.version
        if plan.is_roadmap:
            instrument: Any = self.fields["instrument"]
            instrument.queryset, instrument.empty_label = Instrument.objects.in_order(), "—"
        else:
            del self.fields["instrument"]
        if self.instance.pk is None:
            self.initial["position"] = plan.goals.count() + 1

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class StepForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PlanStep
        fields = ("title", "about", "starts_on", "ends_on", "responsible", "state")
        widgets = {
            "about": forms.Textarea(attrs={"rows": 3}),
            "starts_on": day(),
            "ends_on": day(),
            "responsible": PickMany,
            "state": PickOne,
        }

    def __init__(
        self, *args: Any, plan: NetworkPlan, choices: Any, names_states: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = plan.version
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget.attrs |= {
                "min": plan.starts_on.isoformat(),
                "max": plan.ends_on.isoformat(),
            }
        responsible: Any = self.fields["responsible"]
        responsible.queryset = choices
        if names_states and plan.is_roadmap:
            state: Any = self.fields["state"]
            state.queryset, state.empty_label = Country.objects.states().in_order(), "—"
        else:
            del self.fields["state"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The end has to come after the beginning."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in self.fields if name not in ("version", "responsible")
        }
