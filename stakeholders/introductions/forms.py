"""Asking for an introduction, the answers to it, and the days of the task."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.forms import AddressField
from stakeholders.contact.forms import PlainTextField
from stakeholders.entries.forms import LineField
from stakeholders.introductions.enums import LEAST_DAYS, MOST_DAYS, DeclineReason, Way
from stakeholders.introductions.models import BACKGROUND_LENGTH, PURPOSE_LENGTH


def note_field() -> PlainTextField:
    return PlainTextField(
        label=_("Note to the person who asked"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class IntroductionForm(forms.Form):
    background = LineField(
        label=_("Who you are"),
        max_length=BACKGROUND_LENGTH,
        help_text=_("Your work or studies, and for whom, in one line."),
        error_messages={"required": _("Describe in a few words who you are.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    purpose = PlainTextField(
        label=_("Why you want to reach the organization"),
        max_length=PURPOSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Describe why you want to reach the organization.")},
    )
    text = PlainTextField(
        label=_("Your message to the organization"),
        help_text=_("Plain text, in a language that the organization uses."),
    )
    agrees = forms.BooleanField(
        label=_("Pass on my name and my e-mail address with the message"),
        help_text=_("The organization answers you directly."),
        error_messages={"required": _("Without your agreement the introduction cannot be passed on.")},
    )


class PassOnForm(forms.Form):
    way = forms.ChoiceField(
        label=_("How did you pass it on?"),
        choices=Way,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you passed it on.")},
    )
    note = note_field()

    def __init__(self, *args: Any, through_portal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not through_portal:
            self.fields["way"].choices = [choice for choice in Way.choices if choice[0] != Way.PORTAL]  # type: ignore[attr-defined]


class ClaimInvitationForm(forms.Form):
    address = AddressField(
        label=_("Public e-mail address of the organization"),
        help_text=_("As the organization itself publishes it."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=DeclineReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    note = note_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == DeclineReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Give the reason in the note."))
        return cleaned


class TaskForm(forms.Form):
    days = forms.IntegerField(
        label=_("Answered within how many days?"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        initial=10,
        help_text=_("The profile names this number. What is not answered by then is closed."),
    )
