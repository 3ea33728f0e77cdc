"""The desk's forms of registration: rules, questions, quotas, reminders, invitations, decisions."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.forms import can_be_written_to
from core.local_times import ClosingField
from events.registrations.enums import AnswerKind, QuotaPer, RefusedFor
from events.registrations.models import (
    Quota,
    Registration,
    RegistrationQuerySet,
    RegistrationQuestion,
    RegistrationRules,
    Reminder,
)
from events.registrations.queries_seats import modes_of
from stakeholders.entries.enums import Kind

MOST_INVITED = 2000
LONGEST_WAIT = timedelta(days=2)  # of a check-in in a browser without a line


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
            "gives_certificate",
            "retention_days",
            "guidance",
            "accreditation_url",
        )
        field_classes = {"closes_at": ClosingField}
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
        self.fields["opens_at"].help_text += " " + _("Leave blank to keep registration closed.")


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
            raise ValidationError(
                _("A quota per stakeholder applies to every stakeholder: leave this empty.")
            )
        return code


class ReminderForm(forms.ModelForm):
    class Meta:
        model = Reminder
        fields = ("days", "hour", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


def lines_of(model: Any, form: Any) -> Any:
    """Return a formset that needs no script: the existing rows, and three empty ones."""
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
        help_text=gettext_lazy("One per line. People who are on the list already get no second e-mail."),
    )

    def clean_addresses(self) -> list[str]:
        addresses = [
            line.strip().lower() for line in self.cleaned_data["addresses"].splitlines() if line.strip()
        ]
        wrong = []
        for address in addresses:
            try:
                validate_email(address)
                can_be_written_to(address)
            except ValidationError:
                wrong.append(address)
        if wrong:
            raise ValidationError(
                _("These are not valid e-mail addresses: %(wrong)s") % {"wrong": ", ".join(wrong[:5])},
                code="address",
            )
        if len(addresses) > MOST_INVITED:
            raise ValidationError(_("At most %(most)s addresses at once.") % {"most": MOST_INVITED})
        return list(dict.fromkeys(addresses))


class ChangeForm(forms.Form):
    """The desk's decision on changed answers; `seen` is the stamp of what it saw."""

    seen = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=pgettext_lazy("with a reason", "Note to the person"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Required if the change is not approved; the person reads it."),
    )


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", "—"), *RefusedFor.choices],
        help_text=gettext_lazy("The person is informed."),
    )
    note = forms.CharField(
        label=pgettext_lazy("with a reason", "Note to the person"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CheckInForm(forms.Form):
    """Who came: a registration of the list, or the code of a ticket; and when, where a browser kept it."""

    registration = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    code = forms.CharField(required=False, max_length=24)
    seconds_ago = forms.IntegerField(required=False)
    undo = forms.BooleanField(required=False)
    back = forms.CharField(required=False)

    def clean_seconds_ago(self) -> timedelta:
        """Return how long ago the person came; no clock of a browser leads to the future or far back."""
        seconds = self.cleaned_data["seconds_ago"] or 0
        return timedelta(seconds=min(max(seconds, 0), LONGEST_WAIT.total_seconds()))

    def registration_of(self, rows: RegistrationQuerySet) -> Registration | None:
        """Return which of the rows is meant, or None."""
        if not self.is_valid():
            return None
        number, code = self.cleaned_data["registration"], self.cleaned_data["code"]
        return rows.filter(pk=number).first() if number else rows.filter(code=code).first()
