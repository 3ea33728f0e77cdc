"""Forms of registration: the public one, one's own page, the delegation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from core.forms import PickMany
from events.registrations.enums import SEATS, AnswerKind, ShownTo
from events.registrations.models import RegistrationQuestion, RegistrationRules
from events.registrations.queries_seats import modes_of, stakeholders_for
from stakeholders.entries.forms import LineField
from stakeholders.entries.models import Stakeholder


def _field_of(question: RegistrationQuestion) -> forms.Field:
    attributes: dict[str, Any] = {
        "label": format_html("<bdi>{}</bdi>", question.text),
        "help_text": format_html("<bdi>{}</bdi>", question.help) if question.help else "",
        "required": question.is_required,
        "error_messages": {"required": _("Please answer this question.")},
    }
    match question.kind:
        case AnswerKind.TEXT:
            return forms.CharField(
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), max_length=4000, **attributes
            )
        case AnswerKind.YES_NO:
            options = [("yes", _("Yes")), ("no", _("No"))]
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **attributes)
        case AnswerKind.CHOICE:
            options = [("", "—"), *((choice, choice) for choice in question.choices)]
            return forms.ChoiceField(choices=options, **attributes)
        case _:
            return forms.CharField(
                max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}), **attributes
            )


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


class CertificateForm(forms.Form):
    code = LineField(
        label=gettext_lazy("Code of the certificate"),
        max_length=24,
        help_text=gettext_lazy("As printed on the certificate, such as WO-2026-7F3K-9QTX."),
        error_messages={"required": gettext_lazy("Please give the code.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).upper()


class RegisterForm(AnswersForm):
    stakeholder: Any = forms.ModelChoiceField(
        queryset=Stakeholder.objects.none(),
        required=False,
        label=gettext_lazy("On behalf of"),
        empty_label=gettext_lazy("Myself"),
        error_messages={"required": gettext_lazy("Please choose on whose behalf you register.")},
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How you take part"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how you take part.")},
    )
    shown = forms.ChoiceField(
        label=gettext_lazy("Who may see that you take part"),
        choices=ShownTo.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose who may see that you take part.")},
        initial=ShownTo.NOBODY,
        help_text=gettext_lazy("You can change this at any time on the page of your registration."),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("The organizers may use this information to run the event"),
        help_text=gettext_lazy("Required for a registration."),
        error_messages={
            "required": gettext_lazy("Please agree: the organizers need this information to run the event.")
        },
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
        label=gettext_lazy("Who may see that you take part"),
        choices=ShownTo.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose who may see that you take part.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "shown"])


class DelegationForm(forms.Form):
    mode = forms.ChoiceField(
        label=gettext_lazy("Format"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose the format.")},
    )
    people: Any = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Who is registered"),
        widget=PickMany,
        error_messages={"required": gettext_lazy("Please choose at least one person.")},
        help_text=gettext_lazy(
            "In the order of this list; if there are too few places, the last people wait."
        ),
    )

    def __init__(self, data: Any = None, *, rules: RegistrationRules, people: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = people
        modes = modes_of(rules.event)
        choices: Any = self.fields["mode"]
        choices.choices = [(code, label) for code, label in SEATS if code in modes]
        choices.initial = modes[0]
