"""What the desk fills in while it judges: the checklist and its questions, flags, a reconsideration."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseModelFormSet, modelformset_factory
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.text import clean_block
from stakeholders.actions.checklist import Answered
from stakeholders.enums import FlagKind, Outcome, Said
from stakeholders.forms.vetting import NoteField
from stakeholders.models import ChecklistQuestion
from stakeholders.queries.checklist import Checklist, Item


class BlockField(forms.CharField):
    """A text of several lines, cleaned."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class ChecklistForm(forms.Form):
    """A yes or no and a comment for every question. What is still blank can be answered another time."""

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, checklist: Checklist, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checklist = checklist
        for item in checklist.items:
            question, given = item.question, item.answer
            answer = forms.ChoiceField(
                label=question.said,
                choices=Said,
                required=False,
                widget=forms.RadioSelect,
                initial=given.answer if given else None,
                help_text=_help_on(item),
            )
            answer.one_of = True  # type: ignore[attr-defined]  # not "optional": an approval needs it
            self.fields[f"answer_{question.pk}"] = answer
            self.fields[f"comment_{question.pk}"] = BlockField(
                label=_("Comment on “%(question)s”") % {"question": question.said},
                required=False,
                max_length=1000,
                rows=2,
                initial=given.comment if given else "",
            )

    def rows(self) -> list[tuple[Item, forms.BoundField, forms.BoundField]]:
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

    def answers(self) -> dict[int, Answered]:
        said = self.cleaned_data
        ids = [item.question.pk for item in self.checklist.items]
        return {
            pk: Answered(said[f"answer_{pk}"], said.get(f"comment_{pk}", ""))
            for pk in ids
            if said.get(f"answer_{pk}")
        }


def _help_on(item: Item) -> str:
    """Which answer blocks, and who answered when."""
    said = []
    if item.question.blocking_answer:
        answer = item.question.get_blocking_answer_display()
        said.append(gettext("“%(answer)s” blocks an approval.") % {"answer": answer})
    if given := item.answer:
        by = str(given.by) if given.by else gettext("A former user")
        values = {"name": by, "date": date_format(given.at, "DATE_FORMAT")}
        said.append(gettext("Answered by %(name)s on %(date)s.") % values)
    return format_html("{}", " ".join(said))


class FlagForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=FlagKind, widget=forms.RadioSelect, initial=FlagKind.OBSERVATION
    )
    text = BlockField(
        label=_("What you noticed"),
        max_length=2000,
        help_text=_("For those who vet alone. The stakeholder never sees it."),
        error_messages={"required": _("Say what you noticed.")},
    )


class WithdrawFlagForm(forms.Form):
    reason = BlockField(
        label=_("Why it is withdrawn"),
        max_length=1000,
        error_messages={"required": _("Say why it is withdrawn.")},
    )


class ReconsiderForm(forms.Form):
    """The desk's decision on a request."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a reconsideration", "Outcome"), choices=Outcome, widget=forms.RadioSelect
    )
    note = NoteField(error_messages={"required": _("Explain the decision to the applicant.")})


class AskAgainForm(forms.Form):
    """The applicant's request."""

    reason = BlockField(
        label=_("Why should the decision be looked at again?"),
        max_length=3000,
        rows=8,
        help_text=_("Say what the decision overlooked or misunderstood. You can ask once."),
        error_messages={"required": _("Say why the decision should be looked at again.")},
    )


class QuestionForm(forms.ModelForm):
    class Meta:
        model = ChecklistQuestion
        fields = ["code", "text", "blocking_answer", "order", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["dir"] = "auto"
        choices = [("", pgettext_lazy("answer that blocks", "None")), *Said.choices]
        self.fields["blocking_answer"] = forms.ChoiceField(
            label=_("Answer that blocks an approval"), choices=choices, required=False
        )
        if self.instance.pk:
            del self.fields["code"]


def question_forms(data: Any = None) -> "BaseModelFormSet[ChecklistQuestion, QuestionForm]":
    """Every question, those out of use too, and one empty form for a new one."""
    made = modelformset_factory(ChecklistQuestion, form=QuestionForm, extra=1, can_delete=False)
    return made(data, queryset=ChecklistQuestion.objects.order_by("order", "pk"), prefix="questions")
