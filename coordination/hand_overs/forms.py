"""What the desk fills in about a hand-over, and a regional focal point about their term."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.absences.forms import PersonField, day
from coordination.hand_overs.models import NOTE_LENGTH
from stakeholders.entries.forms import TextAreaField


class NotesForm(forms.Form):
    text = TextAreaField(
        label=_("Notes for deputies and for your successor"),
        max_length=NOTE_LENGTH,
        required=False,
        rows=10,
        help_text=_(
            "Read by you and the WhatsOn team; by a deputy during your absence; by your "
            "successor after a hand-over."
        ),
    )


class WhoForm(forms.Form):
    """The first step of a hand-over."""

    email = PersonField(
        label=_("E-mail address of the successor"),
        max_length=254,
        help_text=_("The address of their account here. They will need a second factor to work."),
        error_messages={"required": _("Give the address of the person's account.")},
    )
    starts_on = day(
        _("First day of the successor's term"),
        required=False,
        help_text=_("Leave it empty to hand over at once, as soon as you confirm."),
    )
    ends_on = day(_("Last day of the successor's term"), error_messages={"required": _("Give the last day.")})


class WhatForm(forms.Form):
    """The second step."""

    note = TextAreaField(
        label=_("Note to the successor"),
        max_length=NOTE_LENGTH,
        required=False,
        rows=8,
        help_text=_(
            "In addition to the notes of the person who leaves. The WhatsOn team and the successor read it."
        ),
    )
    introduces = forms.BooleanField(
        label=_("Introduce the successor to the stakeholders of the region by e-mail"),
        required=False,
        help_text=_(
            "Sent to the administrators of active profiles that accept messages. It names both people."
        ),
    )
