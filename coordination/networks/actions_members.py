"""How stakeholders come into a network, change their role there, and leave."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from coordination.networks.actions import lock_network
from coordination.networks.enums import MemberStatus, NetworkRole
from coordination.networks.models import Network, NetworkMember
from coordination.networks.models_parts import PlanStep
from coordination.networks.queries import coordinators_of
from coordination.networks.rules import leads
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block
from notifications.follows.actions import tell
from notifications.outbox.actions import notify_all
from stakeholders.entries.enums import Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import admins_of
from workflow.items.actions import close_items, close_items_of, open_item
from workflow.moves.actions import move

JOIN = "join_network"
DAY = 24 * 3600
# What moved it, and whom that is told: the people of the stakeholder, or those who run the network.
TELLS = {
    "accept": ("stakeholder", "coordination.network_accepted"),
    "decline": ("stakeholder", "coordination.network_declined"),
    "end": ("stakeholder", "coordination.network_ended"),
    "agree": ("network", "coordination.network_agreed"),
    "refuse": ("network", "coordination.network_refused"),
    "leave": ("network", "coordination.network_left"),
}


def ask_to_join(
    network: Network, stakeholder: Stakeholder, *, actor: User, role: str, why: str
) -> NetworkMember:
    """Ask for a stakeholder to join; its coordinators answer, or the desk where it has none."""
    if role == NetworkRole.COORDINATOR or not leads(actor, stakeholder.pk, standing=True):
        raise PermissionDenied
    with transaction.atomic():
        network = lock_network(network)
        if not network.is_going or not network.open_to_requests:
            raise WrongState(_("This network does not accept requests now."))
        spend("coordination.join", str(actor.pk), most=20, seconds=DAY)
        member = _create_member(network, stakeholder, MemberStatus.ASKED, role=role, why=why, actor=actor)
        record(member, "coordination.networkmember.ask", actor=actor)
        _tell(member, whom="network", kind="coordination.network_asked", note=member.why)
    return member


def invite(network: Network, stakeholder: Stakeholder, *, actor: User, role: str, why: str) -> NetworkMember:
    """Invite a stakeholder that a coordinator, or the desk, may find; its administrators answer."""
    with transaction.atomic():
        network = lock_network(network)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        if not network.is_going:
            raise WrongState(_("This network has ended."))
        invitee = Stakeholder.objects.visible_to(actor).filter(pk=stakeholder.pk).first()
        if invitee is None or invitee.status not in Status.TAKING_PART or not admins_of(invitee.pk).exists():
            raise _stakeholder_error(
                _(
                    "It has no administrators who could answer now. Choose an active stakeholder "
                    "from the list."
                )
            )
        spend("coordination.invite", str(network.pk), most=100, seconds=DAY)
        member = _create_member(network, invitee, MemberStatus.INVITED, role=role, why=why, actor=actor)
        record(member, "coordination.networkmember.invite", actor=actor)
        _tell(member, whom="stakeholder", kind="coordination.network_invited", note=member.why)
    return member


def act(member: NetworkMember, name: str, *, actor: User, note: str = "") -> NetworkMember:
    """Make a move of a membership, and tell the other side, and followers of what everybody may see."""
    with transaction.atomic():
        lock_network(member.network)
        rows = NetworkMember.objects.select_for_update(no_key=True, of=("self",))
        member = rows.select_related("network", "stakeholder").get(pk=member.pk)
        if member.status == MemberStatus.ASKED and name == "accept" and not member.network.is_going:
            raise WrongState(_("This network has ended."))
        note = clean_block(note)
        how: dict[str, Any] = {"joined_at": now()} if name in ("accept", "agree") else {}
        move(member, name, actor=actor, note=note, **how)
        close_items(member)  # every answer ends the waiting
        if name in TELLS:
            whom, kind = TELLS[name]
            _tell(member, whom=whom, kind=kind, note=note)
        if name in ("accept", "agree"):
            _tell_followers(member)
        if name in ("accept", "agree", "leave", "end"):
            DirectoryVersion.objects.bump()
    return member


def set_role(member: NetworkMember, role: str, *, actor: User) -> NetworkMember:
    with transaction.atomic():
        network = lock_network(member.network)
        member = NetworkMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        if member.status != MemberStatus.IN:
            raise WrongState(_("It is not in the network now."))
        if member.role != role:
            before, member.role, member.updated_at = member.role, NetworkRole(role), now()
            member.save(update_fields=["role", "updated_at"])
            record(
                member, "coordination.networkmember.role", actor=actor, before_role=before, after_role=role
            )
            _tell(member, whom="stakeholder", kind="coordination.network_role", note="")
            DirectoryVersion.objects.bump()
    return member


def follow_standing(stakeholders: list[Any], name: str) -> None:
    """End the memberships, requests and invitations of stakeholders that leave the portal."""
    if name != "withdraw":
        return
    rows = NetworkMember.objects.filter(
        stakeholder__in=[stakeholder.pk for stakeholder in stakeholders], status__in=MemberStatus.OPEN
    )
    waiting = list(rows.filter(status__in=MemberStatus.WAITING).values_list("pk", flat=True))
    close_items_of(NetworkMember, waiting)
    rows.filter(status=MemberStatus.IN).update(status=MemberStatus.LEFT, updated_at=now())
    rows.filter(status__in=MemberStatus.WAITING).update(status=MemberStatus.WITHDRAWN, updated_at=now())


def settle_for_merge(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Leave one membership for each network before two stakeholders become one: the one that binds more."""
    weight = {MemberStatus.IN: 2, MemberStatus.INVITED: 1, MemberStatus.ASKED: 0}
    both: dict[int, list[NetworkMember]] = {}
    rows = NetworkMember.objects.filter(stakeholder__in=(remaining.pk, gone.pk), status__in=MemberStatus.OPEN)
    for row in rows.select_for_update().order_by("pk"):
        both.setdefault(row.network_id, []).append(row)
    for pair in both.values():
        if len(pair) < 2:
            continue
        weaker = min(
            pair, key=lambda row: (weight[MemberStatus(row.status)], row.stakeholder_id == remaining.pk)
        )
        was_in = weaker.status == MemberStatus.IN
        weaker.status = MemberStatus.LEFT if was_in else MemberStatus.WITHDRAWN
        weaker.updated_at = now()
        weaker.save(update_fields=["status", "updated_at"])
        close_items(weaker)
    named = PlanStep.responsible.through.objects
    twice = named.filter(stakeholder=remaining).values("planstep")
    named.filter(stakeholder=gone, planstep__in=twice).delete()


