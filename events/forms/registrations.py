"""Forms of registration: the public one, one's own page, the delegation, and the desk's."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.people.models import User
from core.forms import can_be_written_to
from events.enums import SEATS, AnswerKind, QuotaPer, RefusedFor, Shown
from events.models import Quota, RegistrationQuestion, RegistrationRules, Reminder
from events.queries.seats import modes_of, stakeholders_for
from stakeholders.entries.enums import Kind
from stakeholders.entries.models import Stakeholder

MOST_INVITED = 2000


def _field_of(question: RegistrationQuestion) -> forms.Field:
    said: dict[str, Any] = {
        "label": question.text,
        "help_text": question.help,
        "required": question.is_required,
    }
    match question.kind:
        case AnswerKind.TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **said)
        case AnswerKind.YES_NO:
            options = [("yes", _("Yes")), ("no", _("No"))]
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **said)
        case AnswerKind.CHOICE:
            options = [("", "—"), *((one, one) for one in question.choices)]
            return forms.ChoiceField(choices=options, **said)
        case _:
            return forms.CharField(max_length=300, **said)


class AnswersForm(forms.Form):
    """A field for each question that is asked now."""

    def __init__(self, data: Any = None, *, questions: Iterable[RegistrationQuestion], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for question in questions:
            self.fields[f"question_{question.pk}"] = _field_of(question)

    @property
    def answers(self) -> dict[int, str]:
        return {
            int(name.removeprefix("question_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("question_")
        }


class RegisterForm(AnswersForm):
    stakeholder: Any = forms.ModelChoiceField(
        queryset=Stakeholder.objects.none(),
        required=False,
        label=gettext_lazy("You take part for"),
        empty_label=gettext_lazy("Myself"),
    )
    mode = forms.ChoiceField(label=gettext_lazy("How you take part"), widget=forms.RadioSelect)
    shown = forms.ChoiceField(
        label=gettext_lazy("Who may see that you take part"),
        choices=Shown.choices,
        widget=forms.RadioSelect,
        initial=Shown.NOBODY,
        help_text=gettext_lazy("You can change this at any time on the page of your registration."),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Those who run the event may use what I give here to run it")
    )

    def __init__(self, data: Any = None, *, rules: RegistrationRules, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["stakeholder"]
        field.queryset = stakeholders_for(user)
        if rules.needs_stakeholder:
            field.required, field.empty_label = True, "—"
        modes = modes_of(rules.event)
        choices: Any = self.fields["mode"]
        choices.choices = [(code, label) for code, label in SEATS if code in modes]
        if len(modes) == 1:
            choices.widget, choices.initial = forms.HiddenInput(), modes[0]
            choices.required = False
        self._only_mode = modes[0] if len(modes) == 1 else ""
        self.order_fields(
            [
                "stakeholder",
                "mode",
                *(name for name in self.fields if name.startswith("question_")),
                "shown",
                "agreed",
            ]
        )

    def clean_mode(self) -> str:
        return self.cleaned_data["mode"] or self._only_mode


class OwnForm(AnswersForm):
    shown = forms.ChoiceField(
        label=gettext_lazy("Who may see that you take part"), choices=Shown.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "shown"])


class DelegationForm(forms.Form):
    mode = forms.ChoiceField(label=gettext_lazy("How they take part"), widget=forms.RadioSelect)
    people: Any = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Who is registered"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("In the order of this list; the last ones wait where places are few."),
    )

    def __init__(self, data: Any = None, *, rules: RegistrationRules, people: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = people
        modes = modes_of(rules.event)
        choices: Any = self.fields["mode"]
        choices.choices = [(code, label) for code, label in SEATS if code in modes]
        choices.initial = modes[0]


# --- The desk ---------------------------------------------------------------------------------------------
class RulesForm(forms.ModelForm):
    class Meta:
        model = RegistrationRules
        fields = (
            "admission",
            "opens_at",
            "closes_at",
            "seats_in_person",
            "seats_online",
            "has_waiting_list",
            "offer_hours",
            "needs_stakeholder",
            "edits_renew",
            "retention_days",
            "guidance",
            "accreditation_url",
        )
        widgets = {
            "admission": forms.RadioSelect,
            "opens_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "guidance": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modes = modes_of(self.instance.event)
        if "in_person" not in modes:
            del self.fields["seats_in_person"]
        if "online" not in modes:
            del self.fields["seats_online"]
        for name in ("opens_at", "closes_at"):
            self.fields[name].help_text = _("By the clock of the event (%(zone)s).") % {
                "zone": self.instance.event.zone
            }
        self.fields["opens_at"].help_text += " " + _("Empty: nobody can register.")


class QuestionForm(forms.ModelForm):
    class Meta:
        model = RegistrationQuestion
        fields = ("position", "text", "help", "kind", "options", "stage", "is_required", "is_sensitive")
        widgets = {"options": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("DELETE"):
            if self.instance.pk and self.instance.answers.exists():
                self.add_error("text", _("People have answered this already; it cannot be taken away."))
            return cleaned
        options = [line for line in (cleaned.get("options") or "").splitlines() if line.strip()]
        if cleaned.get("kind") == AnswerKind.CHOICE and len(options) < 2:
            self.add_error("options", _("Give at least two answers to choose from."))
        return cleaned


class QuotaForm(forms.ModelForm):
    class Meta:
        model = Quota
        fields = ("per", "code", "most")

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        per = self.cleaned_data.get("per")
        if not code:
            return ""
        if per == QuotaPer.KIND and code not in Kind.values:
            raise ValidationError(
                _("Kinds are: %(kinds)s. Empty means each of them.") % {"kinds": ", ".join(Kind.values)}
            )
        if per == QuotaPer.REGION and not (len(code) == 3 and code.isdecimal()):
            raise ValidationError(_("Give the M49 code of the region, as 002 for Africa; empty means each."))
        if per == QuotaPer.STAKEHOLDER:
            raise ValidationError(_("A quota for stakeholders holds for each of them: leave this empty."))
        return code


class ReminderForm(forms.ModelForm):
    class Meta:
        model = Reminder
        fields = ("days", "hour", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


def lines_of(model: Any, form: Any) -> Any:
    """A formset that needs no script: what is there, and three empty lines."""
    return forms.inlineformset_factory(
        RegistrationRules, model, form=form, extra=3, can_delete=True, can_delete_extra=False
    )


FORMSETS = {
    "questions": lines_of(RegistrationQuestion, QuestionForm),
    "quotas": lines_of(Quota, QuotaForm),
    "reminders": lines_of(Reminder, ReminderForm),
}


class InviteForm(forms.Form):
    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One on each line. Those who are on the list already get no second mail."),
    )

    def clean_addresses(self) -> list[str]:
        found = [line.strip().lower() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        wrong = []
        for address in found:
            try:
                validate_email(address)
                can_be_written_to(address)
            except ValidationError:
                wrong.append(address)
        if wrong:
            raise ValidationError(
                _("These are no addresses: %(wrong)s") % {"wrong": ", ".join(wrong[:5])}, code="address"
            )
        if len(found) > MOST_INVITED:
            raise ValidationError(_("At most %(most)s addresses at once.") % {"most": MOST_INVITED})
        return list(dict.fromkeys(found))


class ChangeForm(forms.Form):
    """The desk's word on answers that a participant changed; `seen` is what it saw."""

    seen = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=pgettext_lazy("with a reason", "Note to the person"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed where the change is not approved: the person reads it."),
    )


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", "—"), *RefusedFor.choices],
        help_text=gettext_lazy("The person is told."),
    )
    note = forms.CharField(
        label=pgettext_lazy("with a reason", "Note to the person"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
