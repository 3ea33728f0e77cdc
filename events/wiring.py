"""What becomes of a person's part in events when the account is deleted."""

from django.utils.translation import gettext_lazy as _

from accounts.hooks import declare_erased, declare_kept
from events.demo import load_demo_calendar
from events.demo_programme import load_demo_programme
from events.demo_proposals import load_demo_proposals
from stakeholders.hooks import demo_parts

declare_kept(
    _("Proposals for meetings and events, which stay their stakeholder's"),
    "events.event.written_by",
    "events.proposal.author",
    "events.proposal.authorized_by",
    "events.partner.invited_by",
    "events.partner.answered_by",
    "events.merger.agreed_by",
    "events.merger.into_agreed_by",
)
declare_kept(
    _("Registrations for events, without your name; what you answered is erased"), "events.registration.user"
)
declare_kept(
    _("Work done for the desk and for delegations"),
    "events.attendance.written_by",
    "events.registration.registered_by",
    "events.registration.counted_by",
    "events.invited.added_by",
    "events.deskcomment.by",
    "events.eligibilityanswer.by",
    "events.marksheet.by",
    "events.merger.proposed_by",
    "events.trustedproposer.given_by",
    "events.trustedproposer.ended_by",
)
declare_erased(_("Which proposals you review"), "events.reviewarea.reviewer")
declare_kept(
    _("The programme of an event, and the links of its meetings"),
    "events.placement.changed_by",
    "events.release.by",
    "events.meetinglink.added_by",
)
declare_kept(
    _("Reports of meetings, and the files that came with them"),
    "events.report.written_by",
    "events.reportfile.uploaded_by",
)
declare_erased(_("Meetings on your own agenda"), "events.star.user")

demo_parts.register("events.calendar", load_demo_calendar)

demo_parts.register("programme", load_demo_programme)

demo_parts.register("events.proposals", load_demo_proposals)
