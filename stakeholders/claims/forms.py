"""Asking to join, claiming an entry, and giving one an administrator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from core.text import clean_block, clean_line
from core.uploads import UploadField
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.forms import ROLE_CHOICES
from stakeholders.entries.own_domain import registered_parent


class WordsField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 1000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class JoinForm(forms.Form):
    message = WordsField(
        label=_("Your role in the organization"),
        help_text=_(
            "Its administrators read this with your name and your e-mail address. Give "
            "your position, and who knows you there."
        ),
        error_messages={"required": _("Describe in a sentence or two your role in the organization.")},
    )


class AcceptForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"), choices=ROLE_CHOICES, widget=forms.RadioSelect, initial=MemberRole.READER
    )


class DeclineForm(forms.Form):
    reason = WordsField(
        label=_("Reason"),
        help_text=_("The person reads it."),
        error_messages={"required": _("Give the reason, so that the person understands.")},
    )


class AddressForm(forms.Form):
    address = AddressField(
        label=_("Your address there"), widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"})
    )

    def __init__(self, *args: Any, site: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = registered_parent(site)
        if parent == site:
            text = _("An address that ends in @%(site)s. We send a code there.")
        else:
            text = _("An address that ends in @%(site)s or @%(parent)s. We send a code there.")
        self.fields["address"].help_text = text % {"site": site, "parent": parent}

    def clean_address(self) -> str:
        return self.cleaned_data["address"].lower()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=30,
        help_text=_("Eight letters and digits. It works once; after five wrong codes it is invalid."),
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class ClaimPaperForm(forms.Form):
    paper = UploadField(
        label=_("Document"),
        help_text=_(
            "PDF, PNG or JPEG, at most 10 MB. Only you and the vetting officers of the "
            "WhatsOn team can open it."
        ),
    )


class AnotherForm(forms.Form):
    """That the likely twins shown are other organizations."""

    why = forms.CharField(
        label=_("How it differs"),
        required=False,
        max_length=300,
        help_text=_("In a few words, for the WhatsOn team; for example another country or another field."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    shown = forms.TypedMultipleChoiceField(coerce=int, required=True, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, shown: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].choices = [(pk, pk) for pk in shown]  # type: ignore[attr-defined]
        self.fields["shown"].initial = shown

    def clean_why(self) -> str:
        return clean_line(self.cleaned_data["why"])


class AdministratorForm(forms.Form):
    address = AddressField(
        label=_("E-mail address of the person"),
        help_text=_("One that the person has confirmed in their account here."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    reason = WordsField(
        label=_("Reason"),
        help_text=_(
            "Why, and how you know that the person acts for the organization. The person and everybody who "
            "acts for it read this."
        ),
        error_messages={
            "required": _("Give the reason, and how you know that the person acts for the organization.")
        },
    )
