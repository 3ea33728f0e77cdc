"""What a speaker may put right while confirming."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.events.enums import Mode
from events.proposals.enums import SpeakerGender
from events.proposals.forms import erasure_note, text_line
from events.proposals.models import ProposalRound


class SpeakForm(forms.Form):
    """What a speaker may put right while confirming; `rules` say when the gender is erased."""

    def __init__(self, *args: Any, rules: ProposalRound | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gender = self.fields["gender"]
        if rules:
            gender.help_text = format_html("{} {}", gender.help_text, erasure_note("gender", rules))

    affiliation = text_line(_("Affiliation"), 200, help_text=_("As it should appear in the programme."))
    mode = forms.ChoiceField(
        label=_("How you take part"),
        required=False,
        widget=forms.RadioSelect,
        choices=((Mode.IN_PERSON.value, Mode.IN_PERSON.label), (Mode.ONLINE.value, Mode.ONLINE.label)),
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=(("", pgettext_lazy("gender", "Not stated")), *SpeakerGender.choices),
        help_text=_("Only if you like. It is counted, and never shown with your name."),
    )
