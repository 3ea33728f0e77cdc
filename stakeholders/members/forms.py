"""Inviting a colleague, and giving a member another role."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.forms import ROLE_CHOICES, LineField


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES, widget=forms.RadioSelect)


class ShownForm(forms.Form):
    is_shown = forms.BooleanField(
        label=_("Show my name on the profile"),
        required=False,
        help_text=_("Everybody who sees the profile then reads your name. Your address is never shown."),
    )
    position = LineField(
        label=_("Your position"),
        max_length=120,
        required=False,
        help_text=_("Such as programme director; in any language."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization-title"}),
    )


class InviteForm(RoleForm):
    address = AddressField(
        label=_("E-mail address of the colleague"),
        help_text=_("The invitation can be accepted only by the owner of this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)
    field_order = ("address", "role", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"role": MemberRole.EDITOR, "language": get_language()})
        super().__init__(*args, **kwargs)

    def clean_address(self) -> str:
        return self.cleaned_data["address"].lower()
