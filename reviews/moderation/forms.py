"""What the desk fills in while it screens a contribution, and how it filters its queue."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reviews.calls.models import Call
from reviews.contributions.enums import ContributionStatus, Visibility
from reviews.contributions.models import Contribution
from reviews.mechanism.forms import TextField
from reviews.moderation.queries import fields_to_ask, rules_in_use
from taxonomy.places.models import Country
from workflow.items.filters import HolderFilter
from workflow.items.forms import RequestsForm
from workflow.items.models import WorkItem
from workflow.items.queries import open_requests

NOTE_HELP = _("The author reads it, in the e-mail and on the page of the contribution.")


def note_field(**kwargs: Any) -> TextField:
    kwargs.setdefault("required", False)
    return TextField(label=_("Note to the author"), help_text=NOTE_HELP, **kwargs)


class Deciding(forms.Form):
    """A decision on the text that the person has read: `seen` is its version."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": contribution.version})
        super().__init__(*args, **kwargs)
        self.contribution = contribution


class AcceptForm(Deciding):
    """Publish or keep: every rule in use is held against the text before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = list(rules_in_use())
        for rule in self.rules:
            self.fields[f"rule_{rule.pk}"] = forms.BooleanField(
                label=rule.name,
                error_messages={
                    "required": _("Tick this once you have checked that the text respects this rule.")
                },
            )
        self.fields["note"] = note_field()

    def checked_rules(self) -> list[str]:
        return [rule.pk for rule in self.rules if self.cleaned_data.get(f"rule_{rule.pk}")]

    def ticks(self) -> list[tuple[forms.BoundField, str]]:
        return [(self[f"rule_{rule.pk}"], rule.text) for rule in self.rules]


class DeclineForm(Deciding):
    rule = forms.ChoiceField(
        label=_("By which rule"), widget=forms.RadioSelect, error_messages={"required": _("Choose the rule.")}
    )
    note = note_field(required=True, error_messages={"required": _("Explain the decision to the author.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule: Any = self.fields["rule"]
        rule.choices = [(screening_rule.pk, screening_rule.name) for screening_rule in rules_in_use()]


class ReturnForm(Deciding, RequestsForm):
    text_missing = _("Describe what you need to know.")
    none_chosen = _("Choose at least one answer, and describe what the author should change.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still = open_requests(self.contribution)
        for name, label in fields_to_ask(self.contribution):
            text = TextField(
                label=_("What the author should do about “%(answer)s”") % {"answer": label[:120]},
                required=False,
                rows=2,
                initial=still.get(name, ""),
            )
            self.add_request(name, label, text, ticked=name in still)
        self.fields["days"] = forms.IntegerField(
            label=_("Days to answer"),
            min_value=1,
            max_value=60,
            initial=settings.REVIEWS_ANSWER_DAYS,
            help_text=_("From now on, whatever the closing of the call."),
        )
        self.fields["note"] = note_field()


class SentFilter(django_filters.FilterSet):
    """The contributions to one call, by how they stand and who reads them."""

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[pair for pair in ContributionStatus.choices if pair[0] != ContributionStatus.DRAFT],
        empty_label=_("All"),
    )
    visibility = django_filters.ChoiceFilter(
        label=_("Who reads it"), choices=Visibility.choices, empty_label=_("All")
    )

    class Meta:
        model = Contribution
        fields: list[str] = []


class QueueFilter(django_filters.FilterSet):
    """The queue by call, country of the lead, holder, and on whom it waits."""

    call = django_filters.ChoiceFilter(
        label=_("Call for contributions"), method="of_call", empty_label=pgettext_lazy("any call", "Any")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country or area of the lead"),
        choices=Country.objects.for_choices,
        method="of_country",
        empty_label=pgettext_lazy("any country", "Any"),
    )
    holder = HolderFilter()
    waits = django_filters.ChoiceFilter(
        label=_("Whose turn"),
        choices=[("desk", _("The desk")), ("author", _("An answer of its author"))],
        method="waits_for",
        empty_label=pgettext_lazy("any person", "Anybody"),
    )

    class Meta:
        model = WorkItem
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = Contribution.objects.filter(pk__in=self.queryset.values("subject_id"))
        calls = Call.objects.filter(pk__in=waiting.values("call_id")).order_by("title", "pk")
        self.filters["call"].extra["choices"] = [
            (str(pk), title) for pk, title in calls.values_list("pk", "title")
        ]

    def _of(self, items: QuerySet[WorkItem], **fields: Any) -> QuerySet[WorkItem]:
        return items.filter(subject_id__in=Contribution.objects.filter(**fields).values("pk"))

    def of_call(self, items: QuerySet[WorkItem], _name: str, pk: str) -> QuerySet[WorkItem]:
        return self._of(items, call=pk)

    def of_country(self, items: QuerySet[WorkItem], _name: str, iso3: str) -> QuerySet[WorkItem]:
        return self._of(items, stakeholder__country=iso3)

    def waits_for(self, items: QuerySet[WorkItem], _name: str, who: str) -> QuerySet[WorkItem]:
        return items.filter(paused_since__isnull=who == "desk")
