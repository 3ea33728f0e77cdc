"""What somebody tells the desk about a review page, and what the desk answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VisitorForm
from reviews.mechanism.enums import CorrectionOutcome
from reviews.mechanism.forms import TextField


class CorrectionForm(VisitorForm):
    text = TextField(
        label=_("What is wrong or missing?"),
        help_text=_("The phase and the step, and what you know of it, with its date."),
        error_messages={"required": _("Describe in a sentence or two what is wrong or missing.")},
    )
    source = TextField(
        label=_("Where can the WhatsOn team verify it?"),
        rows=2,
        max_length=1000,
        help_text=_(
            "A web page, the symbol of a document, or a report of your own. Nothing changes without a source."
        ),
        error_messages={"required": _("Name a web page, a document or a report of your own.")},
    )
    field_order = ("text", "source", "address")


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=CorrectionOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    answer = TextField(
        label=_("Answer to who sent it"),
        required=False,
        help_text=_("It is sent with the outcome. Please write it in the language that is named above."),
    )

    def __init__(self, *args: Any, wants_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not wants_answer:
            del self.fields["answer"]
