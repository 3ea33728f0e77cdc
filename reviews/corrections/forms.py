"""What somebody tells the desk about a review page, and what the desk answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from reviews.mechanism.enums import CorrectionOutcome
from reviews.mechanism.forms import TextField


class CorrectionForm(forms.Form):
    """Signed in, the answer goes to the account, and no address is asked for."""

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
    address = AddressField(
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
