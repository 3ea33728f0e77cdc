"""Networks, their members and plans in the registries of the apps below."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import declare_kept
from accounts.people.enums import Role
from api.hooks import resources
from audit.enums import Audience
from audit.hooks import sentence
from coordination.networks import queries
from coordination.networks.actions import moderate
from coordination.networks.actions_members import act, follow_standing, settle_for_merge
from coordination.networks.api import NetworkResource
from coordination.networks.enums import MemberStatus, NetworkRole, StepStatus
from coordination.networks.models import Network, NetworkMember
from coordination.networks.models_parts import Announcement, NetworkPlan, PlanStep
from core.desk_cards import desk_card
from core.help_places import help_at
from notifications.hooks import Channel, asks_for_answer, kind, target
from search.hooks import register
from stakeholders.entries.rules import acts_for_somebody
from stakeholders.hooks import (
    PublishedBy,
    Reportable,
    after_standing,
    before_merge,
    by_desk_moves,
    profile_panels,
    published_by,
    reportable,
    sentences_of,
)
from stakeholders.moderation.enums import Deed
from taxonomy.hooks import Panel, Place, Rows, Source, country_panels, sources
from workflow.hooks import desk_pages, desk_roles, parties_on

for _name, _text in (
    ("network.begin", _("%(actor)s began the network")),
    ("network.change", _("%(actor)s changed the network (%(fields)s)")),
    ("network.end", _("%(actor)s ended the network")),
    ("network.reopen", _("%(actor)s opened the network again")),
    ("network.announce", _("%(actor)s sent an announcement to the members")),
    ("network.add_meeting", _("%(actor)s added a meeting")),
    ("network.remove_meeting", _("%(actor)s removed a meeting")),
    ("network.add_document", _("%(actor)s added a document of the library")),
    ("network.remove_document", _("%(actor)s removed a document")),
    ("network.begin_plan", _("%(actor)s began a plan")),
    ("networkmember.ask", _("%(actor)s asked to join the network")),
    ("networkmember.invite", _("%(actor)s invited the stakeholder into the network")),
    ("networkplan.change", _("%(actor)s changed the plan (%(fields)s)")),
    ("networkplan.add_goal", _("%(actor)s added an objective")),
    ("networkplan.change_goal", _("%(actor)s changed an objective")),
    ("networkplan.remove_goal", _("%(actor)s removed an objective")),
    ("networkplan.add_step", _("%(actor)s added an activity")),
    ("networkplan.remove_step", _("%(actor)s removed an activity")),
    ("planstep.change", _("%(actor)s changed it (%(fields)s)")),
):
    sentence(f"coordination.{_name}", _text, audience=Audience.SUBJECT)
sentence(
    "coordination.networkmember.role",
    _("%(actor)s changed the role from “%(before_role)s” to “%(after_role)s”"),
    audience=Audience.SUBJECT,
    labels={"before_role": dict(NetworkRole.choices), "after_role": dict(NetworkRole.choices)},
)
for _kind in ("network", "networkplan", "announcement"):
    sentences_of(f"coordination.{_kind}")

# --- Networks in the registries of the apps below ----------------------------------------------------

MEMBER = "coordination.networkmember"


def _parties_on(member: NetworkMember) -> set[str]:
    """Return whose membership it is: nobody decides on their own."""
    return {f"stakeholder:{member.stakeholder_id}", f"person:{member.asked_by_id}"} - {"person:None"}


parties_on.register(MEMBER, _parties_on)
desk_pages.register(MEMBER, "networks:membership")
desk_roles.register(MEMBER, (Role.CURATION,))
after_standing.register("coordination.networks", follow_standing)
published_by.register(
    "coordination.networks",
    PublishedBy(
        _("Networks"),
        _("Leave the networks"),
        lambda stakeholder: NetworkMember.objects.filter(stakeholder=stakeholder, status=MemberStatus.IN),
        "coordination.leave_networkmember",
        lambda member, actor: act(member, "leave", actor=actor),
    ),
)
before_merge.register("coordination.networks", settle_for_merge)
register("coordination.network", queries.documents, label=_("Network"))
profile_panels.register(
    "networks",
    Panel(
        15,
        (),
        queries.of_stakeholder,
        "coordination/networks/_profile.html",
        keys=(NetworkMember._meta.get_field("stakeholder"),),
    ),
)
country_panels.register(
    "networks",
    Panel(25, ("country",), queries.in_country, "coordination/networks/_country.html", queries.placed_in),
)
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
    labels=queries.names_seen,
    path=queries.path_of,
    brings=_("Who joins it, plans that everybody may read, and what of them is done."),
)


# --- What is told -----------------------------------------------------------------------------------------
YOURS = _("Your networks")
for _name, _label in (
    ("coordination.network_asked", _("A stakeholder asks to join your network")),
    ("coordination.network_agreed", _("A stakeholder accepted the invitation of your network")),
    ("coordination.network_refused", _("A stakeholder declined the invitation of your network")),
    ("coordination.network_left", _("A stakeholder left your network")),
    ("coordination.network_invited", _("You are invited into a network")),
    ("coordination.network_accepted", _("A network accepted your request to join")),
    ("coordination.network_declined", _("A network declined your request to join")),
    ("coordination.network_ended", _("Your membership of a network has ended")),
    ("coordination.network_role", _("Your role in a network has changed")),
):
    kind(
        _name,
        label=_label,
        group=YOURS,
        essential=_name
        in (
            "coordination.network_invited",
            "coordination.network_accepted",
            "coordination.network_declined",
            "coordination.network_ended",
        ),
        among=NetworkMember.objects.visible_to,
        visible_pairs=queries.memberships_seen,
        concerns=acts_for_somebody,
    )
asks_for_answer("coordination.network_asked", "coordination.network_invited")
kind(
    "coordination.network_announcement",
    label=_("Announcement of a network to its members"),
    group=YOURS,
    among=queries.announcements_of,
    visible_pairs=queries.announcements_seen,
    concerns=acts_for_somebody,
)


def _public(model: type[models.Model], **how: Any) -> dict[str, Any]:
    """Return the readers of a kind for followers: only of what everybody may see now."""

    def among(_user: Any) -> QuerySet[Any]:
        rows: Any = model._default_manager
        public: QuerySet[Any] = rows.visible_to(AnonymousUser()).filter(**how)
        return public

    def public_pks(pks: Collection[int | None]) -> set[int]:
        return set(among(None).filter(pk__in=pks).values_list("pk", flat=True))

    def readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
        return people if pk in public_pks([pk]) else people.none()

    def visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        visible_ids = public_pks({pk for _person, pk in pairs})
        return {pair for pair in pairs if pair[1] in visible_ids}

    return {"among": among, "readers": readers, "visible_pairs": visible_pairs}


FOLLOWED = pgettext_lazy("group of messages", "Networks")
for _name, _label, _model, _how in (
    ("coordination.network_joined", _("A stakeholder joins a network"), NetworkMember, {}),
    ("coordination.network_plan_shown", _("A network shows a plan"), NetworkPlan, {}),
    (
        "coordination.network_step_done",
        _("A network has done what it planned"),
        PlanStep,
        {"status": StepStatus.DONE},
    ),
):
    kind(_name, label=_label, group=FOLLOWED, mail=Channel.DAILY, **_public(_model, **_how))

# -----------------------------------------------------------------------------------------------------
# Networks in moderation: their pages, plans and announcements can be reported, hidden and taken down.


def _finder_of(model: type[Any]) -> Callable[[Any, int], Any | None]:
    return lambda user, pk: model.objects.visible_to(user).filter(pk=pk).first()


def _parties(content: Network | NetworkPlan | Announcement) -> set[str]:
    """Return the coordinating stakeholders, whose people do not decide on their own network."""
    coordinating = content.of_network.members.filter(status=MemberStatus.IN, role=NetworkRole.COORDINATOR)
    return {f"stakeholder:{pk}" for pk in coordinating.values_list("stakeholder_id", flat=True)}


for _of_network, _label, _deeds in (
    (Network, _("Network"), (Deed.HIDE,)),
    (NetworkPlan, _("Plan of a network"), ()),
    (Announcement, _("Announcement of a network"), ()),
):
    parties_on.register(_of_network._meta.label_lower, _parties)
    reportable.register(
        _of_network._meta.label_lower,
        Reportable(
            label=_label,
            find=_finder_of(_of_network),
            stakeholder_of=lambda _row: None,
            roles=(Role.CURATION,),
            **by_desk_moves(moderate, *_deeds),
        ),
    )

desk_card(
    "networks:desk",
    group="coordination",
    position=40,
    title=_("Networks of stakeholders"),
    text=_(
        "Created by the WhatsOn team, coordinated by stakeholders; requests to networks without "
        "a coordinator."
    ),
    permission="coordination.run_networks",
    work=("join_network",),
    do=_("Answer request"),
)

sources.register(
    "networks",
    Source(
        position=95,
        title=_("Networks"),
        text=_(
            "Networks and alliances that public pages name. They are updated with each release of the portal."
        ),
        terms=_("Facts with their source."),
        rows=lambda _user: [
            Rows(Network.objects.exclude(code=""), edited=Q(edited_by_hand=True), confirms=True)
        ],
        months=12,
        places=(Place(_("Open the networks"), "networks:desk", "coordination.run_networks"),),
    ),
)

help_at("taking-part#networks", "networks")
help_at("people#networks", "networks:desk")

resources.register("networks", NetworkResource)
