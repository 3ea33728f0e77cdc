"""Inviting a colleague, and giving a member another role."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from stakeholders.enums import MemberRole

ROLE_CHOICES = [
    (MemberRole.ADMIN, _("Administrator: changes the entry, invites and removes members")),
    (MemberRole.EDITOR, _("Editor: changes the entry")),
    (MemberRole.READER, _("Reader: sees what members see")),
]


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES, widget=forms.RadioSelect)


class InviteForm(RoleForm):
    address = AddressField(
        label=_("E-mail address of the colleague"),
        help_text=_("The invitation can be accepted only by the person who holds this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    field_order = ("address", "role", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"role": MemberRole.EDITOR, "language": get_language()})
        super().__init__(*args, **kwargs)

    def clean_address(self) -> str:
        return self.cleaned_data["address"].lower()
