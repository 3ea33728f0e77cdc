"""Introductions that people ask for, and who of the team holds the task of answering them."""

from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import of_person
from core.time_display import VIENNA, last_minute
from stakeholders.contact.models import TEXT_LENGTH
from stakeholders.entries.enums import Listing, MemberRole, Status
from stakeholders.entries.models import Stakeholder, entries_of
from stakeholders.introductions.enums import (
    INTRODUCTION_MOVES,
    LEAST_DAYS,
    MOST_DAYS,
    IntroductionStatus,
    Way,
)
from workflow.held_tasks.models import HeldTask, HeldTaskQuerySet

BACKGROUND_LENGTH = 300
PURPOSE_LENGTH = 1000
OF_PUBLIC_ENTRY = Q(stakeholder__listing=Listing.PUBLIC, stakeholder__status__in=Status.SHOWN)
TASK_ROLES = (Role.VETTING, Role.HEAD)  # who may hold the task


class IntroductionTask(HeldTask):
    """Who holds the task of answering introductions, and within how many days."""

    HELD_BY = TASK_ROLES

    days = models.PositiveSmallIntegerField(
        _("answered within days"),
        default=10,
        validators=[MinValueValidator(LEAST_DAYS), MaxValueValidator(MOST_DAYS)],
    )

    objects = HeldTaskQuerySet["IntroductionTask"].as_manager()

    class Meta:
        verbose_name = _("task of answering introductions")
        verbose_name_plural = _("tasks of answering introductions")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_introduction_task"),
            models.CheckConstraint(
                condition=Q(days__range=(LEAST_DAYS, MOST_DAYS)), name="introduction_task_days_in_range"
            ),
        ]


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def open(self) -> "IntroductionQuerySet":
        return self.filter(status=IntroductionStatus.OPEN)

    def visible_to(self, user: Any) -> "IntroductionQuerySet":
        """Return the asker's own, all for those who vet, and those of their places for focal points.

        The administrators and editors of an organization those that were passed on to them by the portal.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.all()
        writes_for = entries_of(user, *MemberRole.WRITERS)
        visible = Q(asker=user) | Q(way=Way.PORTAL, stakeholder__in=writes_for)
        if user.has_role(Role.REGIONAL):
            places = user.places_of(Role.REGIONAL)
            covered = Q() if places is None else Q(stakeholder__country__in=sorted(places))
            visible |= OF_PUBLIC_ENTRY & covered
        return self.filter(visible)


class Introduction(models.Model):
    """That somebody asks to be introduced to an organization to which they cannot write.

    Goes with the asker's account. Of two open ones of one person that meet in a merge, one is closed.
    """

    MOVES = INTRODUCTION_MOVES

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="introductions", verbose_name=_("organization")
    )
    asker = of_person(_("asked by"), related_name="introductions")
    background = models.CharField(_("who asks"), max_length=BACKGROUND_LENGTH)
    purpose = models.TextField(_("purpose"), max_length=PURPOSE_LENGTH)
    text = models.TextField(_("message"), max_length=TEXT_LENGTH)
    status = models.CharField(
        _("status"), max_length=10, choices=IntroductionStatus, default=IntroductionStatus.OPEN
    )
    way = models.CharField(_("passed on"), max_length=10, choices=Way, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=now)
    # The instant after the last promised day.
    answer_by = models.DateTimeField(_("answered by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=IntroductionStatus.values), name="introduction_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=IntroductionStatus.OPEN, closed_at__isnull=True)
                | (~Q(status=IntroductionStatus.OPEN) & Q(closed_at__isnull=False)),
                name="introduction_closed_at_its_end",
            ),
            models.CheckConstraint(
                condition=Q(status=IntroductionStatus.PASSED_ON, way__in=Way.values)
                | (~Q(status=IntroductionStatus.PASSED_ON) & Q(way="")),
                name="introduction_passed_on_by_a_way",
            ),
            models.CheckConstraint(
                condition=~Q(background="") & ~Q(purpose="") & ~Q(text=""), name="introduction_says_something"
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "asker"],
                condition=Q(status=IntroductionStatus.OPEN),
                name="one_open_introduction_each",
            ),
        ]
        indexes = [
            models.Index(fields=["asker", "-asked_at"], name="introduction_of_asker"),
            models.Index(
                fields=["answer_by"], condition=Q(status=IntroductionStatus.OPEN), name="introduction_due"
            ),
        ]

    def __str__(self) -> str:
        return self.stakeholder.name

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:introduction", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == IntroductionStatus.OPEN

    @property
    def last_moment(self) -> datetime:
        return last_minute(self.answer_by.astimezone(VIENNA))

    @property
    def look(self) -> str:
        """Which badge its status gets."""
        looks = {
            IntroductionStatus.OPEN: "waiting",
            IntroductionStatus.PASSED_ON: "done",
            IntroductionStatus.INVITED: "done",
            IntroductionStatus.DECLINED: "refused",
        }
        return looks.get(IntroductionStatus(self.status), "quiet")
