"""What somebody says is wrong, and what those who moderate answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import VisitorForm
from core.text import clean_block
from stakeholders.contact.forms import PlainTextField
from stakeholders.moderation.enums import Deed, MessageWhat, Why
from stakeholders.moderation.queries import ANSWERED, OPEN


class TextField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class ReportForm(VisitorForm):
    """`choices`: what can be wrong with this kind of thing."""

    what = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    text = TextField(
        label=_("In your words"),
        help_text=_(
            "Describe exactly what is wrong, and how it can be verified: a web page, a document, a date."
        ),
        error_messages={"required": _("Describe in a sentence or two what is wrong.")},
    )
    field_order = ("what", "text", "address")

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    answer = TextField(
        label=_("Reply to the person who reported it"),
        required=False,
        help_text=_("It is sent with the outcome. Please write it in the language that is named above."),
    )
    note = TextField(
        label=_("Note for the WhatsOn team"), required=False, help_text=_("Only vetting officers read it.")
    )

    def __init__(self, *args: Any, outcomes: Any, wants_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        if not wants_answer:
            del self.fields["answer"]


class DecideForm(forms.Form):
    """What is done with what was reported: one report on its page, many from the queue."""

    deed = forms.ChoiceField(
        label=_("What to do"),
        choices=Deed,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to do.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Why.choices],
        required=False,
        help_text=_("For hiding and taking down."),
    )
    note = TextField(
        label=_("Note to its owner"),
        required=False,
        help_text=_("For hiding and taking down. Where a notice stays in its place, everybody reads it."),
    )
    answer = TextField(
        label=_("Reply to the person who reported it"),
        required=False,
        help_text=_("It is sent with the outcome. It does not disclose who else reported it."),
    )

    def __init__(self, *args: Any, deeds: Any = Deed.values, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["deed"]
        field.choices = [choice for choice in Deed.choices if choice[0] in deeds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("deed") in (Deed.HIDE, Deed.REMOVE):
            if not cleaned.get("reason"):
                self.add_error("reason", _("Choose the reason."))
            if "note" in cleaned and not cleaned["note"]:
                self.add_error("note", _("Explain the decision to the owners of the content."))
        return cleaned


class Numbers(forms.TypedMultipleChoiceField):
    """Ids. Which of them are the reader's is asked by the act: one may have been answered meanwhile."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=[], **kwargs)

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdecimal() and len(str(value)) < 16


class BulkForm(DecideForm):
    """The same for the reports that are ticked in the queue."""

    chosen = Numbers(label=_("Reports"), error_messages={"required": _("Choose at least one report.")})

    @property
    def ticked(self) -> list[str]:
        """As they were sent, so that no tick is lost."""
        return self.data.getlist("chosen") if self.is_bound else []  # type: ignore[attr-defined]


class StateForm(forms.Form):
    """Which reports the list shows."""

    state = forms.ChoiceField(
        required=False,
        choices=[
            (OPEN, pgettext_lazy("reports", "Waiting")),
            (ANSWERED, pgettext_lazy("reports", "Answered")),
        ],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]  # type: ignore[attr-defined]


class ReportMessageForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=MessageWhat,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    text = PlainTextField(
        label=_("In your words"),
        max_length=2000,
        error_messages={"required": _("Describe in a sentence or two what is wrong.")},
        help_text=_("Vetting officers of the WhatsOn team then read this conversation."),
    )
