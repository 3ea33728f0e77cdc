"""Who follows what, and what closes when."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import of_person
from notifications.follows.enums import Level
from notifications.happenings.models import FactsRow


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, user: Any) -> "FollowQuerySet":
        """A person's own; what somebody follows is nobody else's business."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class Follow(models.Model):
    """One person wants to hear of whatever carries all of these terms, as ["country:KEN", "topic:tip"].

    A term is the name of a registered target and a code of it. Several terms mean AND.
    """

    user = of_person(_("person"), related_name="follows")
    terms = ArrayField(models.CharField(max_length=100), verbose_name=_("what is followed"))
    # The first term: a happening finds its followers by it before all terms are compared.
    lead = models.GeneratedField(
        expression=models.F("terms__0"),  # type: ignore[arg-type]  # the stubs do not know F as an expression
        output_field=models.CharField(max_length=100),
        db_persist=True,
    )
    level = models.CharField(_("how much"), max_length=10, choices=Level, default=Level.ALL)
    created_at = models.DateTimeField(_("since"), db_default=Now(), editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "terms"], name="followed_once"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="follow_level_known"),
            models.CheckConstraint(condition=Q(terms__len__gte=1), name="follow_of_something"),
        ]
        indexes = [models.Index(fields=["lead"], name="follow_lead")]

    def __str__(self) -> str:
        return " + ".join(self.terms)


# --- What closes when, and how its followers are reminded of it --------------------------------------


class Deadline(FactsRow):
    """One instant that something is due by. `key` names it within its subject, as "closing".

    `told_days` and `told_at` say which reminder left last, and for which instant: when the date moves, the
    reminders begin anew.
    """

    terms = ArrayField(models.CharField(max_length=100), verbose_name=_("what it concerns"))
    at = models.DateTimeField(_("due at"))
    told_days = models.PositiveSmallIntegerField(_("last reminder, days before"), null=True, blank=True)
    told_at = models.DateTimeField(_("deadline of the last reminder"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "key"], name="one_deadline_per_name"
            )
        ]
        indexes = [models.Index(fields=["at"], name="deadline_at")]
