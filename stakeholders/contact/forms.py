"""What a person writes to a stakeholder, and what its people choose about that."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean_block, clean_line
from stakeholders.contact.models import SUBJECT_LENGTH, TEXT_LENGTH
from stakeholders.entries.enums import ContactFrom


class PlainTextField(forms.CharField):
    """Several lines without controls, or marks that turn the direction of what follows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", TEXT_LENGTH)
        kwargs.setdefault("label", _("Your message"))
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 8, "dir": "auto"}))
        kwargs.setdefault("error_messages", {"required": _("Write your message.")})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class SubjectField(forms.CharField):
    """One line, whatever was put into it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What it is about"),
            max_length=SUBJECT_LENGTH,
            error_messages={"required": _("Describe what it is about.")},
            widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        )

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class WriteForm(forms.Form):
    subject = SubjectField()
    text = PlainTextField(help_text=_("Plain text. Links arrive as text and cannot be clicked."))
    shows_address = forms.BooleanField(
        label=_("Show my e-mail address to them"),
        required=False,
        help_text=_("Otherwise they see your name only, and answer through the portal."),
    )


class AnswerForm(forms.Form):
    text = PlainTextField()


class ContactForm(forms.Form):
    contact_from = forms.ChoiceField(
        label=_("Who may write to you through the portal?"),
        choices=ContactFrom,
        widget=forms.RadioSelect,
        help_text=_(
            "Administrators and editors receive each message by e-mail. Your addresses are not shown."
        ),
    )
