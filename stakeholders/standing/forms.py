"""What the desk and an entry's people fill in about its standing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.entries.enums import StandingReason
from stakeholders.entries.forms import NoteField


class StandingNoteField(NoteField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Note to the people of the profile"),
            help_text=_("Everybody who acts for the profile reads it, in the e-mail that follows."),
            error_messages={"required": _("Explain the decision to the people of the profile.")},
        )


class LiftForm(forms.Form):
    note = StandingNoteField()


class ReasonedForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=StandingReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    note = StandingNoteField()


class ConfirmForm(forms.Form):
    """The entry as the person was shown it, by the moment of its last change."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)
