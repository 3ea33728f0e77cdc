"""What somebody writes to the team, and what the team answers."""

import re
from typing import Any

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.forms import VisitorForm
from portal.team_messages.enums import HINTS, MessageStatus, Purpose, Suspicion
from stakeholders.contact.forms import PlainTextField

LEAST_SECONDS = 3  # no person has read and filled in the form before
MOST_LINKS = 3  # of a visitor
_stamps = TimestampSigner(salt="portal.team_message")


def _explain(purpose: Purpose) -> SafeString:
    return format_html('<span>{}<br><span class="quiet">{}</span></span>', purpose.label, HINTS[purpose])


class TeamMessageForm(VisitorForm):
    """A message to the team. `opened` is when the page was made, signed."""

    purpose = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[(purpose.value, lazy(_explain, SafeString)(purpose)) for purpose in Purpose],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits best.")},
    )
    text = PlainTextField(
        help_text=_(
            "In any of the six languages. Please send no identity papers, passwords or one-time codes."
        )
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput, initial=lambda: _stamps.sign("page"))
    field_order = ("purpose", "text", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("address"):
            field.required = True
            field.help_text = _("The answer goes there. It is used for nothing else.")
            field.error_messages["required"] = _("Enter the address to which the answer should go.")

    @property
    def suspicion(self) -> str:
        """Why the message is to be held, or an empty text. Asked once the form is valid."""
        if self.by_a_program or not self._was_read():
            return Suspicion.PROGRAM
        links = len(re.findall(r"https?://|www\.", self.cleaned_data["text"], re.IGNORECASE))
        return Suspicion.LINKS if "address" in self.fields and links > MOST_LINKS else ""

    def _was_read(self) -> bool:
        """Return whether the page was made by the portal, and some seconds before it was sent."""
        try:
            _stamps.unsign(self.cleaned_data["opened"], max_age=LEAST_SECONDS)
        except SignatureExpired:
            return True
        except BadSignature:
            return False
        return False


class AnswerForm(forms.Form):
    text = PlainTextField(
        label=_("Your answer"),
        help_text=_("It is sent by e-mail in the name of the WhatsOn team, in the language named above."),
        error_messages={"required": _("Write the answer.")},
    )


class StatusForm(forms.Form):
    """Which messages the list shows."""

    status = forms.ChoiceField(required=False, choices=MessageStatus)
