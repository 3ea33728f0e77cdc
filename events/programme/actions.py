"""A person's own agenda, and the links of a meeting."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError
from events.meeting_reports.actions_library import suggest_to_library
from events.programme.models import MeetingLink, Star
from events.proposals.models import Proposal
from workflow.moves.actions import lock


def star(meeting: Proposal, *, user: User) -> None:
    """Put a public meeting on the person's agenda; a second call changes nothing."""
    if not Proposal.objects.visible_to(user).filter(pk=meeting.pk, public_at__isnull=False).exists():
        raise DomainError(_("This meeting is not in the programme."))
    Star.objects.get_or_create(user=user, proposal=meeting)


def unstar(meeting: Proposal, *, user: User) -> None:
    Star.objects.filter(user=user, proposal=meeting).delete()


def add_link(meeting: Proposal, *, actor: User, kind: str, title: str, url: str) -> MeetingLink:
    """Add a document, recording or report to a meeting that is public."""
    with transaction.atomic():
        meeting = lock(meeting, actor, "events.add_link_proposal", related=("event", "lead", "shown"))
        if not meeting.is_public:
            raise DomainError(_("A meeting has documents once the programme shows it."))
        link = MeetingLink.objects.create(proposal=meeting, kind=kind, title=title, url=url, added_by=actor)
        record(meeting, "events.proposal.add_link", actor=actor, kind=kind)
        suggest_to_library(
            meeting.event,
            meeting,
            kind=kind,
            title=title,
            url=url,
            about=meeting.summary,
            by=actor,
            language=meeting.language_id or meeting.event.language_id,
        )
    return link


def remove_link(link: MeetingLink, *, actor: User) -> None:
    with transaction.atomic():
        if not actor.has_perm("events.add_link_proposal", link.proposal):
            raise PermissionDenied
        if MeetingLink.objects.filter(pk=link.pk).delete()[0]:
            record(link.proposal, "events.proposal.remove_link", actor=actor, kind=link.kind)


for _name, _text in (
    ("add_link", gettext_lazy("%(actor)s added a document, recording or report")),
    ("remove_link", gettext_lazy("%(actor)s removed a document, recording or report")),
):
    sentence(f"events.proposal.{_name}", _text, audience=Audience.SUBJECT)
