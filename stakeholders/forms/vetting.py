"""What the desk fills in about an application, and how it filters its queue."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import clean_block
from stakeholders.enums import Kind, RefusalReason, fields_of, label_of
from stakeholders.models import Application
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import countries_within
from workflow.items.models import WorkItem

NOTE_HELP = _("The applicant reads it, in the mail and on the page of the application.")


class NoteField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("label", _("Note to the applicant"))
        kwargs.setdefault("help_text", NOTE_HELP)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class ApproveForm(forms.Form):
    note = NoteField(required=False)


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=RefusalReason, widget=forms.RadioSelect)
    note = NoteField(error_messages={"required": _("Explain the decision to the applicant.")})


class ReturnForm(forms.Form):
    """A tick and a question for every answer that may be asked about; at least one."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = fields_of(application.kind)
        for name in self.asked:
            label = str(label_of(name, application.kind))
            self.fields[f"ask_{name}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"text_{name}"] = forms.CharField(
                label=_("What the applicant should do about “%(answer)s”") % {"answer": label},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )
        self.fields["note"] = NoteField(required=False)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"ask_{name}"], self[f"text_{name}"]) for name in self.asked]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.asked:
            ticked, text = cleaned.get(f"ask_{name}"), cleaned.get(f"text_{name}", "").strip()
            if ticked and not text:
                self.add_error(f"text_{name}", _("Say what the applicant should do about it."))
        if not self.errors and not self.requests():
            raise ValidationError(
                _("Choose at least one answer, and say what the applicant should do about it.")
            )
        return cleaned

    def requests(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[f"text_{name}"]
            for name in self.asked
            if self.cleaned_data.get(f"ask_{name}")
        }


class QueueFilter(django_filters.FilterSet):
    """The desk's queue by kind, region, country, holder and age."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Kind.choices, method="of_kind", widget=forms.CheckboxSelectMultiple
    )
    region = django_filters.ChoiceFilter(
        label=_("Region"),
        choices=Region.objects.for_choices,
        method="of_region",
        empty_label=pgettext_lazy("any country", "Any"),
    )
    country = django_filters.ChoiceFilter(
        label=_("Country or area"),
        choices=Country.objects.for_choices,
        method="of_country",
        empty_label=pgettext_lazy("any country", "Any"),
    )
    holder = django_filters.ChoiceFilter(
        label=_("Held by"),
        choices=[("me", _("Me")), ("nobody", _("Nobody")), ("others", _("Others"))],
        method="held_by",
        empty_label=pgettext_lazy("any person", "Anybody"),
    )
    age = django_filters.ChoiceFilter(
        label=_("Waiting for"),
        choices=[("3", _("3 days and more")), ("7", _("7 days and more")), ("14", _("14 days and more"))],
        method="waiting",
        empty_label=pgettext_lazy("any length of time", "Any time"),
    )

    class Meta:
        model = WorkItem
        fields: list[str] = []

    def of_kind(self, items: QuerySet[WorkItem], _name: str, kinds: list[str]) -> QuerySet[WorkItem]:
        if not kinds:
            return items
        return items.filter(subject_id__in=Application.objects.filter(kind__in=kinds).values("pk"))

    def of_region(self, items: QuerySet[WorkItem], _name: str, code: str) -> QuerySet[WorkItem]:
        within = Application.objects.filter(country__in=countries_within([code]))
        return items.filter(subject_id__in=within.values("pk"))

    def of_country(self, items: QuerySet[WorkItem], _name: str, iso3: str) -> QuerySet[WorkItem]:
        return items.filter(subject_id__in=Application.objects.filter(country=iso3).values("pk"))

    def held_by(self, items: QuerySet[WorkItem], _name: str, who: str) -> QuerySet[WorkItem]:
        person = self.request.user.pk
        if who == "me":
            return items.filter(holder=person)
        if who == "nobody":
            return items.filter(holder=None)
        return items.exclude(holder=None).exclude(holder=person)

    def waiting(self, items: QuerySet[WorkItem], _name: str, days: str) -> QuerySet[WorkItem]:
        return items.filter(since__lte=now() - timedelta(days=int(days)))
