"""Decisions, work that waits, requests for single items, changes proposed and decisions drafted.

Each row says by kind and id what it is about, so that every app above can use it without a relation downward.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role, Scope
from workflow.enums import MOVES, ChangeStatus, Level
from workflow.moves import Move


class AboutQuerySet[T: models.Model](models.QuerySet[T]):
    def about(self, obj: models.Model) -> Self:
        return self.filter(subject_kind=obj._meta.label_lower, subject_id=obj.pk)


class About(models.Model):
    """A row about some object of any app."""

    subject_kind = models.CharField(_("kind of subject"), max_length=80)
    subject_id = models.BigIntegerField(_("subject"))

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """The object itself, or None where it is gone. One query each time."""
        model = apps.get_model(self.subject_kind)
        return model._default_manager.filter(pk=self.subject_id).first()


class Decision(About):
    """One move that was made: the timeline of its subject."""

    move = models.CharField(_("move"), max_length=40)
    from_status = models.CharField(_("from"), max_length=40)
    to_status = models.CharField(_("to"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty: the clock, or a person who has left."),
    )
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    note = models.TextField(_("note to those it is about"), blank=True)
    at = models.DateTimeField(_("at"), db_default=Now())

    objects = AboutQuerySet["Decision"].as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-at"], name="decision_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.move}"

    @property
    def step(self) -> Move | None:
        """The move as its table has it today; None where it is gone from there."""
        return apps.get_model(self.subject_kind).MOVES.get(self.move)

    @property
    def move_label(self) -> str:
        return str(self.step.label) if self.step else self.move

    @property
    def reason_label(self) -> str:
        return self.step.reason_label(self.reason) if self.step else self.reason


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
    waits_for = models.CharField(_("waits for"), max_length=20)
    scope_country = models.CharField(_("country (ISO3)"), max_length=3, blank=True)
    scope_region = models.CharField(_("region (M49)"), max_length=3, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="work_items",
        verbose_name=_("held by"),
    )
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
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
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


class ChangeRequestQuerySet(AboutQuerySet["ChangeRequest"]):
    def open(self) -> Self:
        return self.filter(status=ChangeStatus.PROPOSED)


class ChangeRequest(About):
    """A proposed edit of something judged or published: what was, what shall be, and what was decided."""

    MOVES = MOVES

    before = models.JSONField(_("before"), encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), encoder=DjangoJSONEncoder)
    status = models.CharField(_("status"), max_length=10, choices=ChangeStatus, default=ChangeStatus.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    created_at = models.DateTimeField(_("proposed at"), db_default=Now())
    updated_at = models.DateTimeField(_("updated at"), db_default=Now())

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ChangeStatus.values), name="change_request_status_known"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(status=ChangeStatus.PROPOSED),
                name="one_open_change_request_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"


class DraftDecisionQuerySet(AboutQuerySet["DraftDecision"]):
    def waiting(self, batch: str) -> Self:
        return self.filter(batch=batch, decision=None)


class DraftDecision(About):
    """A decision written down but not yet made; the whole batch is released at once."""

    batch = models.CharField(_("batch"), max_length=80)
    move = models.CharField(_("move"), max_length=40)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    note = models.TextField(_("note to those it is about"), blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"), default=now)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name=_("decision")
    )

    objects = DraftDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("drafted decision")
        verbose_name_plural = _("drafted decisions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=Q(decision=None), name="one_open_draft_each"
            )
        ]
        indexes = [models.Index(fields=["batch"], name="draft_of_batch")]

    def __str__(self) -> str:
        return f"{self.batch}: {self.move} {self.subject_kind}:{self.subject_id}"
