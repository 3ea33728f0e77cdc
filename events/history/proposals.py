"""What happened to proposals for meetings, as sentences."""

from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from events.models import EligibilityQuestion
from stakeholders.hooks import sentences_of
from taxonomy.curation.wiring import KINDS

# The list is edited by the same act as those of taxonomy.
KINDS[EligibilityQuestion._meta.label_lower] = EligibilityQuestion._meta.verbose_name
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
for _name, _text in (
    ("allow_second", _("%(actor)s allowed a second proposal of this organization")),
    ("speaker_asked", _("%(actor)s asked a speaker by mail")),
    ("speaker_confirmed", _("A speaker confirmed")),
    ("speaker_declined", _("A speaker answered that they will not speak")),
    ("merge_suggested", _("%(actor)s suggested to merge the proposal with another")),
    ("merge_agreed", _("%(actor)s agreed to merge the proposals")),
    ("merge_refused", _("%(actor)s did not agree to merge the proposals")),
    ("merge_dropped", _("%(actor)s took back the suggestion to merge")),
    ("joined_by", _("Another proposal was merged into this one")),
):
    sentence(f"events.proposal.{_name}", _text, audience=Audience.SUBJECT)
# What reviewers do among themselves; its people never read of it.
for _name, _text in (
    ("assign", _("%(actor)s gave the review to a colleague")),
    ("check", _("%(actor)s held the proposal against the questions of eligibility")),
    ("comment", _("%(actor)s wrote a comment for the desk")),
    ("draft_decision", _("%(actor)s drafted a decision")),
    ("discard_decision", _("%(actor)s threw a drafted decision away")),
):
    sentence(f"events.proposal.{_name}", _text)
sentence("events.proposalround.set_up", _("%(actor)s set up the round of proposals (%(fields)s)"))
sentence("events.proposalround.erase", _("%(number)s sensitive answers were erased after the event"))
sentence("events.proposalround.areas", _("%(actor)s said who reviews what"))
sentence("events.trustedproposer.give", _("%(actor)s let a proposer pass without the checklist"))
sentence("events.trustedproposer.end", _("%(actor)s ended the trust in a proposer"))
sentences_of("events.proposal")
