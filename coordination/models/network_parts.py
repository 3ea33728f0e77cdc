"""What a network announces, where it meets, and which documents of the library it points to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordination.enums.networks import STANDING_MOVES, Shown, Standing, WithWhom
from coordination.models.networks import Network, open_to, standing_for
from events.events.models import Event
from resources.records.models import Resource


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, user: Any) -> "AnnouncementQuerySet":
        """The network's own, and the desk's; what was hidden, for who coordinates alone."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        inside = Network.objects.inside(user).values("pk")
        return self.filter(standing_for(user), network__in=inside)


class Announcement(models.Model):
    """What a coordinator told the members, once and for all: it was mailed and cannot be changed."""

    MOVES = STANDING_MOVES

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="announcements", verbose_name=_("network")
    )
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    told = models.PositiveIntegerField(_("people told"), default=0, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Standing, default=Standing.SHOWN)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement of a network")
        verbose_name_plural = _("announcements of networks")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Standing.values), name="announcement_status_known")
        ]
        indexes = [models.Index(fields=["network", "at"], name="announcement_by_time")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networks:announcement", args=[self.pk])

    @property
    def of_network(self) -> Network:
        return self.network


class NetworkMeetingQuerySet(models.QuerySet["NetworkMeeting"]):
    def visible_to(self, user: Any) -> "NetworkMeetingQuerySet":
        """As `shown_to` says; an event of the calendar only once the reader may see that."""
        events = Event.objects.visible_to(user).values("pk")
        return self.filter(open_to(user, "shown_to")).filter(Q(event=None) | Q(event__in=events))


class NetworkMeeting(models.Model):
    """A meeting: an event of the calendar, or one that is told here alone, as the preparation of a pilot."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="meetings", verbose_name=_("network"))
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    held_on = models.DateField(_("date"), null=True, blank=True)
    with_whom = models.CharField(_("who met"), max_length=12, choices=WithWhom, default=WithWhom.STAKEHOLDERS)
    summary = models.TextField(_("what was agreed"), blank=True, max_length=4000)
    shown_to = models.CharField(_("who reads it"), max_length=10, choices=Shown, default=Shown.NETWORK)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )

    objects = NetworkMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of a network")
        verbose_name_plural = _("meetings of networks")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False) | (~Q(title="") & Q(held_on__isnull=False)),
                name="network_meeting_says_what_and_when",
            ),
            models.CheckConstraint(
                condition=Q(shown_to__in=Shown.values), name="network_meeting_shown_known"
            ),
            models.CheckConstraint(
                condition=Q(with_whom__in=WithWhom.values), name="network_meeting_with_known"
            ),
            models.UniqueConstraint(
                fields=["network", "event"], condition=Q(event__isnull=False), name="network_meets_once_at"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.event)

    @property
    def of_network(self) -> Network:
        return self.network


class NetworkDocumentQuerySet(models.QuerySet["NetworkDocument"]):
    def visible_to(self, user: Any) -> "NetworkDocumentQuerySet":
        """As `shown_to` says, and only once the reader may read the resource itself."""
        read = Resource.objects.shown_to(user).listed().values("pk")
        return self.filter(open_to(user, "shown_to"), resource__in=read)


class NetworkDocument(models.Model):
    """A resource of the library that a network works with. What it says, and who reads it, stays its own."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="documents", verbose_name=_("network"))
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+", verbose_name=_("resource"))
    shown_to = models.CharField(_("who reads it here"), max_length=10, choices=Shown, default=Shown.PUBLIC)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), db_default=Now(), editable=False)

    objects = NetworkDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a network")
        verbose_name_plural = _("documents of networks")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_to__in=Shown.values), name="network_document_shown_known"
            ),
            models.UniqueConstraint(fields=["network", "resource"], name="network_document_once"),
        ]

    def __str__(self) -> str:
        return str(self.resource)
