"""The look of an invitation's state, why a State account ended, and by which invitation somebody came."""

from typing import Any

from django import template

from stakeholders.enums.invited import StateEnd
from stakeholders.models import Application, DeskInvitation, addresses_of
from stakeholders.queries.invited import desk_invitations_to, invitation_of
from stakeholders.queries.states import state_invitations_to, states_of
from taxonomy.models import Country

register = template.Library()


@register.filter
def invited_kind(state: str) -> str:
    """Which badge it gets."""
    return {
        "approved": "done",
        "bounced": "refused",
        "sent": "waiting",
        "begun": "info",
        "invited": "info",
    }.get(state, "quiet")


@register.filter
def state_end(code: str) -> str:
    """A coded reason in the language in use; an unknown code as it is."""
    return str(dict(StateEnd.choices).get(code, code))


@register.simple_tag
def came_by(application: Application) -> DeskInvitation | None:
    return invitation_of(application.pk)


@register.simple_tag
def desk_invites(user: object) -> dict[str, list[Any]]:
    """What the desk invites the person to."""
    addresses = addresses_of(user)
    return {
        "to_register": desk_invitations_to(addresses),
        "for_states": state_invitations_to(addresses),
    }


@register.simple_tag
def acts_for_states(user: object) -> list[Country]:
    return states_of(user)
