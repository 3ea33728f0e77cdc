"""What somebody says about an entry, and what the desk answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import clean_block
from stakeholders.enums import ReportOutcome, ReportWhat
from stakeholders.enums.contact import MessageOutcome
from stakeholders.queries.reports import ANSWERED, OPEN


class TextField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class ReportForm(forms.Form):
    """Signed in, the answer goes to the account, and no address is asked for."""

    what = forms.ChoiceField(
        label=_("What is wrong?"), choices=ReportWhat, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )  # fmt: skip
    text = TextField(
        label=_("In your words"),
        help_text=_("What exactly is wrong, and how the desk can check it: a web page, a document, a date."),
        error_messages={"required": _("Say in a sentence or two what is wrong.")},
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Only if you want an answer. It is used for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # People do not see it; programs that fill in everything do.
    homepage = forms.CharField(required=False)

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["address"]
        self.fields["homepage"].widget.attrs.update({"tabindex": "-1", "autocomplete": "off"})

    @property
    def by_a_program(self) -> bool:
        return bool(self.data.get("homepage"))


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=ReportOutcome, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )  # fmt: skip
    answer = TextField(
        label=_("Answer to who reported it"),
        required=False,
        help_text=_("It is sent with the outcome. Please write it in the language that is named above."),
    )
    note = TextField(label=_("Note for the desk"), required=False, help_text=_("Stays with those who vet."))

    def __init__(self, *args: Any, wants_answer: bool, about_messages: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if about_messages:
            outcome: Any = self.fields["outcome"]
            abuse = [one for one in ReportOutcome.choices if one[0] == ReportOutcome.ABUSE]
            outcome.choices = [*MessageOutcome.choices, *abuse]
        if not wants_answer:
            del self.fields["answer"]


class StateForm(forms.Form):
    """Which reports the list shows."""

    state = forms.ChoiceField(
        required=False,
        choices=[
            (OPEN, pgettext_lazy("reports", "Waiting")),
            (ANSWERED, pgettext_lazy("reports", "Answered")),
        ],
    )
