"""What a network announces, where it meets, which documents it points to, and its work plans."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from coordination.networks.enums import (
    STANDING_MOVES,
    STEP_MOVES,
    STEP_SENTENCES,
    PlanKind,
    Shown,
    StepStatus,
    WithWhom,
)
from coordination.networks.models import Network, open_to, standing_for
from core.subqueries import exists_in
from events.events.models import Event
from resources.records.models import Resource
from stakeholders.entries.models import Stakeholder
from stakeholders.moderation.enums import Standing


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
    by = by_person(_("written by"))
    at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    told = models.PositiveIntegerField(_("people informed"), default=0, editable=False)
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
        event_visible = exists_in(Event.objects.visible_to(user), "event")
        return self.filter(open_to(user, "shown_to")).filter(Q(event=None) | event_visible)


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
    added_by = by_person(_("added by"))

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
    added_by = by_person(_("added by"))
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


# -----------------------------------------------------------------------------------------------------
# Work plans of networks, and the roadmaps of Voluntary Pilot Initiatives: the same shape, other words.
# A plan has objectives with activities; a roadmap has priorities, each under an instrument, with items.


class NetworkPlanQuerySet(models.QuerySet["NetworkPlan"]):
    def visible_to(self, user: Any) -> "NetworkPlanQuerySet":
        return self.filter(open_to(user, "shown_to"), standing_for(user))


class NetworkPlan(models.Model):
    """`version` rises with every change of the plan, its goals and steps: of two who write, one is told."""

    MOVES = STANDING_MOVES

    network = models.ForeignKey(Network, models.PROTECT, related_name="plans", verbose_name=_("network"))
    kind = models.CharField(_("kind"), max_length=10, choices=PlanKind, default=PlanKind.WORK)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is to achieve"), blank=True, max_length=4000)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    shown_to = models.CharField(_("who reads it"), max_length=10, choices=Shown, default=Shown.NETWORK)
    status = models.CharField(_("status"), max_length=10, choices=Standing, default=Standing.SHOWN)
    written_by = by_person(_("written by"))
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = NetworkPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of a network")
        verbose_name_plural = _("plans of networks")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind_known"),
            models.CheckConstraint(condition=Q(shown_to__in=Shown.values), name="plan_shown_known"),
            models.CheckConstraint(condition=Q(status__in=Standing.values), name="plan_status_known"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="plan_ends_after_it_begins",
                violation_error_message=_("The end has to come after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networks:plan", args=[self.pk])

    @property
    def of_network(self) -> Network:
        return self.network

    @property
    def is_roadmap(self) -> bool:
        return self.kind == PlanKind.ROADMAP


class PlanGoalQuerySet(models.QuerySet["PlanGoal"]):
    def visible_to(self, user: Any) -> "PlanGoalQuerySet":
        return self.filter(plan__in=NetworkPlan.objects.visible_to(user).values("pk"))


class PlanGoal(models.Model):
    """An objective of a plan; of a roadmap, a priority under an instrument, or beyond them all."""

    plan = models.ForeignKey(NetworkPlan, models.CASCADE, related_name="goals", verbose_name=_("plan"))
    instrument = models.ForeignKey(
        "taxonomy.Instrument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Convention or Protocol"),
        help_text=_("Leave it empty where it is about none of them, such as the environment."),
    )
    title = models.CharField(_("title"), max_length=300)
    about = models.TextField(_("more about it"), blank=True, max_length=2000)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = PlanGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective of a plan")
        verbose_name_plural = _("objectives of plans")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def of_network(self) -> Network:
        return self.plan.network


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    def visible_to(self, user: Any) -> "PlanStepQuerySet":
        return self.filter(goal__plan__in=NetworkPlan.objects.visible_to(user).values("pk"))


class PlanStep(models.Model):
    """An activity of a plan, or an item of a roadmap. How it moved is in its decisions."""

    MOVES = STEP_MOVES
    SENTENCES = STEP_SENTENCES

    goal = models.ForeignKey(PlanGoal, models.CASCADE, related_name="steps", verbose_name=_("objective"))
    title = models.CharField(_("what is done"), max_length=300)
    about = models.TextField(_("more about it"), blank=True, max_length=2000)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    responsible = models.ManyToManyField(
        Stakeholder,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
        help_text=_("Members of the network. They may report progress."),
    )
    # Named by the desk alone: no network speaks for a State.
    state = models.ForeignKey(
        "taxonomy.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("State party responsible for it"),
    )
    status = models.CharField(_("status"), max_length=10, choices=StepStatus, default=StepStatus.PLANNED)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of plans")
        ordering = ["starts_on", "ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StepStatus.values), name="step_status_known"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="step_ends_after_it_begins",
                violation_error_message=_("The end has to come after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networks:step", args=[self.pk])

    @property
    def of_network(self) -> Network:
        return self.goal.plan.network

    @property
    def is_late(self) -> bool:
        return self.status in StepStatus.OPEN and self.ends_on < localdate()
