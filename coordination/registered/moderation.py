"""Networks in moderation: their pages, plans and announcements can be reported, hidden and taken down."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from coordination.actions.moderating import moderate
from coordination.enums.networks import MemberStatus, NetworkRole
from coordination.models import Announcement, Network, NetworkPlan
from stakeholders.hooks import Reportable, by_desk_moves, reportable
from stakeholders.moderation.enums import Deed, ThingOutcome, ThingWhat
from workflow.hooks import parties_on


def _finding(model: type[Any]) -> Callable[[Any, int], Any | None]:
    return lambda user, pk: model.objects.visible_to(user).filter(pk=pk).first()


def _parties(thing: Network | NetworkPlan | Announcement) -> set[str]:
    """Nobody decides on a network that their stakeholder coordinates."""
    coordinating = thing.of_network.members.filter(status=MemberStatus.IN, role=NetworkRole.COORDINATOR)
    return {f"stakeholder:{pk}" for pk in coordinating.values_list("stakeholder_id", flat=True)}


for _model, _label, _deeds in (
    (Network, _("Network"), (Deed.HIDE,)),
    (NetworkPlan, _("Plan of a network"), ()),
    (Announcement, _("Announcement of a network"), ()),
):
    parties_on.register(_model._meta.label_lower, _parties)
    reportable.register(
        _model._meta.label_lower,
        Reportable(
            label=_label,
            find=_finding(_model),
            whose=lambda _thing: None,
            roles=(Role.CURATION,),
            what=ThingWhat.choices,
            outcomes=ThingOutcome.choices,
            dismissed=ThingOutcome.FOUND_RIGHT,
            **by_desk_moves(moderate, *_deeds),
        ),
    )
