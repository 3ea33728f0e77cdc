"""A person's own agenda: the meetings that they marked."""

from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError
from events.models import Proposal, Star


def star(meeting: Proposal, *, user: User) -> None:
    """Put a public meeting on the person's agenda; twice is once."""
    if not Proposal.objects.visible_to(user).filter(pk=meeting.pk, public_at__isnull=False).exists():
        raise DomainError(_("This meeting is not in the programme."))
    Star.objects.get_or_create(user=user, proposal=meeting)


def unstar(meeting: Proposal, *, user: User) -> None:
    Star.objects.filter(user=user, proposal=meeting).delete()
