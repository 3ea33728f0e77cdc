"""What the desk takes from the eyes of readers because of a report: networks, their plans, announcements."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from coordination.actions.networks import shown_anew
from coordination.models import Announcement, Network, NetworkPlan
from coordination.queries.networks import coordinators_of
from core.text import clean_block
from search.actions import index
from stakeholders.moderation.actions import tell_whose_it_is
from workflow.moves.actions import move
from workflow.moves.enums import permission


def moderate(
    thing: Network | NetworkPlan | Announcement, name: str, *, actor: Any, reason: str = "", note: str = ""
) -> None:
    """Suspend, restore or remove it; those who coordinate are told why. Mails that left stay."""
    with transaction.atomic():
        rows: Any = type(thing)._default_manager.select_for_update(no_key=True, of=("self",))
        kept = rows.get(pk=thing.pk)
        if not actor.has_perm(permission(kept, name), kept):
            raise PermissionDenied
        decision = move(kept, name, actor=actor, reason=reason, note=clean_block(note))
        network: Network = kept.of_network
        if isinstance(kept, NetworkPlan):
            index(kept)
        if isinstance(kept, Network):
            shown_anew(kept)
            url = ("networks:network", [kept.pk, kept.slug])
        elif name == "remove":  # its own page is gone for them too
            url = ("networks:network", [network.pk, network.slug])
        else:
            url = ("networks:plan" if isinstance(kept, NetworkPlan) else "networks:announcement", [kept.pk])
        tell_whose_it_is(kept, decision, coordinators_of(network), url_name=url[0], url_args=url[1])
