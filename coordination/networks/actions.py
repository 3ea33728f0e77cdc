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
    """Set these columns, texts made clean; the names of those that differ from before."""
    changed = []
    for name, said in values.items():
        clean = clean_line if name in LINES else clean_block if name in TEXTS else None
        value = clean(said) if clean else said
        if getattr(row, name, None) != value:  # a new row has no related row yet
            setattr(row, name, value)
            changed.append(name)
    return changed


def begin_network(*, actor: User, values: Mapping[str, Any]) -> Network:
    """Only the desk begins one. `values` are columns, and `topics`."""
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
    """Raises WrongState where another window has saved since."""
    with transaction.atomic():
        kept = lock(network, actor, "coordination.coordinate_network", version=version)
        topics = values.get("topics")
        changed = set_values(kept, {name: value for name, value in values.items() if name != "topics"})
        if topics is not None and {one.pk for one in topics} != set(kept.topics.values_list("pk", flat=True)):
            kept.topics.set(topics)
            changed.append("topics")
        if changed:
            _refuse_rings(kept)
            kept.version += 1
            kept.edited_by_hand, kept.updated_at = True, now()
            kept.save()
            record(kept, "coordination.network.change", actor=actor, fields=", ".join(sorted(changed)))
            refresh_index(kept)
    return kept


def end_network(network: Network, *, actor: User, ends: bool) -> Network:
    """Close a network, or open it again. What it did stays to be read."""
    if not actor.has_perm("coordination.run_networks"):
        raise PermissionDenied
    with transaction.atomic():
        kept = lock_network(network)
        if (kept.ended_at is not None) == ends:
            raise WrongState(_("A colleague has done this meanwhile."))
        kept.ended_at = now() if ends else None
        kept.version += 1
        kept.save(update_fields=["ended_at", "version"])
        record(kept, f"coordination.network.{'end' if ends else 'reopen'}", actor=actor)
        refresh_index(kept)
    return kept


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
            refresh_index(kept)
            url = ("networks:network", [kept.pk, kept.slug])
        elif name == "remove":  # its own page is gone for them too
            url = ("networks:network", [network.pk, network.slug])
        else:
            url = ("networks:plan" if isinstance(kept, NetworkPlan) else "networks:announcement", [kept.pk])
        tell_whose_it_is(kept, decision, coordinators_of(network), url_name=url[0], url_args=url[1])
