"""What happened to proposals for meetings, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.registry import sentence

for _name, _text in (
    ("submit", _("%(actor)s sent the proposal")),
    ("revise", _("%(actor)s took the proposal back to correct it")),
    ("start", _("%(actor)s started the review")),
    ("ask", _("%(actor)s asked for completion")),
    ("complete", _("%(actor)s sent what was asked for")),
    ("accept", _("%(actor)s accepted the proposal")),
    ("decline", _("%(actor)s declined the proposal")),
    ("merge", _("%(actor)s merged the proposal into another")),
    ("withdraw", _("%(actor)s withdrew the proposal")),
    ("cancel", _("%(actor)s cancelled the meeting")),
    ("authorize", _("%(actor)s authorized the proposal for the organization")),
    ("invite", _("%(actor)s asked another stakeholder to organize together")),
    ("uninvite", _("%(actor)s took back the request to organize together")),
    ("join", _("%(actor)s confirmed to organize together")),
    ("unjoin", _("%(actor)s answered that their stakeholder does not organize")),
    ("late_change", _("%(actor)s changed the meeting after the closing (%(fields)s)")),
):
    sentence(f"events.proposal.{_name}", _text, audience=Audience.SUBJECT)
