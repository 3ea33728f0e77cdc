"""What becomes of a person's part in events when the account is deleted."""

from django.utils.translation import gettext_lazy as _

from accounts.registry import erased, kept

kept(
    _("Proposals for meetings and events, which stay their stakeholder's"),
    "events.event.written_by",
    "events.proposal.author",
    "events.proposal.authorized_by",
    "events.partner.invited_by",
    "events.partner.answered_by",
)
kept(
    _("The programme of an event, and the links of its meetings"),
    "events.placement.changed_by",
    "events.release.by",
    "events.meetinglink.added_by",
)
erased(_("Meetings on your own agenda"), "events.star.user")
