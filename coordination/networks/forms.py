"""What the desk and coordinators fill in about networks and their members."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.networks.enums import NetworkRole, Shown
from coordination.networks.models import Network
from core.forms import PickMany, PickOne
from stakeholders.entries.forms import BlockField, offer_stakeholders
from stakeholders.moderation.enums import Standing
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Language, Topic


def day(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


def shown_choices(network: Network) -> list[tuple[str, Any]]:
    """Where no State works with the network, none is offered as its reader."""
    return [(value, label) for value, label in Shown.choices if value != Shown.PARTNERS or network.country_id]


class NetworkForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Network
        fields = (
            "kind",
            "name",
            "about",
            "language",
            "region",
            "country",
            "parent",
            "topics",
            "members_for",
            "open_to_requests",
            "announcements_a_month",
            "source",
            "source_url",
            "source_date",
            "note",
        )
        widgets = {
            "about": forms.Textarea(attrs={"rows": 8}),
            "language": PickOne,
            "region": PickOne,
            "country": PickOne,
            "topics": PickMany,
            "source_date": day(),
            "members_for": forms.RadioSelect,
        }
        help_texts = {
            "kind": gettext_lazy("A regional network, a national alliance, a network on a topic, or a pilot.")
        }

    # What the desk alone decides.
    DESK = (
        "kind",
        "region",
        "country",
        "parent",
        "announcements_a_month",
        "source",
        "source_url",
        "source_date",
        "note",
    )

    def __init__(self, *args: Any, for_desk: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        if not for_desk:
            for name in self.DESK:
                del self.fields[name]
        for name, model in (("language", Language), ("region", Region), ("country", Country)):
            if name in self.fields:
                chosen: Any = self.fields[name]
                chosen.queryset, chosen.empty_label = model.objects.in_order(), "—"
        topics: Any = self.fields["topics"]
        topics.queryset = Topic.objects.offered().in_order()
        shown: Any = self.fields["members_for"]
        shown.choices = [pair for pair in Shown.choices if pair[0] != Shown.PARTNERS]
        if for_desk:
            parent: Any = self.fields["parent"]
            standing = Q(status=Standing.SHOWN) | Q(pk=self.instance.parent_id)
            parent.queryset = Network.objects.filter(standing).exclude(pk=self.instance.pk).order_by("name")
            parent.empty_label = "—"
            self.fields["announcements_a_month"].min_value = 0  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class JoinForm(forms.Form):
    stakeholder = forms.ChoiceField(label=gettext_lazy("For which stakeholder"), widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label=gettext_lazy("As what"),
        widget=forms.RadioSelect,
        initial=NetworkRole.MEMBER,
        choices=[pair for pair in NetworkRole.choices if pair[0] != NetworkRole.COORDINATOR],
        help_text=gettext_lazy("Observers receive all information, but are not expected to do the work."),
    )
    why = BlockField(
        label=gettext_lazy("Why you want to join"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("The coordinators read this."),
    )

    def __init__(self, *args: Any, own: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stakeholder"].choices = [(str(stakeholder.pk), stakeholder.name) for stakeholder in own]  # type: ignore[attr-defined]
        if len(own) == 1:
            self.initial.setdefault("stakeholder", str(own[0].pk))


class InviteForm(forms.Form):
    stakeholder = forms.ChoiceField(
        label=gettext_lazy("Stakeholder to invite"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a stakeholder from the list."),
            "invalid_choice": gettext_lazy("Choose a stakeholder from the list."),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("As what"),
        widget=forms.RadioSelect,
        initial=NetworkRole.MEMBER,
        choices=NetworkRole.choices,
        help_text=gettext_lazy("Coordinators manage the network's page, its members and its plans."),
    )
    why = BlockField(
        label=gettext_lazy("What you write to them"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, stakeholders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_stakeholders(self.fields["stakeholder"], stakeholders)


class NoteForm(forms.Form):
    """A reason, or a word that goes with an act."""

    note = BlockField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The other side reads this."),
    )

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = required
        if not required:
            self.fields["note"].label = self.WORD

    WORD: Any = gettext_lazy("Message to the other side")


class StepNoteForm(NoteForm):
    WORD = gettext_lazy("Comment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("All readers of the plan read this.")


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=NetworkRole.choices)
