"""The desk begins and ends networks; their coordinators describe them, meet, and tell their members."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.models import User
from audit.actions import record
from coordination.enums.networks import Standing
from coordination.models import Announcement, Network, NetworkDocument, NetworkMeeting
from coordination.queries.networks import is_below, people_of
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from notifications.outbox.actions import notify_all
from resources.records.models import Resource
from search.actions import index, index_many
from stakeholders.entries.models import DirectoryVersion

MOST_A_DAY = 3
WINDOW = timedelta(days=30)
LINES = frozenset(("name", "title", "source", "note"))
TEXTS = frozenset(("about", "text", "summary", "why"))


def put(row: Any, values: Mapping[str, Any]) -> list[str]:
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
        put(network, {name: value for name, value in values.items() if name != "topics"})
        _refuse_rings(network)
        network.save()
        network.topics.set(values.get("topics", ()))
        record(network, "coordination.network.begin", actor=actor)
        shown_anew(network)
    return network


def save_network(network: Network, *, actor: User, version: int, values: Mapping[str, Any]) -> Network:
    """Raises WrongState where another window has saved since."""
    with transaction.atomic():
        kept = locked(network)
        if not actor.has_perm("coordination.coordinate_network", kept):
            raise PermissionDenied
        if kept.version != version:
            raise WrongState(_("A colleague has changed this meanwhile. Please look once more."))
        topics = values.get("topics")
        changed = put(kept, {name: value for name, value in values.items() if name != "topics"})
        if topics is not None and {one.pk for one in topics} != set(kept.topics.values_list("pk", flat=True)):
            kept.topics.set(topics)
            changed.append("topics")
        if changed:
            _refuse_rings(kept)
            kept.version += 1
            kept.edited_by_hand, kept.updated_at = True, now()
            kept.save()
            record(kept, "coordination.network.change", actor=actor, fields=", ".join(sorted(changed)))
            shown_anew(kept)
    return kept


def end_network(network: Network, *, actor: User, ends: bool) -> Network:
    """Close a network, or open it again. What it did stays to be read."""
    if not actor.has_perm("coordination.run_networks"):
        raise PermissionDenied
    with transaction.atomic():
        kept = locked(network)
        if (kept.ended_at is not None) == ends:
            raise WrongState(_("A colleague has done this meanwhile."))
        kept.ended_at = now() if ends else None
        kept.version += 1
        kept.save(update_fields=["ended_at", "version"])
        record(kept, f"coordination.network.{'end' if ends else 'reopen'}", actor=actor)
        shown_anew(kept)
    return kept


def locked(network: Network) -> Network:
    return Network.objects.select_for_update(no_key=True).get(pk=network.pk)


def _refuse_rings(network: Network) -> None:
    if network.parent_id and network.pk and is_below(network.parent_id, network.pk):
        message = _("That network belongs to this one already.")
        raise DomainError(message, fields={"parent": message})


def shown_anew(network: Network) -> None:
    index(network)
    index_many("coordination.networkplan", list(network.plans.values_list("pk", flat=True)))
    DirectoryVersion.objects.bump()


# --- Announcements ------------------------------------------------------------------------------------
def announce(network: Network, *, actor: User, title: str, text: str, language: str) -> Announcement:
    """Mail the members, within what the desk allows. Raises DomainError past it.

    The network's row is held, so that two who announce together are counted one after another.
    """
    with transaction.atomic():
        kept = locked(network)
        if not actor.has_perm("coordination.coordinate_network", kept):
            raise PermissionDenied
        if not kept.is_going:
            raise WrongState(_("This network has ended."))
        if kept.status != Standing.SHOWN:
            raise WrongState(_("The desk has hidden the network. Nothing is announced meanwhile."))
        _refuse_too_many(kept)
        one = Announcement(
            network=kept, title=clean_line(title), text=clean_block(text), language_id=language, by=actor
        )
        people = list(people_of(kept))
        one.told = len(people)
        one.save()
        record(kept, "coordination.network.announce", actor=actor)
        notify_all(
            people,
            "coordination.network_announcement",
            key=f"network-announcement:{one.pk}",
            url_name="networks:announcement",
            url_args=[one.pk],
            facts={"network": kept.name, "title": one.title, "text": one.text},
            subject=one,
        )
    return one


def left_to_announce(network: Network) -> int:
    """How many may still be sent now."""
    sent = list(
        Announcement.objects.filter(network=network, at__gt=now() - WINDOW).values_list("at", flat=True)
    )
    today = sum(at > now() - timedelta(days=1) for at in sent)
    return max(0, min(network.announcements_a_month - len(sent), MOST_A_DAY - today))


def _refuse_too_many(network: Network) -> None:
    if left_to_announce(network):
        return
    most = network.announcements_a_month
    raise DomainError(
        ngettext(
            "Enough for now: members are told %(day)s times a day at most, and %(most)s time in 30 days.",
            "Enough for now: members are told %(day)s times a day at most, and %(most)s times in 30 days.",
            most,
        )
        % {"day": MOST_A_DAY, "most": most}
    )


# --- Meetings -----------------------------------------------------------------------------------------
def add_meeting(network: Network, *, actor: User, values: Mapping[str, Any]) -> NetworkMeeting:
    """An event of the calendar that the person may see, or a meeting that is told here alone."""
    with transaction.atomic():
        kept = locked(network)
        if not actor.has_perm("coordination.coordinate_network", kept):
            raise PermissionDenied
        one = NetworkMeeting(network=kept, added_by=actor)
        put(one, values)
        try:
            with transaction.atomic():
                one.save()
        except IntegrityError:
            message = _("This event is among the meetings already.")
            raise DomainError(message, fields={"event": message}) from None
        record(kept, "coordination.network.add_meeting", actor=actor)
    return one


def remove_meeting(one: NetworkMeeting, *, actor: User) -> None:
    with transaction.atomic():
        kept = locked(one.network)
        if not actor.has_perm("coordination.coordinate_network", kept):
            raise PermissionDenied
        if NetworkMeeting.objects.filter(pk=one.pk).delete()[0]:
            record(kept, "coordination.network.remove_meeting", actor=actor)


# --- Documents ----------------------------------------------------------------------------------------
def add_document(network: Network, resource: Resource, *, actor: User, shown_to: str) -> NetworkDocument:
    """Put a resource of the library, which the person reads, on the network's page."""
    with transaction.atomic():
        kept = locked(network)
        if not actor.has_perm("coordination.coordinate_network", kept):
            raise PermissionDenied
        if not Resource.objects.shown_to(actor).listed().filter(pk=resource.pk).exists():
            message = _("Choose one from the list.")
            raise DomainError(message, fields={"resource": message})
        one, is_new = NetworkDocument.objects.get_or_create(
            network=kept, resource=resource, defaults={"shown_to": shown_to, "added_by": actor}
        )
        if not is_new:
            message = _("It is on the network's page already.")
            raise DomainError(message, fields={"resource": message})
        record(kept, "coordination.network.add_document", actor=actor)
    return one


def remove_document(one: NetworkDocument, *, actor: User) -> None:
    with transaction.atomic():
        kept = locked(one.network)
        if not actor.has_perm("coordination.coordinate_network", kept):
            raise PermissionDenied
        if NetworkDocument.objects.filter(pk=one.pk).delete()[0]:
            record(kept, "coordination.network.remove_document", actor=actor)
