"""Who runs networks, coordinates one, joins one, and moves the steps of its plans."""

from typing import Any

import rules

from accounts.people.enums import Role
from accounts.people.rules import has_role, is_visible
from coordination.networks.enums import MemberStatus, NetworkRole
from stakeholders.entries.enums import MemberRole, Status

runs_networks = has_role(Role.CURATION, Role.HEAD)


def takes_part(user: Any) -> bool:
    """Somebody with an account who is not here for a State."""
    return bool(user.is_authenticated and user.is_active and not user.has_role(Role.STATE))


@rules.predicate
def coordinates(user: Any, network: Any = None) -> bool:
    """Administrator or editor of a stakeholder that coordinates it."""
    return bool(
        network is not None
        and takes_part(user)
        and network.members.filter(
            status=MemberStatus.IN,
            role=NetworkRole.COORDINATOR,
            stakeholder__status__in=Status.TAKING_PART,
            stakeholder__memberships__user=user,
            stakeholder__memberships__role__in=MemberRole.WRITERS,
        ).exists()
    )


@rules.predicate
def is_going(_user: Any, network: Any = None) -> bool:
    return network is not None and network.ended_at is None


@rules.predicate
def runs_its(user: Any, obj: Any = None) -> bool:
    """Of a row of a network: coordinates that network, or runs all of them for the desk."""
    return obj is not None and user.has_perm("coordination.coordinate_network", obj.of_network)


def leads(user: Any, stakeholder_id: int, *, standing: bool) -> bool:
    if not takes_part(user):
        return False
    rows = user.memberships.filter(stakeholder_id=stakeholder_id, role=MemberRole.ADMIN)
    return bool((rows.filter(stakeholder__status__in=Status.TAKING_PART) if standing else rows).exists())


@rules.predicate
def leads_it(user: Any, member: Any = None) -> bool:
    return member is not None and leads(user, member.stakeholder_id, standing=True)


@rules.predicate
def belongs_to_it(user: Any, member: Any = None) -> bool:
    """However the stakeholder stands: one may always leave."""
    return member is not None and leads(user, member.stakeholder_id, standing=False)


@rules.predicate
def answers_for_it(user: Any, step: Any = None) -> bool:
    """Acts for a stakeholder that the plan names as responsible, while that belongs to the network."""
    return bool(
        step is not None
        and takes_part(user)
        and step.responsible.filter(
            status__in=Status.TAKING_PART,
            memberships__user=user,
            memberships__role__in=MemberRole.WRITERS,
            network_members__network=step.of_network,
            network_members__status=MemberStatus.IN,
        ).exists()
    )


rules.add_perm("coordination.run_networks", runs_networks)
rules.add_perm("coordination.view_network", is_visible)
rules.add_perm("coordination.coordinate_network", (coordinates & is_going) | runs_networks)
rules.add_perm("coordination.accept_networkmember", runs_its)
rules.add_perm("coordination.decline_networkmember", runs_its)
rules.add_perm("coordination.recall_networkmember", runs_its)
rules.add_perm("coordination.end_networkmember", runs_its)
rules.add_perm("coordination.agree_networkmember", leads_it)
rules.add_perm("coordination.refuse_networkmember", leads_it)
rules.add_perm("coordination.withdraw_networkmember", belongs_to_it)
rules.add_perm("coordination.leave_networkmember", belongs_to_it)
rules.add_perm("coordination.start_planstep", runs_its | answers_for_it)
rules.add_perm("coordination.finish_planstep", runs_its | answers_for_it)
rules.add_perm("coordination.drop_planstep", runs_its | answers_for_it)
rules.add_perm("coordination.resume_planstep", runs_its | answers_for_it)
rules.add_perm("coordination.suspend_network", runs_networks)
rules.add_perm("coordination.suspend_networkplan", runs_networks)
rules.add_perm("coordination.suspend_announcement", runs_networks)
rules.add_perm("coordination.restore_network", runs_networks)
rules.add_perm("coordination.restore_networkplan", runs_networks)
rules.add_perm("coordination.restore_announcement", runs_networks)
rules.add_perm("coordination.remove_network", runs_networks)
rules.add_perm("coordination.remove_networkplan", runs_networks)
rules.add_perm("coordination.remove_announcement", runs_networks)
