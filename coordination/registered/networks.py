"""Networks in the registries of the apps below."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import declare_kept
from accounts.people.enums import Role
from coordination.actions.network_members import follow_standing, settle_for_merge
from coordination.demo_networks import load_demo_networks
from coordination.enums.networks import StepStatus
from coordination.models import Announcement, NetworkMember, NetworkPlan, PlanStep
from coordination.queries import documents, work
from coordination.queries import networks as read
from notifications.hooks import Channel, kind, target
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody
from stakeholders.hooks import after_standing, before_merge, demo_parts, profile_panels
from taxonomy.hooks import Panel, country_panels
from workflow.hooks import after_move, desk_pages, desk_roles, my_work, parties_on
from workflow.items.actions import close_items

MEMBER = "coordination.networkmember"


def _moved(member: NetworkMember, _name: str, _decision: Any, _actor: Any) -> None:
    """Every answer ends the waiting."""
    close_items(member)


def _parties_on(member: NetworkMember) -> set[str]:
    """Nobody takes in what they belong to."""
    return {f"stakeholder:{member.stakeholder_id}", f"person:{member.asked_by_id}"} - {"person:None"}


after_move.register(MEMBER, _moved)
parties_on.register(MEMBER, _parties_on)
desk_pages.register(MEMBER, "networks:membership")
desk_roles.register(MEMBER, (Role.CURATION,))
after_standing.register("coordination.networks", follow_standing)
before_merge.register("coordination.networks", settle_for_merge)
register("coordination.network", read.documents, label=_("Network"))
register("coordination.networkplan", documents.plans, label=_("Plan of a network"))
register("coordination.periodreport", documents.reports, label=_("Report for a period"))
profile_panels.register("networks", Panel(15, (), read.of_stakeholder, "coordination/networks/_profile.html"))
country_panels.register(
    "networks", Panel(25, ("country",), read.in_country, "coordination/networks/_country.html")
)
demo_parts.register("coordination.networks", load_demo_networks)
my_work.register("coordination.networks", work.my_work)
declare_kept(
    _("Memberships, announcements and plans of networks, which stay the network's"),
    "coordination.networkmember.asked_by",
    "coordination.announcement.by",
    "coordination.networkdocument.added_by",
    "coordination.networkmeeting.added_by",
    "coordination.networkplan.written_by",
)
target(
    "network",
    label=_("Network"),
    labels=read.names_seen,
    path=read.path_of,
    brings=_("Who joins it, plans that everybody may read, and what of them is done."),
)


# --- What is told -----------------------------------------------------------------------------------------
def _seen_member(user: Any, pk: int | None) -> bool:
    return pk is not None and NetworkMember.objects.visible_to(user).filter(pk=pk).exists()


def _seen_announcement(user: Any, pk: int | None) -> bool:
    return pk is not None and Announcement.objects.visible_to(user).filter(pk=pk).exists()


YOURS = _("Your networks")
for _name, _label in (
    ("asked", _("A stakeholder asks to join your network")),
    ("agreed", _("A stakeholder accepted the invitation of your network")),
    ("refused", _("A stakeholder declined the invitation of your network")),
    ("left", _("A stakeholder left your network")),
    ("invited", _("You are invited into a network")),
    ("accepted", _("A network took you in")),
    ("declined", _("A network did not take you in")),
    ("ended", _("Your membership of a network has ended")),
    ("role", _("Your role in a network has changed")),
):
    kind(
        f"coordination.network_{_name}",
        label=_label,
        group=YOURS,
        essential=_name in ("invited", "accepted", "declined", "ended"),
        still_visible=_seen_member,
        seen=read.memberships_seen,
        concerns=acts_for_somebody,
    )
kind(
    "coordination.network_announcement",
    label=_("A coordinator of your network tells its members something"),
    group=YOURS,
    still_visible=_seen_announcement,
    seen=read.announcements_seen,
    concerns=acts_for_somebody,
)


def _public(model: type[models.Model], **how: Any) -> dict[str, Any]:
    """For followers: only what everybody may see of it, now."""

    def there(pks: Collection[int | None]) -> set[int]:
        rows: Any = model._default_manager
        return set(rows.visible_to(AnonymousUser()).filter(pk__in=pks, **how).values_list("pk", flat=True))

    def still_visible(_user: Any, pk: int | None) -> bool:
        return pk in there([pk])

    def readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
        return people if pk in there([pk]) else people.none()

    def seen(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        found = there({pk for _person, pk in pairs})
        return {pair for pair in pairs if pair[1] in found}

    return {"still_visible": still_visible, "readers": readers, "seen": seen}


FOLLOWED = pgettext_lazy("group of messages", "Networks")
for _name, _label, _model, _how in (
    ("joined", _("A stakeholder joins a network"), NetworkMember, {}),
    ("plan_shown", _("A network shows a plan"), NetworkPlan, {}),
    ("step_done", _("A network has done what it planned"), PlanStep, {"status": StepStatus.DONE}),
):
    _told = _public(_model, **_how)
    kind(
        f"coordination.network_{_name}",
        label=_label,
        group=FOLLOWED,
        mail=Channel.DAILY,
        still_visible=_told["still_visible"],
        readers=_told["readers"],
        seen=_told["seen"],
    )
