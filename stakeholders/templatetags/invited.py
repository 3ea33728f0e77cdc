"""The look of an invitation's state, why a State account ended, and by which invitation somebody came."""

from django import template

from stakeholders.applications.models import Application
from stakeholders.invitations.models import DeskInvitation
from stakeholders.invitations.queries import invitation_of
from stakeholders.state_accounts.enums import StateEnd

register = template.Library()


@register.filter
def invited_kind(state: str) -> str:
    """Return the badge of an invitation's status."""
    return {
        "approved": "done",
        "bounced": "refused",
        "sent": "waiting",
        "begun": "info",
        "invited": "info",
    }.get(state, "quiet")


@register.filter
def state_end(code: str) -> str:
    """Return a coded reason in the language in use; an unknown code as it is."""
    return str(dict(StateEnd.choices).get(code, code))


@register.simple_tag
def came_by(application: Application) -> DeskInvitation | None:
    return invitation_of(application.pk)
