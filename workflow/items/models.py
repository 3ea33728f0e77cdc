"""Work that waits, and requests for single fields."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role, Scope
from accounts.people.models import by_person
from workflow.items.enums import Level
from workflow.moves.models import About, AboutQuerySet


class WorkItemQuerySet(AboutQuerySet["WorkItem"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def visible_to(self, user: Any) -> Self:
        """The desk: what waits for it or for a regional focal point; the latter: what lies in their scope."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.filter(waits_for__in=(*Role.DESK, Role.REGIONAL))
        regional = self.filter(waits_for=Role.REGIONAL)
        places = user.places_of(Role.REGIONAL)
        if places is None:
            return regional
        regions = [
            grant.scope_code
            for grant in user.live_grants
            if grant.role == Role.REGIONAL and grant.scope_kind == Scope.REGION
        ]
        return regional.filter(Q(scope_country__in=sorted(places)) | Q(scope_region__in=regions))

    def waiting_longer_than(self, days: int, *, at: datetime) -> Self:
        """Open, not paused, and waiting for `days` without the pauses."""
        began = models.ExpressionWrapper(
            models.F("since") + models.F("paused_for"), output_field=models.DateTimeField()
        )
        return (
            self.open()
            .filter(paused_since=None)
            .alias(began=began)
            .filter(began__lte=at - timedelta(days=days))
        )


class WorkItem(About):
    """Something that waits for somebody. One open row for each kind of work on a subject."""

    what = models.CharField(_("what is to be done"), max_length=60)
    label = models.CharField(_("name of the subject"), max_length=250)
    waits_for = models.CharField(_("waiting for"), max_length=20)
    scope_country = models.CharField(_("country (ISO3)"), max_length=3, blank=True)
    scope_region = models.CharField(_("region (M49)"), max_length=3, blank=True)
    holder = by_person(_("held by"), related_name="work_items", blank=True)
    since = models.DateTimeField(_("since"), default=now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    paused_since = models.DateTimeField(_("paused since"), null=True, blank=True)
    paused_for = models.DurationField(_("paused for"), default=timedelta)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.HOLDER)
    passed_at = models.DateTimeField(_("passed to this level at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        ordering = ["until", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "what"],
                condition=Q(closed_at=None),
                name="one_open_work_item_each",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="work_item_level_known"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="work_item_of_subject"),
            # The queues, and the clock that escalates them.
            models.Index(fields=["waits_for", "until"], condition=Q(closed_at=None), name="work_item_queue"),
            models.Index(fields=["holder"], condition=Q(closed_at=None), name="work_item_held"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.label}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_paused(self) -> bool:
        return self.paused_since is not None


class ItemRequest(About):
    """A question about one field of a form; only the named fields reopen."""

    field = models.CharField(_("field"), max_length=60)
    text = models.TextField(_("what is asked for"), max_length=2000)
    asked_by = by_person(_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = AboutQuerySet["ItemRequest"].as_manager()

    class Meta:
        verbose_name = _("request for one item")
        verbose_name_plural = _("requests for single items")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "field"],
                condition=Q(answered_at=None),
                name="one_open_request_per_field",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.field}"
