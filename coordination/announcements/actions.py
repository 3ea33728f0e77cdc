"""What coordinators tell the members of a network, when it meets, and its documents of the library."""

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
from coordination.networks.actions import lock_network, set_values
from coordination.networks.models import Network
from coordination.networks.models_parts import Announcement, NetworkDocument, NetworkMeeting
from coordination.networks.queries import people_of
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from notifications.outbox.actions import notify_all
from resources.records.models import Resource
from stakeholders.moderation.enums import Standing

MOST_A_DAY = 3
WINDOW = timedelta(days=30)


# --- Announcements ------------------------------------------------------------------------------------
def announce(network: Network, *, actor: User, title: str, text: str, language: str) -> Announcement:
    """Mail the members, within what the desk allows. Raises DomainError past it.

    The network's row is locked, so that two who announce at once are counted one after the other.
    """
    with transaction.atomic():
        network = lock_network(network)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        if not network.is_going:
            raise WrongState(_("This network has ended."))
        if network.status != Standing.SHOWN:
            raise WrongState(_("The network is hidden. No announcements are sent meanwhile."))
        _refuse_too_many(network)
        announcement = Announcement(
            network=network, title=clean_line(title), text=clean_block(text), language_id=language, by=actor
        )
        people = list(people_of(network))
        announcement.told = len(people)
        announcement.save()
        record(network, "coordination.network.announce", actor=actor)
        notify_all(
            people,
            "coordination.network_announcement",
            key=f"network-announcement:{announcement.pk}",
            url_name="networks:announcement",
            url_args=[announcement.pk],
            facts={"network": network.name, "title": announcement.title, "text": announcement.text},
            subject=announcement,
        )
    return announcement


def left_to_announce(network: Network) -> int:
    """Return how many announcements may still be sent now."""
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
            "Limit reached: members can be informed %(day)s times a day, and %(most)s time in 30 days.",
            "Limit reached: members can be informed %(day)s times a day, and %(most)s times in 30 days.",
            most,
        )
        % {"day": MOST_A_DAY, "most": most}
    )


# --- Meetings -----------------------------------------------------------------------------------------
def add_meeting(network: Network, *, actor: User, values: Mapping[str, Any]) -> NetworkMeeting:
    """Add an event of the calendar that the person may see, or a meeting that only this page has."""
    with transaction.atomic():
        network = lock_network(network)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        meeting = NetworkMeeting(network=network, added_by=actor)
        set_values(meeting, values)
        try:
            with transaction.atomic():
                meeting.save()
        except IntegrityError:
            message = _("This event is among the meetings already.")
            raise DomainError(message, fields={"event": message}) from None
        record(network, "coordination.network.add_meeting", actor=actor)
    return meeting


def remove_meeting(meeting: NetworkMeeting, *, actor: User) -> None:
    with transaction.atomic():
        network = lock_network(meeting.network)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        if NetworkMeeting.objects.filter(pk=meeting.pk).delete()[0]:
            record(network, "coordination.network.remove_meeting", actor=actor)


# --- Documents ----------------------------------------------------------------------------------------
def add_document(network: Network, resource: Resource, *, actor: User, shown_to: str) -> NetworkDocument:
    """Put a resource of the library that the person may read on the network's page."""
    with transaction.atomic():
        network = lock_network(network)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        if not Resource.objects.shown_to(actor).listed().filter(pk=resource.pk).exists():
            message = _("Choose one from the list.")
            raise DomainError(message, fields={"resource": message})
        document, is_new = NetworkDocument.objects.get_or_create(
            network=network, resource=resource, defaults={"shown_to": shown_to, "added_by": actor}
        )
        if not is_new:
            message = _("It is on the network's page already.")
            raise DomainError(message, fields={"resource": message})
        record(network, "coordination.network.add_document", actor=actor)
    return document


def remove_document(document: NetworkDocument, *, actor: User) -> None:
    with transaction.atomic():
        network = lock_network(document.network)
        if not actor.has_perm("coordination.coordinate_network", network):
            raise PermissionDenied
        if NetworkDocument.objects.filter(pk=document.pk).delete()[0]:
            record(network, "coordination.network.remove_document", actor=actor)
