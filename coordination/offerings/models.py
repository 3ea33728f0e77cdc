"""Grants and courses that others offer, and whether the portal lists them at all."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from coordination.offerings.enums import (
    OFFERING_MOVES,
    OFFERING_SENTENCES,
    Level,
    OfferingKind,
    OfferingStatus,
)
from core.time_display import days_until
from stakeholders.entries.enums import Kind
from stakeholders.entries.models import Stakeholder, entries_of
from workflow.held_tasks.models import HeldTask, HeldTaskQuerySet
from workflow.windows.models import VIENNA

S = OfferingStatus


class OfferingTask(HeldTask):
    """Who of the team turned grants and courses on."""

    objects = HeldTaskQuerySet["OfferingTask"].as_manager()

    class Meta:
        verbose_name = _("switch of grants and courses")
        verbose_name_plural = _("switches of grants and courses")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_offering_task")]


class OfferingQuerySet(models.QuerySet["Offering"]):
    def of_people(self, user: Any) -> "OfferingQuerySet":
        """Return what the person suggests, alone or with the others of a stakeholder."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        alone = Q(suggested_for=None, suggested_by=user)
        return self.filter(alone | Q(suggested_for__in=entries_of(user)))

    def visible_to(self, user: Any) -> "OfferingQuerySet":
        """Return what is published, while the subject is on; one's own; for the team all but drafts."""
        visible = Q(Exists(OfferingTask.objects.held()), status=S.PUBLISHED)
        if not (user.is_authenticated and user.is_active):
            return self.filter(visible)
        visible |= Q(suggested_for=None, suggested_by=user) | Q(suggested_for__in=entries_of(user))
        if user.has_role(Role.CURATION):
            visible |= ~Q(status=S.DRAFT)
        return self.filter(visible)

    def not_over(self) -> "OfferingQuerySet":
        return self.filter(Q(closes_at=None) | Q(closes_at__gte=now()))


class Offering(models.Model):
    """A grant or a course, as a member, a focal point or the team suggests it.

    The facts of a course that the library holds stay there: it is listed from its record.
    `closes_at` is UTC and told in `zone`; a course without it can be begun at any time.
    """

    MOVES = OFFERING_MOVES
    SENTENCES = OFFERING_SENTENCES

    kind = models.CharField(_("kind"), max_length=10, choices=OfferingKind)
    status = models.CharField(_("status"), max_length=10, choices=OfferingStatus, default=S.DRAFT)
    title = models.CharField(_("title"), max_length=300, blank=True)
    provider = models.CharField(_("funder or provider"), max_length=250, blank=True)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", default="en", verbose_name=_("language")
    )
    link = models.URLField(_("address"), max_length=500, blank=True)
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    countries = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="+", verbose_name=_("countries")
    )
    regions = models.ManyToManyField(
        "taxonomy.Region", blank=True, related_name="+", verbose_name=_("regions")
    )
    who = ArrayField(
        models.CharField(max_length=10, choices=Kind),
        verbose_name=_("who may apply"),
        default=list,
        blank=True,
    )
    closes_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default=VIENNA)
    # Of a grant
    amount = models.DecimalField(
        _("largest amount"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    # Of a course
    hours = models.PositiveSmallIntegerField(
        _("hours"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)

    suggested_by = by_person(_("suggested by"), blank=True)
    suggested_for = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggested_offerings",
        verbose_name=_("suggested for"),
    )
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant or course")
        verbose_name_plural = _("grants and courses")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OfferingKind.values), name="offering_kind_known"),
            models.CheckConstraint(condition=Q(status__in=S.values), name="offering_status_known"),
            models.CheckConstraint(condition=Q(level__in=("", *Level.values)), name="offering_level_known"),
            models.CheckConstraint(
                condition=Q(status=S.DRAFT) | ~(Q(title="") | Q(provider="") | Q(link="")),
                name="offering_complete_once_sent",
            ),
            models.CheckConstraint(
                condition=~Q(status=S.PUBLISHED) | Q(published_at__isnull=False),
                name="offering_published_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OfferingKind.GRANT)
                | Q(status=S.DRAFT)
                | Q(closes_at__isnull=False, hours=None, starts_on=None, level=""),
                name="offering_of_a_grant",
            ),
            models.CheckConstraint(
                condition=Q(amount=None, currency="")
                | (Q(amount__gt=0) & ~Q(currency=""))
                | Q(status=S.DRAFT),
                name="offering_amount_in_a_currency",
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="offering_by_closing")]

    def __str__(self) -> str:
        return self.title or str(_("Suggestion without a title"))

    def get_absolute_url(self) -> str:
        return reverse("offerings:offering", args=[self.pk])

    @property
    def told_title(self) -> tuple[str, str]:
        """Return the title and the language that it is in."""
        return self.title, str(self.language_id)

    @property
    def is_grant(self) -> bool:
        return self.kind == OfferingKind.GRANT

    @property
    def is_written(self) -> bool:
        """Return whether it is still a draft, which its people may write."""
        return self.status == S.DRAFT

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at < now()

    @property
    def days_left(self) -> int:
        return days_until(self.closes_at, self.zone) if self.closes_at else 0

    @property
    def kinds_of_applicants(self) -> list[str]:
        return [str(label) for code, label in Kind.choices if code in self.who]

    @property
    def look(self) -> str:
        """Return which badge its status gets."""
        looks = {S.SENT: "waiting", S.PUBLISHED: "done", S.DECLINED: "refused", S.REMOVED: "refused"}
        return looks.get(S(self.status), "quiet")
