"""What the desk fills in about an application, and how it filters its queue."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, modelformset_factory
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.applications.enums import RefusalReason, fields_of, label_of
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Kind
from stakeholders.entries.forms import NoteField, TextAreaField
from stakeholders.vetting.actions import REASON_MISSING
from stakeholders.vetting.actions_checklist import GivenAnswer
from stakeholders.vetting.enums import ChecklistReply, FlagKind, Outcome
from stakeholders.vetting.models import ChecklistQuestion
from stakeholders.vetting.queries import Checklist, ChecklistItem
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import countries_within
from workflow.items.filters import HolderFilter
from workflow.items.forms import RequestsForm
from workflow.items.models import WorkItem


class ApproveForm(forms.Form):
    """With the reason, where screening could compare nothing (`unscreened`)."""

    unscreened_reason = TextAreaField(
        label=_("Why you approve although no name was compared"),
        help_text=_("Only vetting officers read it, among the observations on the profile."),
        error_messages={"required": REASON_MISSING},
        max_length=1000,
        rows=2,
    )
    note = NoteField(required=False)

    def __init__(self, *args: Any, unscreened: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unscreened:
            del self.fields["unscreened_reason"]


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=RefusalReason, widget=forms.RadioSelect)
    note = NoteField(error_messages={"required": _("Explain the decision to the applicant.")})


class ReturnForm(RequestsForm):
    text_missing = _("Describe what the applicant should change.")
    none_chosen = _("Choose at least one answer, and describe what the applicant should change.")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fields_of(application.kind):
            label = str(label_of(name, application.kind))
            text = forms.CharField(
                label=_("What the applicant should do about “%(answer)s”") % {"answer": label},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )
            self.add_request(name, label, text)
        self.fields["note"] = NoteField(required=False)


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
    holder = HolderFilter()
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

    def waiting(self, items: QuerySet[WorkItem], _name: str, days: str) -> QuerySet[WorkItem]:
        return items.filter(since__lte=now() - timedelta(days=int(days)))


# -----------------------------------------------------------------------------------------------------
# What the desk fills in while it judges: the checklist and its questions, flags, a reconsideration.


class ChecklistForm(forms.Form):
    """A yes or no and a comment for every question. What is still blank can be answered another time."""

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, checklist: Checklist, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checklist = checklist
        for item in checklist.items:
            question, given = item.question, item.answer
            answer = forms.ChoiceField(
                label=question.label,
                choices=ChecklistReply,
                required=False,
                widget=forms.RadioSelect,
                initial=given.answer if given else None,
                help_text=_help_on(item),
            )
            answer.one_of = True  # type: ignore[attr-defined]  # not "optional": an approval needs it
            self.fields[f"answer_{question.pk}"] = answer
            self.fields[f"comment_{question.pk}"] = TextAreaField(
                label=_("Comment on “%(question)s”") % {"question": question.label},
                required=False,
                max_length=1000,
                rows=2,
                initial=given.comment if given else "",
            )

    def rows(self) -> list[tuple[ChecklistItem, forms.BoundField, forms.BoundField]]:
        return [
            (item, self[f"answer_{item.question.pk}"], self[f"comment_{item.question.pk}"])
            for item in self.checklist.items
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for item in self.checklist.items:
            pk = item.question.pk
            if cleaned.get(f"comment_{pk}") and not cleaned.get(f"answer_{pk}"):
                self.add_error(f"answer_{pk}", _("Answer yes or no."))
        if not self.errors and not self.answers():
            raise ValidationError(_("Answer at least one question."))
        return cleaned

    def answers(self) -> dict[int, GivenAnswer]:
        cleaned = self.cleaned_data
        ids = [item.question.pk for item in self.checklist.items]
        return {
            pk: GivenAnswer(cleaned[f"answer_{pk}"], cleaned.get(f"comment_{pk}", ""))
            for pk in ids
            if cleaned.get(f"answer_{pk}")
        }


def _help_on(item: ChecklistItem) -> str:
    """Return which answer blocks, and who answered when."""
    sentences = []
    if item.question.blocking_answer:
        answer = item.question.get_blocking_answer_display()
        sentences.append(gettext("“%(answer)s” blocks an approval.") % {"answer": answer})
    if given := item.answer:
        by = str(given.by) if given.by else gettext("A former user")
        values = {"name": by, "date": date_format(given.at, "DATE_FORMAT")}
        sentences.append(gettext("Answered by %(name)s on %(date)s.") % values)
    return format_html("{}", " ".join(sentences))


class FlagForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=FlagKind, widget=forms.RadioSelect, initial=FlagKind.OBSERVATION
    )
    text = TextAreaField(
        label=_("What you noticed"),
        max_length=2000,
        help_text=_("Only for vetting officers. The stakeholder never sees it."),
        error_messages={"required": _("Describe what you noticed.")},
    )


class WithdrawFlagForm(forms.Form):
    reason = TextAreaField(
        label=_("Why it is withdrawn"),
        max_length=1000,
        error_messages={"required": _("Give the reason for the withdrawal.")},
    )


class ReconsiderForm(forms.Form):
    """The desk's decision on a request."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a reconsideration", "Outcome"), choices=Outcome, widget=forms.RadioSelect
    )
    note = NoteField(error_messages={"required": _("Explain the decision to the applicant.")})


class AskAgainForm(forms.Form):
    """The applicant's request."""

    reason = TextAreaField(
        label=_("Why should the decision be looked at again?"),
        max_length=3000,
        rows=8,
        help_text=_("Describe what the decision overlooked or misunderstood. You can ask once."),
        error_messages={"required": _("Give the reason for a reconsideration.")},
    )


class QuestionForm(forms.ModelForm):
    class Meta:
        model = ChecklistQuestion
        fields = ["code", "text", "blocking_answer", "order", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["dir"] = "auto"
        choices = [("", pgettext_lazy("answer that blocks", "None")), *ChecklistReply.choices]
        self.fields["blocking_answer"] = forms.ChoiceField(
            label=_("Answer that blocks an approval"), choices=choices, required=False
        )
        if self.instance.pk:
            del self.fields["code"]


def question_forms(data: Any = None) -> "BaseModelFormSet[ChecklistQuestion, QuestionForm]":
    """Return a form for each question, also those out of use, and an empty one for a new question."""
    formset_class = modelformset_factory(ChecklistQuestion, form=QuestionForm, extra=1, can_delete=False)
    return formset_class(data, queryset=ChecklistQuestion.objects.order_by("order", "pk"), prefix="questions")
