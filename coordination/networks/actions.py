"""The desk begins, ends and moderates networks; their coordinators describe them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from coordination.networks.models import Network
from coordination.networks.models_parts import Announcement, NetworkPlan
from coordination.networks.queries import coordinators_of, is_below
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from search.actions import index, index_many
from stakeholders.entries.models import DirectoryVersion
from stakeholders.moderation.actions import tell_whose_it_is
from workflow.moves.actions import lock, move
from workflow.moves.enums import permission

LINES = frozenset(("name", "title", "source", "note"))
TEXTS = frozenset(("about", "text", "summary", "why"))


def set_values(row: Any, values: Mapping[str, Any]) -> list[str]:
    """Set these columns with cleaned texts; returns the names of those that changed."""
    changed = []
    for name, entered in values.items():
        clean = clean_line if name in LINES else clean_block if name in TEXTS else None
        value = clean(entered) if clean else entered
        if getattr(row, name, None) != value:  # a new row has no related row yet
            setattr(row, name, value)
            changed.append(name)
    return changed


def begin_network(*, actor: User, values: Mapping[str, Any]) -> Network:
    """Create a network, for the desk alone. `values` are columns, and `topics`."""
    if not actor.has_perm("coordination.run_networks"):
        raise PermissionDenied
    with transaction.atomic():
        network = Network(edited_by_hand=True, is_demo=actor.is_demo)
        set_values(network, {name: value for name, value in values.items() if name != "topics"})
        _refuse_rings(network)
        network.save()
        network.topics.set(values.get("topics", ()))
        record(network, "coordination.network.begin", actor=actor)
        refresh_index(network)
    return network


def save_network(network: Network, *, actor: User, version: int, values: Mapping[str, Any]) -> Network:
    """Change a network. Raises WrongState where another window has saved since."""
    with transaction.atomic():
        network = lock(network, actor, "coordination.coordinate_network", version=version)
        topics = values.get("topics")
        changed = set_values(network, {name: value for name, value in values.items() if name != "topics"})
        if topics is not None and {topic.pk for topic in topics} != set(
            network.topics.values_list("pk", flat=True)
        ):
            network.topics.set(topics)
            changed.append("topics")
        if changed:
            _refuse_rings(network)
            network.version += 1
            network.edited_by_hand, network.updated_at = True, now()
            network.save()
            record(network, "coordination.network.change", actor=actor, fields=", ".join(sorted(changed)))
            refresh_index(network)
    return network


def end_network(network: Network, *, actor: User, ends: bool) -> Network:
    """Close a network, or open it again. Its pages stay."""
    if not actor.has_perm("coordination.run_networks"):
        raise PermissionDenied
    with transaction.atomic():
        network = lock_network(network)
        if (network.ended_at is not None) == ends:
            raise WrongState(_("A colleague has done this meanwhile."))
        network.ended_at = now() if ends else None
        network.version += 1
        network.save(update_fields=["ended_at", "version"])
        record(network, f"coordination.network.{'end' if ends else 'reopen'}", actor=actor)
        refresh_index(network)
    return network


def lock_network(network: Network) -> Network:
    return Network.objects.select_for_update(no_key=True).get(pk=network.pk)


def _refuse_rings(network: Network) -> None:
    if network.parent_id and network.pk and is_below(network.parent_id, network.pk):
        message = _("That network belongs to this one already.")
        raise DomainError(message, fields={"parent": message})


def refresh_index(network: Network) -> None:
    index(network)
    index_many("coordination.networkplan", list(network.plans.values_list("pk", flat=True)))
    DirectoryVersion.objects.bump()


# -----------------------------------------------------------------------------------------------------
# What the desk takes from the eyes of readers because of a report: networks, their plans, announcements.


def moderate(
    content: Network | NetworkPlan | Announcement, name: str, *, actor: Any, reason: str = "", note: str = ""
) -> None:
    """Suspend, restore or remove content, and tell its coordinators why. Mails that left stay."""
    with transaction.atomic():
        rows: Any = type(content)._default_manager.select_for_update(no_key=True, of=("self",))
        stored = rows.get(pk=content.pk)
        if not actor.has_perm(permission(stored, name), stored):
            raise PermissionDenied
        decision = move(stored, name, actor=actor, reason=reason, note=clean_block(note))
        network: Network = stored.of_network
        if isinstance(stored, NetworkPlan):
            index(stored)
        if isinstance(stored, Network):
            refresh_index(stored)
            url = ("networks:network", [stored.pk, stored.slug])
        elif name == "remove":  # its own page is gone for them too
            url = ("networks:network", [network.pk, network.slug])
        else:
            url = (
                "networks:plan" if isinstance(stored, NetworkPlan) else "networks:announcement",
                [stored.pk],
            )
        tell_whose_it_is(stored, decision, coordinators_of(network), url_name=url[0], url_args=url[1])