# --- Parts of the acts --------------------------------------------------------------------------------
def _create_member(
    network: Network, stakeholder: Stakeholder, status: str, *, role: str, why: str, actor: User
) -> NetworkMember:
    member = NetworkMember(
        network=network,
        stakeholder=stakeholder,
        status=status,
        role=role,
        why=clean_block(why),
        asked_by=actor,
    )
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        existing = NetworkMember.objects.get(
            network=network, stakeholder=stakeholder, status__in=MemberStatus.OPEN
        )
        raise _stakeholder_error(_STANDS_ALREADY[existing.status]()) from None
    return member


_STANDS_ALREADY: dict[str, Any] = {
    MemberStatus.ASKED: lambda: _("It has asked to join, and awaits the answer."),
    MemberStatus.INVITED: lambda: _("It is invited, and its administrators have not answered yet."),
    MemberStatus.IN: lambda: _("It is in the network already."),
}


def _stakeholder_error(message: str) -> DomainError:
    return DomainError(message, fields={"stakeholder": message})


def _tell(member: NetworkMember, *, whom: str, kind: str, note: str) -> None:
    people: Iterable[User]
    if whom == "stakeholder":
        people = admins_of(member.stakeholder_id)
    else:
        people = list(coordinators_of(member.network))
        if not people:
            people = _curators()
            if kind == "coordination.network_asked":
                open_item(member, JOIN, waits_for=Role.CURATION)
    notify_all(
        people,
        kind,
        key=f"network-member:{member.pk}:{kind}:{now():%Y%m%d%H%M%S%f}",
        url_name="networks:membership",
        url_args=[member.pk],
        facts={
            "network": member.network.name,
            "name": member.stakeholder.name,
            "role": str(member.role),
            "note": note,
        },
        subject=member,
    )


def _curators() -> list[User]:
    return list(holders_of(Role.CURATION).order_by("pk"))


def _tell_followers(member: NetworkMember) -> None:
    tell(
        "coordination.network_joined",
        member,
        key=f"{member.pk}:{member.joined_at.isoformat() if member.joined_at else ''}",
        terms=[f"network:{member.network_id}", f"stakeholder:{member.stakeholder_id}"],
        url_name="networks:network",
        url_args=[member.network_id, member.network.slug],
        facts={"network": member.network.name, "name": member.stakeholder.name},
    )
